import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

/// Runs of the program that write to the same directory at the same time.
@Suite(.tags(.large))
struct ConcurrentRunsTests {
    /// The number of pairs of runs; `FUROSHIKI_TEST_PAIRS=2000` for a thorough test.
    private static let pairs = Environment.current().nonEmpty("FUROSHIKI_TEST_PAIRS").flatMap(Int.init) ?? 6

    /// A service that can be packaged for one stage, but not for another one, where the artifact of a function is
    /// missing.
    private static let service = [
        "serverless.yml": """
        service: shop
        provider: {name: aws, runtime: python3.12}
        package: {individually: true}
        custom: {artifact: {dev: ready.zip, broken: absent.zip}}
        functions:
          main: {handler: app.main}
          other: {handler: app.main}
          made: {handler: app.main, package: {artifact: '${self:custom.artifact.${sls:stage}}'}}

        """,
        "app.py": "def main(event, context): pass\n",
    ]

    private static let names = [
        "cloudformation-template-create-stack.json", "cloudformation-template-update-stack.json", "main.zip",
        "other.zip", "serverless-state.json",
    ]

    private func withService(_ body: @escaping @Sendable (Program) async throws -> Void) async throws {
        try await Program.onFiles(Self.service) { program in
            let zip = ZipBuilder([ZipBuilder.Entry("app.py")])
            try LiveFileSystem().write(zip.build(), to: program.directory / "ready.zip")
            try await body(program)
        }
    }

    /// Checks that a package is complete, and that nothing else is in its directory.
    private func expectPackage(in program: Program) throws {
        let files = LiveFileSystem()
        let output = program.directory / ".serverless"
        #expect(try files.entries(of: output).map(\.name).sorted() == Self.names)
        for name in Self.names where name.hasSuffix(".json") {
            _ = try JSONValue(parsing: files.read(output / name))
        }
    }

    @Test
    func `two runs at the same time both succeed`() async throws {
        try await withService { program in
            for _ in 0..<Self.pairs {
                try LiveFileSystem().remove(program.directory / ".serverless")
                async let first = program.run("package")
                async let second = program.run("package")
                for outcome in [try await first, try await second] {
                    #expect(outcome.status == 0, "\(outcome.errors)")
                }
                try expectPackage(in: program)
            }
        }
    }

    @Test
    func `a run that fails leaves the package of another run`() async throws {
        try await withService { program in
            for _ in 0..<Self.pairs {
                try LiveFileSystem().remove(program.directory / ".serverless")
                async let first = program.run("package")
                async let second = program.run("package", "--stage", "broken")
                #expect(try await first.status == 0)
                #expect(try await second.status == 1)
                try expectPackage(in: program)
            }
        }
    }

    @Test
    func `a run waits for the one that writes to its directory, and says so`() async throws {
        try await withService { program in
            let output = program.directory / ".serverless"
            try LiveFileSystem().createDirectory(output)
            var lock = DirectoryLock.ifFree(output)
            #expect(lock != nil)
            let (pieces, continuation) = AsyncStream<[UInt8]>.makeStream()
            async let status = {
                defer { continuation.finish() }
                return try await LiveProcessRunner()
                    .run(
                        ProcessRequest(
                            Program.path.string,
                            ["package"],
                            environment: Environment(["HOME": program.directory.string]),
                            workingDirectory: program.directory,
                            errorOutput: .streamed { continuation.yield($0) }
                        )
                    )
                    .status
            }()
            var text = ""
            for await piece in pieces {
                text += String(decoding: piece, as: UTF8.self)
                if text.contains("Waiting for another run of Furoshiki, which writes to .serverless\n") { break }
            }
            #expect(try LiveFileSystem().entries(of: output).isEmpty, "\(text)")
            lock = nil
            #expect(try await status == .exited(0))
            try expectPackage(in: program)
        }
    }

    @Test
    func `what a killed run left is removed by the next one`() async throws {
        try await withService { program in
            let files = LiveFileSystem()
            let output = program.directory / ".serverless"
            try files.createDirectory(output / ".staging-1x")
            try files.write("x", to: output / ".staging-1x/main.zip")
            try files.write("x", to: output / ".serverless-state.json.123.1x.tmp")
            #expect(try await program.run("package").status == 0)
            try expectPackage(in: program)
        }
    }
}
