import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Synchronization
import Testing

@testable import WheelProvisioning

/// A backend that writes a wheel without running a program, and counts the builds that run at the same time.
private final class ScriptedBackend: WheelBuildBackend {
    private let state = Mutex((running: 0, peak: 0, total: 0))
    private let write: @Sendable (LocalPath) throws -> WheelBuildOutcome

    init(_ write: @escaping @Sendable (LocalPath) throws -> WheelBuildOutcome) { self.write = write }

    var peak: Int { state.withLock { $0.peak } }
    var total: Int { state.withLock { $0.total } }

    var usesContainer: Bool { false }

    func properties(for target: Target) -> [String: String]? { ["backend": "scripted"] }

    func prepare(for target: Target) {}

    func build(_ project: LocalPath, for target: Target, in folder: LocalPath) async throws -> WheelBuildOutcome {
        state.withLock { state in
            state.running += 1
            state.total += 1
            state.peak = max(state.peak, state.running)
        }
        defer { state.withLock { $0.running -= 1 } }
        for _ in 0..<50 { await Task.yield() }
        let output = folder / "wheels"
        try LiveFileSystem().createDirectory(output)
        return try write(output)
    }
}

@Suite struct BuildRunnerTests {
    private func with(
        _ backend: ScriptedBackend,
        limit: Int = 4,
        _ body: @escaping @Sendable (BuildRunner, LocalPath) async throws -> Void
    ) async throws {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            let environment = Environment(["PIP_CONFIG_FILE": "/dev/null", "TMPDIR": folder.string])
            let host = HostServices(
                files: LiveFileSystem(),
                processes: ScriptedProcessRunner { _ in ProcessResult(status: .exited(1)) },
                transport: StubTransport.unreachable,
                environment: environment
            )
            let settings = try IndexSettings(IndexOptions(), environment: environment, files: host.files)
            let wheelhouse = Wheelhouse(folder / "cache", files: host.files)
            let index = IndexClient(
                transport: host.transport,
                files: host.files,
                clock: host.clock,
                settings: settings,
                report: { _ in }
            )
            let fetcher = WheelFetcher(
                wheelhouse: wheelhouse,
                downloader: Downloader(
                    transport: host.transport,
                    settings: settings,
                    wheelhouse: wheelhouse,
                    clock: host.clock,
                    report: { _ in }
                ),
                index: index,
                options: ProvisioningOptions(),
                report: { _ in }
            )
            let runner = BuildRunner(
                host: host,
                wheelhouse: wheelhouse,
                preparation: BuildPreparation(host: host, fetcher: fetcher, settings: settings),
                backend: backend,
                acceptance: BuildAcceptance(fetcher: fetcher),
                limit: ConcurrencyLimit(limit),
                options: ProvisioningOptions(),
                report: { _ in }
            )
            try await body(runner, folder)
        }
    }

    private func project(_ name: String, in folder: LocalPath) throws -> (ExactDistribution, BuildSource) {
        let path = folder / name
        try LiveFileSystem().createDirectory(path)
        try LiveFileSystem().write("[project]\nname = \"\(name)\"\n", to: path / "pyproject.toml")
        let distribution = ExactDistribution(
            name: try PackageName(parsing: name),
            version: nil,
            source: .local(path),
            place: nil
        )
        return (distribution, .local(path))
    }

    @Test func `builds of several callers share one limit, and a source is built once`() async throws {
        let backend = ScriptedBackend { output in
            let name = "p\(UInt32.random(in: 0 ... .max))"
            return .built(try WheelBuilder(name, "1.0").write(to: output))
        }
        try await with(backend, limit: 2) { runner, folder in
            let target = try ProviderFixture.target
            let projects = try (0..<6).map { try project("project\($0)", in: folder) }
            for _ in 0..<2 {
                _ = try await projects.concurrentMap(limit: 16) { distribution, source in
                    try await runner.wheel(of: distribution, from: source, for: target)
                }
            }
        }
        #expect(backend.total == 6)
        #expect(backend.peak == 2)
    }

    @Test func `a wheel is marked as built, in the run that builds it and in later ones`() async throws {
        let backend = ScriptedBackend { output in .built(try WheelBuilder("alpha", "1.0").write(to: output)) }
        try await with(backend) { runner, folder in
            let (distribution, source) = try project("alpha", in: folder)
            let target = try ProviderFixture.target
            for _ in 0..<2 {
                #expect(try await runner.wheel(of: distribution, from: source, for: target).isBuilt)
            }
        }
        #expect(backend.total == 1)
    }

    @Test func `a built wheel that is damaged in the cache is built again`() async throws {
        let backend = ScriptedBackend { output in .built(try WheelBuilder("alpha", "1.0").write(to: output)) }
        try await with(backend) { runner, folder in
            let (distribution, source) = try project("alpha", in: folder)
            let target = try ProviderFixture.target
            let wheel = try await runner.wheel(of: distribution, from: source, for: target)
            try LiveFileSystem().write([UInt8](), to: wheel.path)
            #expect(try await runner.wheel(of: distribution, from: source, for: target) == wheel)
            #expect(try LiveFileSystem().read(wheel.path) == WheelBuilder("alpha", "1.0").bytes())
        }
        #expect(backend.total == 2)
    }

    @Test func `the output of a build that fails is part of the error`() async throws {
        let backend = ScriptedBackend { _ in .failed(output: "no compiler") }
        try await with(backend) { runner, folder in
            let (distribution, source) = try project("alpha", in: folder)
            let target = try ProviderFixture.target
            let error = await #expect(throws: DiagnosticError.self) {
                try await runner.wheel(of: distribution, from: source, for: target)
            }
            #expect(error?.diagnostics.first?.code == .buildFailed)
            #expect(error?.diagnostics.first?.toolOutput == "no compiler")
        }
    }

    @Test func `the error of a failed build names the reason, and the missing header first in its help`() async throws {
        let output = """
            Building wheel...
            running build_ext
            pq.c:1:10: fatal error: libpq-fe.h: No such file or directory
            error: command '/usr/bin/gcc' failed with exit code 1
            error: Failed to build `/tmp/alpha`
            """
        let backend = ScriptedBackend { _ in .failed(output: output) }
        try await with(backend) { runner, folder in
            let (distribution, source) = try project("alpha", in: folder)
            let target = try ProviderFixture.target
            let error = await #expect(throws: DiagnosticError.self) {
                try await runner.wheel(of: distribution, from: source, for: target)
            }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.message.hasSuffix(": pq.c:1:10: fatal error: libpq-fe.h: No such file or directory"))
            #expect(diagnostic.help.first?.contains("'libpq-fe.h'") == true)
            #expect(diagnostic.help.count == 4)
        }
    }

    @Test func `a built wheel that does not work on the target is rejected and not kept`() async throws {
        let backend = ScriptedBackend { output in
            .built(try WheelBuilder("alpha", "1.0", tag: "cp311-cp311-win_amd64").write(to: output))
        }
        try await with(backend) { runner, folder in
            let (distribution, source) = try project("alpha", in: folder)
            let target = try ProviderFixture.target
            for _ in 0..<2 {
                let error = await #expect(throws: DiagnosticError.self) {
                    try await runner.wheel(of: distribution, from: source, for: target)
                }
                #expect(error?.diagnostics.map(\.code) == [.incompatibleBuild])
            }
        }
        #expect(backend.total == 2)
    }
}
