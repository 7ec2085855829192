// swift-tools-version: 6.2
// Measures the built program against what it is compared with; no part of the program itself.
import PackageDescription

let package = Package(
    name: "furoshiki-benchmarks",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "Measuring"),
        .executableTarget(name: "packaging", dependencies: ["Measuring"]),
        .executableTarget(name: "services", dependencies: ["Measuring"]),
    ],
    swiftLanguageModes: [.v6]
)
