import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import OrderedJSON
import Testing
import WheelProvisioning

struct CleanCacheTests {
    @Test func `cleaning the cache only removes files of Furoshiki`() throws {
        let files = try InMemoryFileSystem()
        let cache = LocalPath("/cache/furoshiki")
        for name in Wheelhouse.folders + ["artifacts", "derived", "locks", "mine"] {
            try files.createDirectory(cache / name)
        }
        try files.write("mine", to: cache / "notes.txt")
        var request = BundleRequest(service: "s", directory: "/service")
        request.cacheDirectory = cache
        let bundler = Bundler(
            HostServices(
                files: files,
                processes: LiveProcessRunner(),
                transport: StubTransport.unreachable,
                environment: Environment()
            )
        )
        try bundler.cleanCache(of: request)
        #expect(try files.entries(of: cache).map(\.name) == ["locks", "mine", "notes.txt"])
    }

    @Test func `cleaning the cache keeps other directories in cacheLocation`() throws {
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
