import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing
import ZipArchive

/// `package --report` and `why` with wheels from a lock, which need no network.
@Suite(.tags(.large))
struct ReportTests {
    /// Runs a body with a service whose lock has `alpha`, which requires `beta`.
    private func withService(_ body: (Program) async throws -> Void) async throws {
        try await Program.onFiles([
            "app.py": "def main(event, context): pass\n",
            "serverless.yml": """
            service: shop
            provider: {name: aws, runtime: python3.12}
            plugins: [serverless-python-requirements]
            package: {patterns: ["!wheels/**", "!pylock.toml"]}
            functions:
              main: {handler: app.main}
              other: {handler: app.main, layers: [arn:aws:lambda:us-east-1:123456789012:layer:x:1]}
            """,
        ]) { program in
            let files = LiveFileSystem()
            var lock = "lock-version = \"1.0\"\ncreated-by = \"tests\"\n"
            for wheel in [
                WheelBuilder("alpha", "1.0", dependencies: ["beta>=1"]), WheelBuilder("beta", "2.0"),
            ] {
                let path = try wheel.write(to: program.directory / "wheels")
                let digest = SHA256.digest(of: try files.read(path)).hexadecimal
                lock += """
                    [[packages]]
                    name = "\(wheel.name)"
                    version = "\(wheel.version)"
                    [[packages.wheels]]
                    name = "\(wheel.fileName)"
                    path = "wheels/\(wheel.fileName)"
                    hashes = {sha256 = "\(digest)"}

                    """
            }
            try files.write(lock, to: program.directory / "pylock.toml")
            try await body(program)
        }
    }

    @Test
    func `a report replaces the target of a link, and neither a pipe nor a directory`() async throws {
        try await withService { program in
            let files = LiveFileSystem()
            let folder = program.directory
            let request = ProcessRequest("mkfifo", [(folder / "pipe").string], environment: .current())
            #expect(try await LiveProcessRunner().run(request).isSuccess)
            for name in ["pipe", "wheels"] {
                let kind = try files.status(of: folder / name).kind
                let outcome = try await program.run("package", "--report", name)
                #expect(outcome.status == 64, "\(outcome.errors)")
                #expect(outcome.errors.contains("is not a regular file"))
                #expect(try files.status(of: folder / name).kind == kind)
                #expect(!files.exists(folder / ".serverless"))
            }
            try files.write("old", to: folder / "page.html")
            try files.createSymbolicLink(at: folder / "link.html", to: "page.html")
            #expect(try await program.run("package", "--report", "link.html").status == 0)
            #expect(try files.symbolicLinkTarget(of: folder / "link.html") == "page.html")
            #expect(try files.readText(folder / "page.html").hasPrefix("<!DOCTYPE html>"))
        }
    }

    @Test
    func `package --report writes the page, and its data as JSON, without changing the package`() async throws {
        try await withService { program in
            let files = LiveFileSystem()
            let folder = program.directory / ".serverless"
            #expect(try await program.run("package").status == 0)
            let archive = try files.read(folder / "shop.zip")
            let before = Set(try files.entries(of: folder).map(\.name))
            let outcome = try await program.run("package", "--report", "--json")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try files.read(folder / "shop.zip") == archive)
            #expect(Set(try files.entries(of: folder).map(\.name)).subtracting(before) == ["report.html"])
            let report = try #require(try JSONValue(parsing: outcome.output)["report"])
            let artifact = try #require(report["artifacts"]?.arrayValue?.first)
            let sizes = (artifact["parts"]?.arrayValue ?? []).flatMap { $0["files"]?.arrayValue ?? [] }
            let reader = try ZipReader(opening: (folder / "shop.zip").string)
            #expect(sizes.count == reader.entries.count)
            let unzipped = sizes.compactMap { $0["unzippedBytes"]?.numberValue }.reduce(0, +)
            #expect(unzipped == Double(reader.totalSize))
            #expect(report["changes"] == [])
            let functions = report["functions"]?.arrayValue ?? []
            #expect(functions.map { $0["otherLayers"] } == [0, 1])
        }
    }

    @Test
    func `package --report FILE writes another file`() async throws {
        try await withService { program in
            let outcome = try await program.run("package", "--report", "build/page.html")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("build/page.html"))
            #expect(try LiveFileSystem().readText(program.directory / "build/page.html").hasPrefix("<!DOCTYPE html>"))
            #expect(!LiveFileSystem().isFile(program.directory / ".serverless/report.html"))
        }
    }

    @Test
    func `why shows the way to the line of the lock`() async throws {
        try await withService { program in
            let outcome = try await program.run("why", "Beta")
            #expect(
                outcome.output == """
                    beta 2.0, python3.12/x86_64: main, other
                    └── alpha 1.0 requires beta>=1
                        └── pylock.toml:3: alpha==1.0

                    """
            )
            let one = try await program.run("why", "beta", "--function", "other", "--json")
            let trees = try JSONValue(parsing: one.output)["distributions"]?.arrayValue ?? []
            #expect(trees.map { $0["functions"] } == [["other"]])
            #expect(trees.first?["reasons"]?.arrayValue?.first?["requiredBy"] == "alpha")
        }
    }

    @Test
    func `a distribution that no function uses is an error with the nearest name`() async throws {
        try await withService { program in
            let outcome = try await program.run("why", "alhpa", "--json")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("unknown-distribution"))
            #expect(outcome.errors.contains("alpha"))
            #expect(try await program.run("why").status == 64)
        }
    }
}
