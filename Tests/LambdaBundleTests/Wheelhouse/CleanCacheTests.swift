import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import OrderedJSON
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
                HostServices(
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

    @Test func `folders of others in cacheLocation stay, whatever their names are`() throws {
        let files = try InMemoryFileSystem()
        for name in ["wheels", "files", "artifacts", "furoshiki/wheels"] {
            try files.createDirectory("/service" / name)
            try files.write("mine", to: "/service" / name / "notes.txt")
        }
        var request = BundleRequest(service: "s", directory: "/service")
        request.pythonRequirements = ConfigurationValue(.map(["cacheLocation": ConfigurationValue(.string("."))]))
        let bundler = Bundler(
            HostServices(
                files: files,
                processes: LiveProcessRunner(),
                transport: StubTransport.unreachable,
                environment: Environment()
            )
        )
        try bundler.cleanCache(of: request)
        #expect(try files.entries(of: "/service").map(\.name) == ["artifacts", "files", "furoshiki", "wheels"])
        #expect(try files.entries(of: "/service/furoshiki").isEmpty)
        #expect(files.exists("/service/wheels/notes.txt"))
    }
}
