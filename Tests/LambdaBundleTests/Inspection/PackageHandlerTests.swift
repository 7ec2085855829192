import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import PythonPackaging
import RequirementFormats
import Testing

/// Handlers of Python in a package's `__init__.py`.
struct PackageHandlerTests {
    private func messages(_ handler: String, _ sources: [String: String]) async throws -> [String] {
        try await Bench.with { bench in
            let python = try #require(PythonRuntime(name: "python3.12"))
            let function = InspectedArtifact.Function(key: "take", handler: handler, runtime: .python(python))
            let files = try sources.sorted { $0.key < $1.key }.map { try bench.file($0.key, $0.value) }
            let artifact = InspectedArtifact(
                name: "orders.zip",
                content: try ArtifactContent(
                    serviceFiles: files,
                    requirements: .root(try await bench.requirements([]))
                ),
                functions: [function],
                target: bench.target
            )
            return try HandlerInspection(files: LiveFileSystem()).findings(in: artifact).map(\.diagnostic.message)
        }
    }

    private let definition = "def main(event, context): pass\n"

    @Test func `a handler in the '__init__.py' of a package is found`() async throws {
        #expect(try await messages("pkg.main", ["pkg/__init__.py": definition]).isEmpty)
        #expect(try await messages("a/pkg.main", ["a/pkg/__init__.py": definition]).isEmpty)
        #expect(try await messages("a.pkg.main", ["a/pkg/__init__.py": definition]).isEmpty)
    }

    @Test func `a handler that the '__init__.py' of a package does not define is reported`() async throws {
        let missing = try await messages("pkg.other", ["pkg/__init__.py": definition])
        #expect(missing.count == 1)
        #expect(missing.first?.contains("'other'") == true)
        #expect(missing.first?.contains("'pkg/__init__.py'") == true)
    }

    @Test func `a module has precedence over the package of the same name`() async throws {
        let sources = ["pkg.py": "x = 1\n", "pkg/__init__.py": definition]
        #expect(try await messages("pkg.main", sources).first?.contains("'pkg.py'") == true)
    }
}
