import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Synchronization
import Testing
import WheelProvisioning

/// The directory of a service, a cache, and a provider that uses them.
struct ProviderFixture: Sendable {
    let folder: LocalPath
    /// The path of uv, which the local indexes do not have.
    let uv: String
    /// The directory of the files of an index.
    var packages: LocalPath { folder / "packages" }
    var service: LocalPath { folder / "service" }
    var cache: LocalPath { folder / "cache" }

    /// Python 3.11 on x86_64.
    static var target: Target {
        get throws { Target(try #require(PythonRuntime(name: "python3.11")), .x86_64) }
    }

    /// Whether the configured package index responds.
    static var hasNetwork: Bool { Environment.current()["FUROSHIKI_TEST_OFFLINE"] == nil }

    static func with(_ body: @escaping @Sendable (ProviderFixture) async throws -> Void) async throws {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            let uv = try await resolver()
            let fixture = ProviderFixture(folder: folder, uv: uv)
            for path in [fixture.packages, fixture.service, folder / "tmp"] {
                try LiveFileSystem().createDirectory(path)
            }
            try await body(fixture)
        }
    }

    /// Runs a body with a fixture and an index of the packages directory.
    static func withIndex(
        _ body: @escaping @Sendable (ProviderFixture, LocalIndex) async throws -> Void
    ) async throws {
        try await with { fixture in
            try await LocalIndex.with(fixture.packages) { index in try await body(fixture, index) }
        }
    }

    /// The requirements of the service after writing its requirements file; `nil` keeps the existing file.
    func requirements(_ text: String?) throws -> RequirementSet {
        if let text { try LiveFileSystem().write(text, to: service / "requirements.txt") }
        let reader = RequirementSourceReader(files: LiveFileSystem(), serviceFolder: service)
        let origin = try #require(try reader.locate())
        return try reader.read(origin)
    }

    /// An environment in which only one index is configured.
    func environment(_ index: LocalIndex? = nil) -> Environment {
        let current = Environment.current()
        var environment = Environment(["PIP_CONFIG_FILE": "/dev/null", "TMPDIR": (folder / "tmp").string])
        for name in ["PATH", "HOME"] { environment.variables[name] = current[name] }
        environment.variables["FUROSHIKI_UV"] = uv
        environment.variables["UV_CACHE_DIR"] = (folder / "uv-cache").string
        environment.variables["UV_HTTP_RETRIES"] = "0"
        // A loaded machine may take long to answer.
        environment.variables["UV_HTTP_TIMEOUT"] = "3600"
        if let index { environment.variables["PIP_INDEX_URL"] = index.address }
        return environment
    }

    /// The path of uv, which is downloaded once and kept for later runs of the tests.
    private static func resolver() async throws -> String {
        let environment = Environment.current()
        if let named = environment.nonEmpty("FUROSHIKI_UV") { return named }
        let cache = try #require(environment.cacheDirectory(for: "furoshiki-tests"))
        if let own = installedResolver(in: cache) { return own }
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            let fixture = ProviderFixture(folder: folder, uv: "")
            try LiveFileSystem().createDirectory(fixture.service)
            var options = ProvisioningOptions()
            options.usesResolutionCache = false
            _ = try await fixture.wheels("six\n", environment: environment, options: options, cache: cache)
        }
        return installedResolver(in: cache) ?? "uv"
    }

    private static func installedResolver(in cache: LocalPath) -> String? {
        let tools = (try? LiveFileSystem().entries(of: cache / "tools")) ?? []
        return tools.map { cache / "tools" / $0.name / "uv" }.first { LiveFileSystem().isFile($0) }?.string
    }

    /// The wheels for the requirements in a requirements file.
    func wheels(
        _ text: String,
        target: Target? = nil,
        environment: Environment,
        transport: (any HTTPTransport)? = nil,
        processes: any ProcessRunner = LiveProcessRunner(),
        files: any FileSystem = LiveFileSystem(),
        options: ProvisioningOptions = ProvisioningOptions(),
        cache: LocalPath? = nil,
        reads: Bool = false,
        report: @escaping @Sendable (ProvisioningEvent) -> Void = { _ in }
    ) async throws -> [StoredWheel] {
        // Results must not depend on whether this system has a container engine.
        var options = options
        if options.containers == ContainerOptions() { options.containers.use = .never }
        let host = HostServices(
            files: files,
            processes: processes,
            transport: transport
                ?? RetryingTransport(CurlTransport(environment: environment), clock: MonotonicClock(ManualClock())),
            environment: environment
        )
        do {
            return try await UvWheelProvider(host: host, cacheDirectory: cache ?? self.cache)
                .wheels(
                    for: try requirements(reads ? nil : text),
                    target: try target ?? Self.target,
                    options: options,
                    report: report
                )
        } catch let error as any DiagnosticConvertible {
            throw DiagnosticError(describing: error)
        }
    }
}
