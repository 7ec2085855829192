import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import Testing

struct CleanCacheTests {
    @Test func `an emptied cache holds no wheel and no resolution, and what is not ours stays`() async throws {
        try await SupplierFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            _ = try await fixture.wheels("alpha\n", environment: fixture.environment(index))
            try LiveFileSystem().write("mine", to: fixture.cache / "notes.txt")
            var request = BundleRequest(service: "s", directory: fixture.service)
            request.cacheDirectory = fixture.cache
            let bundler = Bundler(
                BundleHost(
                    files: LiveFileSystem(),
                    processes: LiveProcessRunner(),
                    transport: StubTransport.unreachable,
                    environment: Environment()
                )
            )
            try bundler.cleanCache(of: request)
            let left = try LiveFileSystem().entries(of: fixture.cache).map(\.name)
            #expect(left == ["locks", "notes.txt"])
        }
    }
}
