import FuroshikiTestSupport
import HostSystem
import Testing
import ZipArchive

@testable import LambdaBundle

struct BytecodeTests {
    typealias Entry = ZipBuilder.Entry

    @Test(.enabled(if: Environment.current().findProgram("python3.11") != nil, "needs a python3.11"))
    func `modules with unusual names are compiled, and other files are not`() async throws {
        try await Bench.with(runtime: "python3.11") { bench in
            // What ends a line for Python must not end a name, least of all before what is a path by itself.
            let outside = (bench.folder / "outside.py").string
            try bench.files.write("x = 1\n", to: LocalPath(outside))
            let names = ["é.py", "a\u{C}b.py", "a\rb.py", "a\n\(outside.dropFirst())"]
            let wheel = WheelFixture("greeting", names.map { Entry($0, "x = 1\n") } + [Entry("bad.py", "x =\n")])
            let compiler = BytecodeCompiler(
                files: bench.files,
                processes: LiveProcessRunner(),
                environment: Environment.current()
            )
            let content = try await bench.requirements([wheel])
            let compiled = try await compiler.compile(content, in: bench.folder)
            let found = try #require(compiled?.map(\.path.string))
            #expect(found.contains("__pycache__/é.cpython-311.pyc"))
            #expect(found.contains("__pycache__/a\u{C}b.cpython-311.pyc"))
            #expect(found.count == names.count)
            #expect(!bench.files.exists(bench.folder / "__pycache__"))
        }
    }
}
