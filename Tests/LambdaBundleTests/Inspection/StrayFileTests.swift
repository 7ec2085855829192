import Diagnostics
import FuroshikiTestSupport
import HostSystem
import Testing
import ZipArchive

@testable import LambdaBundle

/// Files that are rarely meant to be in an artifact.
struct StrayFileTests {
    private static let key = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n"

    private func findings(_ files: [String: String]) async throws -> [Diagnostic] {
        try await Bench.with { bench in
            let content = try ArtifactContent(
                serviceFiles: files.sorted { $0.key < $1.key }.map { try bench.file($0.key, $0.value) }
            )
            return StrayFileInspection(files: LiveFileSystem())
                .findings(in: InspectedArtifact(name: "a.zip", content: content))
        }
    }

    @Test func `one warning names the files and the patterns that exclude them`() async throws {
        let found = try await findings([
            "app.py": "", ".env": "A=1", "lib/.env.local": "", ".venv/pyvenv.cfg": "", ".venv/lib/x.py": "",
            "__pycache__/app.pyc": "", "lib/__pycache__/b.pyc": "", "certs/server.pem": Self.key, "id_rsa": Self.key,
        ])
        let place = SourcePlace(file: "serverless.yml", line: 4, column: 1)
        let summary = StrayFileInspection.summary(of: found + found, at: place)
        #expect(summary.map(\.code) == [.strayFiles])
        #expect(summary.first?.place == place)
        #expect(
            summary.first?.message
                == "the artifacts contain files that may be secret, or are not needed at run time: '.env', '.venv/' (a"
                + " virtual environment), '__pycache__/', 'certs/server.pem' (a private key), 'id_rsa' (a private key),"
                + " 'lib/.env.local'"
        )
        #expect(
            summary.first?.help == [
                "exclude them with package.patterns: '!.env', '!.venv/**', '!**/__pycache__/**', '!certs/server.pem',"
                    + " '!id_rsa', '!lib/.env.local'"
            ]
        )
    }

    @Test(arguments: [
        ".env.example", ".env.sample", "env.py", ".envrc", "certs/ca.pem", "node_modules/a/key.pem", "id_card.txt",
        "environment/app.py", "pyvenv.cfg", "my__pycache__/a.py",
    ])
    func `other files are not reported`(name: String) async throws {
        let content = name.hasPrefix("node_modules") ? Self.key : "-----BEGIN CERTIFICATE-----"
        #expect(try await findings([name: content]).isEmpty)
    }

    @Test func `at most six files are named`() async throws {
        let files = Dictionary(uniqueKeysWithValues: (1...9).map { ("d\($0)/.env", "") })
        let summary = StrayFileInspection.summary(of: try await findings(files), at: nil)
        #expect(summary.first?.message.hasSuffix("'d6/.env' and 3 more") == true)
    }
}
