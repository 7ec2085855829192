import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LocalCommands
import Testing

struct TemplateRepositoryTests {
    struct Address: Sendable, CustomTestStringConvertible {
        let text: String
        let name: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        Address(text: "https://example.com/owner/repo", name: "repo"),
        Address(text: "https://example.com/owner/repo.git/", name: "repo"),
        Address(text: "https://example.com/owner/repo.git#main", name: "repo"),
        Address(text: "https://example.com/owner/repo/tree/main", name: "repo"),
        Address(text: "https://example.com/owner/repo/tree/main/templates/api?x=1", name: "api"),
        Address(text: "https://example.com/group/sub/repo/-/tree/main/api", name: "api"),
        Address(text: "https://example.com/owner/repo/src/branch/main/api", name: "api"),
        Address(text: "git@example.com:owner/repo.git", name: "repo"),
        Address(text: "git@example.com:repo.git", name: "repo"),
        Address(text: "ssh://git@example.com/owner/repo", name: "repo"),
        Address(text: "../repo", name: "repo"),
        Address(text: "file:///a/repo.git", name: "repo"),
    ])
    func `the directory of a new service is named after the address`(address: Address) throws {
        #expect(try TemplateAddress(parsing: address.text).name == address.name)
    }

    @Test(arguments: [
        "", "repo", "owner/repo", "--upload-pack=x", "https://example.com", "./", "file:///a#main/..",
    ])
    func `an address that git cannot clone is refused`(text: String) {
        let error = #expect(throws: DiagnosticError.self) { try TemplateAddress(parsing: text) }
        #expect(error?.diagnostics.first?.code == .invalidTemplateAddress)
    }

    @Test
    func `a password in an invalid address is not shown`() {
        let error = #expect(throws: DiagnosticError.self) { try TemplateAddress(parsing: "https://u:S3CRET@host") }
        #expect("\(String(describing: error))".contains("S3CRET") == false)
    }

    /// Runs a body with a creator, its working directory and the address of a repository with these branches: `main`
    /// with `a/serverless.yml`, and `feature/x` with `b/serverless.yml`.
    private func withRepository(_ body: (ServiceCreator, LocalPath, String) async throws -> Void) async throws {
        let files = LiveFileSystem()
        let temporary = Environment.current().temporaryDirectory
        try await TemporaryDirectory.with(in: temporary, files: files) { scratch in
            let scratch = try files.realPath(of: scratch)
            let environment = Environment([
                "PATH": Environment.current()["PATH"] ?? "", "HOME": scratch.string, "TMPDIR": scratch.string,
                "GIT_CONFIG_NOSYSTEM": "1",
            ])
            let repository = scratch / "templates"
            for directory in ["a", "b"] {
                try files.createDirectory(repository / directory)
                try files.write("service: \(directory)\n", to: repository / directory / "serverless.yml")
            }
            func git(_ arguments: String...) async throws {
                let identity = ["-C", repository.string, "-c", "user.name=t", "-c", "user.email=t@example.com"]
                let request = ProcessRequest("git", identity + arguments, environment: environment)
                let result = try await LiveProcessRunner().run(request)
                #expect(result.isSuccess, "\(result.errorText)")
            }
            try await git("init", "--quiet", "--initial-branch", "main")
            try await git("add", "a")
            try await git("commit", "--quiet", "--message", "a")
            try await git("checkout", "--quiet", "-b", "feature/x")
            try await git("add", "b")
            try await git("commit", "--quiet", "--message", "b")
            try await git("checkout", "--quiet", "main")
            let services = HostServices(
                files: files,
                processes: LiveProcessRunner(),
                transport: StubTransport.unreachable,
                environment: environment,
                wallClock: .fixed(milliseconds: 0),
                clock: MonotonicClock(ManualClock()),
                processorCount: 1
            )
            try files.createDirectory(scratch / "work")
            try await body(ServiceCreator(services), scratch / "work", "file://\(repository)")
            // Nothing but the services is left behind.
            #expect(try files.entries(of: scratch).map(\.name) == ["templates", "work"])
        }
    }

    private static let hasGit =
        Environment.current().findProgram("git", files: LiveFileSystem()) != nil

    @Test(.enabled(if: hasGit, "needs git"))
    func `a template comes from a branch of a repository`() async throws {
        try await withRepository { creator, work, address in
            let files = LiveFileSystem()
            let whole = try await creator.create(
                from: .repository(try TemplateAddress(parsing: address)),
                at: nil,
                in: work,
                name: nil
            )
            #expect(whole.directory == work / "templates")
            #expect(whole.files == ["a/serverless.yml"])
            let other = try await creator.create(
                from: .repository(try TemplateAddress(parsing: "\(address)#feature/x/b")),
                at: nil,
                in: work,
                name: try ServiceName("shop")
            )
            #expect(other.directory == work / "shop")
            #expect(try files.readText(work / "shop/serverless.yml") == "service: shop\n")
        }
    }

    @Test(.enabled(if: hasGit, "needs git"))
    func `a missing repository, branch or directory is reported`() async throws {
        try await withRepository { creator, work, address in
            for (suffix, code) in [
                ("#feature/x/absent", DiagnosticCode.missingTemplate), ("#feature/x/../../work", .missingTemplate),
                ("#featur/x", .missingTemplate), ("-absent", .templateNotCloned), ("#absent", .templateNotCloned),
            ] {
                let error = await #expect(throws: DiagnosticError.self) {
                    _ = try await creator.create(
                        from: .repository(try TemplateAddress(parsing: address + suffix)),
                        at: work / "new",
                        in: work,
                        name: nil
                    )
                }
                #expect(error?.diagnostics.first?.code == code, "\(suffix)")
                #expect(!LiveFileSystem().exists(work / "new"))
            }
        }
    }
}
