// swift-tools-version: 6.2
// Benchmarks of the built program; a separate package, so that the program does not depend on it.
import PackageDescription

let package = Package(
    name: "furoshiki-benchmarks",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "Measuring"),
        .executableTarget(name: "packaging", dependencies: ["Measuring"]),
        .executableTarget(name: "large", dependencies: ["Measuring"]),
        .executableTarget(name: "cold", dependencies: ["Measuring"]),
        .executableTarget(name: "services", dependencies: ["Measuring"]),
        .executableTarget(name: "sizes", dependencies: ["Measuring"]),
    ],
    swiftLanguageModes: [.v6]
)
