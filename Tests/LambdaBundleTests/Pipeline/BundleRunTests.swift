import ConfigurationValues
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import PythonPackaging
import RequirementFormats
import Synchronization
import Testing
import WheelProvisioning

@testable import LambdaBundle

/// A provider that has one wheel for every requirement.
private struct SingleWheelProvider: WheelProvider {
    let wheel: StoredWheel

    func wheels(
        for requirements: RequirementSet,
        target: Target,
        options: ProvisioningOptions,
        report: @escaping @Sendable (ProvisioningEvent) -> Void
    ) async throws -> [StoredWheel] { [wheel] }
}

/// Which files a run keeps, removes and shares.
struct BundleRunTests {
    private let files = LiveFileSystem()

    /// The service `shop` with a requirement and a function of Python, and a bundler whose clock reads a given time.
    private func with(
        _ body: (BundleRequest, @escaping (Int64) -> Bundler) async throws -> Void
    ) async throws {
        let parent = Environment.current().temporaryDirectory
        try await TemporaryDirectory.with(in: parent, prefix: "bundle-run") { folder in
            let service = folder / "service"
            try files.createDirectory(service)
            try files.write("def main(event, context): pass\n", to: service / "app.py")
            try files.write("greeting\n", to: service / "requirements.txt")
            let path = try WheelBuilder("greeting", "1.0").write(to: folder)
            let wheel = StoredWheel(
                name: try WheelName(parsing: path.lastComponent),
                path: path,
                sha256: SHA256.digest(of: try files.read(path))
            )
            var request = BundleRequest(service: "shop", directory: service)
            request.runtime = ConfigurationValue(.string("python3.12"))
            request.cacheDirectory = folder / "cache"
            request.functions = [function("main", "app.main")]
            let environment = Environment()
            try await body(request) { milliseconds in
                let host = HostServices(
                    files: files,
                    processes: ScriptedProcessRunner { _ in ProcessResult(status: .exited(1)) },
                    transport: StubTransport.unreachable,
                    environment: environment,
                    wallClock: WallClock { milliseconds }
                )
                return Bundler(host, provider: SingleWheelProvider(wheel: wheel))
            }
        }
    }

    private func function(_ key: String, _ handler: String, runtime: String? = nil) -> BundleFunction {
        var function = BundleFunction(key: key)
        function.handler = ConfigurationValue(.string(handler))
        function.runtime = runtime.map { ConfigurationValue(.string($0)) }
        return function
    }

    @Test func `zips in a folder that the user names are not removed`() async throws {
        try await with { request, bundler in
            var request = request
            request.outputDirectory = request.directory / "out"
            let own = [request.outputDirectory / "backup.zip", request.outputDirectory / "deep/data.zip"]
            for path in own {
                try files.createDirectory(path.parent)
                try files.write("mine", to: path)
            }
            let report = try await bundler(0).bundle(request)
            #expect(report.artifacts.map(\.path) == [request.outputDirectory / "shop.zip"])
            for path in own { #expect(try files.readText(path) == "mine") }
        }
    }

    @Test func `zips outside of the artifacts' folder are not removed`() async throws {
        try await with { request, bundler in
            let own = request.directory / "backup.zip"
            let other = request.outputDirectory / "notes.txt"
            try files.createDirectory(request.outputDirectory)
            for path in [own, other] { try files.write("mine", to: path) }
            _ = try await bundler(0).bundle(request)
            for path in [own, other] { #expect(try files.readText(path) == "mine") }
        }
    }

    @Test func `functions without requirements run the archive if the shared zip is empty`() async throws {
        try await with { request, bundler in
            var request = request
            request.installsRequirements = true
            request.pythonRequirements = ConfigurationValue(.map(["zip": ConfigurationValue(.bool(true))]))
            request.package = ConfigurationValue(
                .map(["patterns": ConfigurationValue(.list([ConfigurationValue(.string("!**"))]))])
            )
            request.functions.append(function("web", "web.main", runtime: "nodejs22.x"))
            let report = try await bundler(0).bundle(request)
            #expect(report.artifacts.count == 1)
            #expect(report.functions == ["main": 0, "web": 0])
        }
    }

    @Test(arguments: [(Int64(5), false), (19, false), (30, true), (1000, true)])
    func `an artifact is reused only if its files changed well before the run`(
        millisecondsLater: Int64,
        isReused: Bool
    ) async throws {
        try await with { request, bundler in
            let changes = try ["app.py", "requirements.txt"]
                .map { name in
                    try #require(files.statusIfPresent(of: request.directory / name)).changedNanoseconds
                }
            let time = try #require(changes.max()) / 1_000_000 + millisecondsLater
            _ = try await bundler(time).bundle(request)
            let again = try await bundler(time + 60_000).bundle(request)
            #expect(again.artifacts.map(\.origin) == [isReused ? .reused : .written])
        }
    }
}
