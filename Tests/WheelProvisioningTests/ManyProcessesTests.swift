import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import Testing
import WheelProvisioning

/// Several processes with one store: each is this test program, which runs the test of the worker.
@Suite(.enabled(if: Worker.program != nil, "needs the path of the running program"))
struct ManyProcessesTests {
    /// The work of the other processes: they provide the wheels of `alpha`.
    @Test(.enabled(if: Worker.order != nil, "only the processes that the other tests start"))
    func `a worker provides wheels`() async throws {
        let order = try #require(Worker.order)
        let fixture = ProviderFixture(folder: LocalPath(order.folder), uv: order.uv)
        var environment = fixture.environment()
        environment.variables["PIP_INDEX_URL"] = order.index
        // Each process has its own service, with its own requirements.
        let wheels = try await fixture.wheels("alpha\n", environment: environment, reads: true)
        #expect(wheels.count == 2)
    }

    @Test(.enabled(if: Worker.order == nil))
    func `sixteen processes at the same time all get the wheels`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0", dependencies: ["beta"]).write(to: fixture.packages)
            try WheelBuilder("beta", "1.0").write(to: fixture.packages)
            _ = try fixture.requirements("alpha\n")
            let outcomes = try await (0..<16)
                .concurrentMap(limit: 16) { _ in
                    try await LiveProcessRunner().run(try Worker.request(fixture, index))
                }
            for outcome in outcomes { #expect(outcome.isSuccess, "\(outcome.outputText)") }
            let downloads = index.requests.filter { $0.hasPrefix("GET /files/beta") && $0.hasSuffix(".whl -") }
            // One process downloads and fifteen wait; under heavy load it may have to try again.
            #expect((1...2).contains(downloads.count))
        }
    }

    @Test(.enabled(if: Worker.order == nil))
    func `a process resumes the download of one that was killed`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            var beta = WheelBuilder("beta", "1.0")
            beta.files.append(("beta/data.bin", [UInt8](repeating: 5, count: 400_000)))
            try WheelBuilder("alpha", "1.0", dependencies: ["beta"]).write(to: fixture.packages)
            try beta.write(to: fixture.packages)
            _ = try fixture.requirements("alpha\n")
            // uv reads the files itself, so the resolution is done before the index becomes slow.
            let environment = fixture.environment(index)
            let resolved = try await fixture.wheels("alpha\n", environment: environment)
            let expected = resolved.map(\.name.fileName)
            try LiveFileSystem().remove(fixture.cache / "wheels")
            try index.setFailures([beta.fileName: "slow"])
            var request = try Worker.request(fixture, index)
            request.gracePeriod = .zero
            let worker = request
            let hasEnded = Flag()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try? await LiveProcessRunner().run(worker)
                    hasEnded.set()
                }
                while Self.partBytes(fixture) < 200_000, !hasEnded.isSet {
                    try await Task.sleep(for: .milliseconds(20))
                }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(Self.partBytes(fixture) > 0)
            let wheels = try await fixture.wheels("alpha\n", environment: environment)
            #expect(wheels.map(\.name.fileName) == expected)
            #expect(try LiveFileSystem().read(wheels[1].path) == beta.bytes())
            #expect(
                index.requests.last { $0.contains("beta-1.0") }?.hasSuffix(" bytes=\(beta.bytes().count / 2)-") == true
            )
        }
    }

    private static func partBytes(_ fixture: ProviderFixture) -> Int64 {
        let folder = fixture.cache / "partial"
        let entries = (try? LiveFileSystem().entries(of: folder)) ?? []
        return entries.map { LiveFileSystem().statusIfPresent(of: folder / $0.name)?.size ?? 0 }.max() ?? 0
    }
}

/// The environment variables that tell a process of this test program what to do.
private enum Worker {
    struct Order: Sendable {
        let folder: String
        let index: String
        let uv: String
    }

    /// The path of the running program; `nil` if the system does not provide it.
    static let program = (try? LiveFileSystem().realPath(of: "/proc/self/exe"))?.string

    /// The work that this process was started for; `nil` for the process that a user started.
    static let order: Order? = {
        let environment = Environment.current()
        guard let folder = environment["FUROSHIKI_TEST_FOLDER"], let index = environment["FUROSHIKI_TEST_INDEX"],
            let uv = environment["FUROSHIKI_TEST_UV"]
        else { return nil }
        return Order(folder: folder, index: index, uv: uv)
    }()

    static func request(_ fixture: ProviderFixture, _ index: LocalIndex) throws -> ProcessRequest {
        var environment = Environment.current()
        environment.variables["FUROSHIKI_TEST_FOLDER"] = fixture.folder.string
        environment.variables["FUROSHIKI_TEST_INDEX"] = index.address
        environment.variables["FUROSHIKI_TEST_UV"] = fixture.uv
        return ProcessRequest(
            try #require(program),
            ["--testing-library", "swift-testing", "--filter", "ManyProcessesTests"],
            environment: environment
        )
    }
}
