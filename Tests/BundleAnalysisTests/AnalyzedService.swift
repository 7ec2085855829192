import BundleAnalysis
import ConfigurationValues
import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import OrderedJSON
import PythonPackaging
import RequirementFormats
import WheelProvisioning

/// A provider that has the same wheels for all requirements.
private struct FixedWheels: WheelProvider {
    let wheels: [StoredWheel]

    func discard(_ wheels: [StoredWheel]) async throws {}

    func wheels(
        for requirements: RequirementSet,
        target: Target,
        options: ProvisioningOptions,
        report: @escaping @Sendable (ProvisioningEvent) -> Void
    ) async throws -> [StoredWheel] { wheels.filter { !options.excluded.contains($0.name.name) } }
}

/// A service in a temporary directory, whose wheels are made by the test.
struct AnalyzedService {
    let directory: LocalPath
    let host: HostServices
    let bundler: Bundler
    var request: BundleRequest

    /// Runs a body with a service.
    ///
    /// - Parameters:
    ///   - wheels: the wheels that all functions get.
    ///   - files: the files of the service by their names.
    ///   - functions: the keys of functions, whose handler is `app.main`.
    ///   - options: `custom.pythonRequirements`.
    ///   - body: uses the service.
    /// - Throws: the errors of the body, and of writing files.
    static func with(
        _ wheels: [WheelBuilder],
        files: [String: String] = ["requirements.txt": "alpha\n"],
        functions: [String] = ["main"],
        options: OrderedMap<ConfigurationValue> = [:],
        _ body: (AnalyzedService) async throws -> Void
    ) async throws {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory, prefix: "analysis") { folder in
            let system = LiveFileSystem()
            let service = folder / "service"
            try system.createDirectory(service)
            try system.write("def main(event, context): pass\n", to: service / "app.py")
            for (name, text) in files {
                try system.createDirectory((service / name).parent)
                try system.write(text, to: service / name)
            }
            let stored = try wheels.map { wheel in
                let path = try wheel.write(to: folder / "wheels")
                return StoredWheel(
                    name: try WheelName(parsing: path.lastComponent),
                    path: path,
                    sha256: SHA256.digest(of: try system.read(path))
                )
            }
            let host = HostServices(
                files: system,
                processes: ScriptedProcessRunner { _ in ProcessResult(status: .exited(1)) },
                transport: StubTransport.unreachable,
                environment: Environment(),
                wallClock: .live
            )
            var request = BundleRequest(service: "shop", directory: service)
            request.runtime = ConfigurationValue(.string("python3.12"))
            request.installsRequirements = true
            request.cacheDirectory = folder / "cache"
            request.pythonRequirements = ConfigurationValue(.map(options))
            request.functions = functions.map { key in
                var function = BundleFunction(key: key)
                function.handler = ConfigurationValue(.string("app.main"))
                return function
            }
            try await body(
                AnalyzedService(
                    directory: service,
                    host: host,
                    bundler: Bundler(host, provider: FixedWheels(wheels: stored)),
                    request: request
                )
            )
        }
    }

    /// Packages the service, and analyzes the artifacts.
    func analyze(layers: [String] = []) async throws -> (analysis: ServiceAnalysis, report: BundleReport) {
        let previous = ArtifactChange.Previous(in: request.outputDirectory, files: host.files)
        let report = try await bundler.bundle(request)
        let functions = request.functions.map { function in
            FunctionUse(
                key: function.key,
                runtime: "python3.12",
                architecture: "x86_64",
                layers: layers,
                otherLayers: 0
            )
        }
        let analysis = try await ServiceAnalysis.of(
            report,
            service: "shop",
            stage: "dev",
            functions: functions,
            previous: previous,
            on: host
        )
        return (analysis, report)
    }

    /// Makes each function an artifact of its own.
    func individually() -> AnalyzedService {
        var result = self
        result.request.package = ConfigurationValue(.map(["individually": ConfigurationValue(.bool(true))]))
        return result
    }
}

extension WheelBuilder {
    /// A wheel with files of given sizes, whose content can be compressed a little.
    static func sized(
        _ name: String,
        _ version: String,
        _ sizes: [String: Int],
        dependencies: [String] = [],
        metadata: [String] = []
    ) -> WheelBuilder {
        var wheel = WheelBuilder(name, version, dependencies: dependencies)
        wheel.metadata = metadata
        var random = SeededGenerator(seed: UInt64(name.utf8.reduce(0) { $0 + Int($1) }))
        for (path, size) in sizes.sorted(by: { $0.key < $1.key }) {
            wheel.files.append((path, (0..<size).map { _ in UInt8.random(in: 97...122, using: &random) }))
        }
        return wheel
    }
}
