import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing
import ZipArchive

/// Packages `Examples/mixed-runtimes`, which has two Python versions, two architectures and a Node.js function.
@Suite(.tags(.large, .network))
struct MixedRuntimesTests {
    private static let example = Program.root / "Examples/mixed-runtimes"
    private static let forecast = "mixed-runtimes-python3.11-x86_64.zip"
    private static let anomalies = "mixed-runtimes-python3.13-arm64.zip"
    private static let code = "mixed-runtimes-code.zip"

    /// The architecture of an ELF file, as the number `e_machine` in its header; `nil` for other files.
    private static func machine(_ bytes: [UInt8]) -> Int? {
        bytes.count > 20 && bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) ? Int(bytes[18]) | Int(bytes[19]) << 8 : nil
    }

    @Test
    func `every Python function gets wheels for its own target, and the Node function gets none`()
        async throws
    {
        try await Program.onCopy(of: Self.example) { program in
            let outcome = try await program.run("package", "--json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let artifacts = try JSONValue(parsing: Array(outcome.output.utf8))["artifacts"]?.arrayValue ?? []
            let rows = artifacts.map { "\($0["fileName"]?.stringValue ?? "") \($0["target"]?.stringValue ?? "-")" }
            #expect(
                rows == [
                    "\(Self.forecast) python3.11/x86_64", "\(Self.anomalies) python3.13/arm64", "\(Self.code) -",
                ]
            )
            for (name, number, tag) in [(Self.forecast, 62, "cpython-311"), (Self.anomalies, 183, "cpython-313")] {
                let archive = try ZipReader(opening: (program.directory / ".serverless" / name).string)
                let libraries = archive.entries.filter { $0.path.string.contains(".so") }
                #expect(libraries.count > 10)
                for library in libraries {
                    #expect(try Self.machine(archive.contents(of: library)) == number, "\(library.path.string)")
                }
                #expect(libraries.contains { $0.path.string.contains(tag) })
            }
            let node = try ZipReader(opening: (program.directory / ".serverless" / Self.code).string)
            #expect(
                node.entries.allSatisfy { !$0.path.string.contains("numpy") && !$0.path.string.contains("dateutil") }
            )
        }
    }

    @Test(.enabled(if: Environment.current().findProgram("python3.11") != nil, "needs a python3.11"))
    func `Python can import the handler and its dependencies from the zip file`() async throws {
        try await Program.onCopy(of: Self.example) { program in
            #expect(try await program.run("package").status == 0)
            let python = try #require(Environment.current().findProgram("python3.11"))
            let unpacked = (program.directory / "unpacked").string
            let archive = (program.directory / ".serverless" / Self.forecast).string
            let unzip = try await program.run(["-m", "zipfile", "-e", archive, unpacked], program: python)
            #expect(unzip.status == 0, "\(unzip.errors)")
            let script =
                "import sys; sys.path.insert(0, sys.argv[1]); from python.forecast import handler; "
                + "print(len(handler({'measured': [1, 2, 3]}, None)['coming']))"
            let outcome = try await program.run(["-c", script, unpacked], program: python)
            #expect(outcome.output == "3\n", "\(outcome.errors)")
        }
    }

    @Test
    func `an unknown runtime is reported with its location, and nothing is written`() async throws {
        try await Program.onCopy(of: Self.example) { program in
            let file = program.directory / "serverless.yml"
            let text = try LiveFileSystem().readText(file)
            try LiveFileSystem()
                .write(text.replacing("provider:\n", with: "provider:\n  runtime: konnnichiha\n"), to: file)
            let outcome = try await program.run("package")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("serverless.yml:7:12: error: unknown runtime 'konnnichiha'"))
            #expect(outcome.errors.contains("python3.14"))
            #expect(!LiveFileSystem().exists(program.directory / ".serverless"))
        }
    }
}
