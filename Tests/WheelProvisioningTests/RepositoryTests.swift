import Diagnostics
import FuroshikiTestSupport
import HostSystem
import RequirementFormats
import Testing

@testable import WheelProvisioning

/// Which commands of git check out a commit, with which credentials, and how archives are unpacked.
struct RepositoryTests {
    private func repository(
        _ address: String = "git+https://host.example/shop",
        commit: String = "0123abc",
        variables: [String: String] = [:],
        learning known: String? = nil,
        files: (any FileSystem)? = nil,
        running processes: ScriptedProcessRunner
    ) throws -> Repository {
        let environment = Environment(variables.merging(["PIP_CONFIG_FILE": "/dev/null"]) { $1 })
        let files = try files ?? InMemoryFileSystem()
        var settings = try IndexSettings(IndexOptions(), environment: environment, files: files)
        if let known { settings.learnCredentials(of: known) }
        let host = HostServices(
            files: files,
            processes: processes,
            transport: StubTransport.unreachable,
            environment: environment
        )
        return Repository(address: address, commit: commit, settings: settings, host: host)
    }

    private func succeeding() -> ScriptedProcessRunner {
        ScriptedProcessRunner { _ in ProcessResult(status: .exited(0)) }
    }

    /// A runner in which the commands whose first argument has a name fail.
    private func failing(_ name: String) -> ScriptedProcessRunner {
        ScriptedProcessRunner { request in
            let fails = request.arguments.contains(name)
            return ProcessResult(
                status: .exited(fails ? 128 : 0),
                errorOutput: Array("fatal: https://u:hush@h/x failed".utf8)
            )
        }
    }

    @Test func `a commit is fetched alone, and its files and submodules are checked out`() async throws {
        let processes = succeeding()
        let folder = try await repository(running: processes).checkOut(in: "/scratch")
        #expect(folder == "/scratch")
        #expect(
            processes.requests.map(\.arguments) == [
                ["init", "--quiet"], ["remote", "add", "origin", "https://host.example/shop"],
                ["fetch", "--quiet", "--depth", "1", "origin", "0123abc"],
                ["-c", "advice.detachedHead=false", "checkout", "--quiet", "0123abc"],
                ["submodule", "update", "--quiet", "--init", "--recursive"],
            ]
        )
        #expect(processes.requests.allSatisfy { $0.program == "git" && $0.workingDirectory == "/scratch" })
        #expect(processes.requests.allSatisfy { $0.environment["GIT_TERMINAL_PROMPT"] == "0" })
        #expect(processes.requests.allSatisfy { $0.environment["GIT_CONFIG_COUNT"] == nil })
    }

    @Test func `everything is fetched from a server that does not send single commits`() async throws {
        let processes = failing("--depth")
        _ = try await repository(running: processes).checkOut(in: "/scratch")
        #expect(processes.requests.map(\.arguments).contains(["fetch", "--quiet", "--tags", "origin"]))
        #expect(processes.requests.count == 6)
    }

    @Test(arguments: ["init", "remote", "--tags", "checkout", "submodule"])
    func `a command that fails ends the checkout with its output, without credentials`(name: String) async throws {
        let processes =
            name == "--tags"
            ? ScriptedProcessRunner { request in
                let status: Int32 = request.arguments.contains("fetch") ? 1 : 0
                return ProcessResult(status: .exited(status), errorOutput: Array("https://u:hush@h/x failed".utf8))
            } : failing(name)
        let error = await #expect(throws: DiagnosticError.self) {
            try await repository("git+https://u:hush@host.example/shop", running: processes).checkOut(in: "/scratch")
        }
        #expect(error?.diagnostics.map(\.code) == [.checkoutFailed])
        #expect(error?.diagnostics.first?.toolOutput?.contains("failed") == true)
        #expect(!"\(String(describing: error))".contains("hush"))
    }

    @Test func `git that is not installed is reported`() async throws {
        let processes = ScriptedProcessRunner { _ in throw ProcessStartError(program: "git", code: 2) }
        let error = await #expect(throws: DiagnosticError.self) {
            try await repository(running: processes).checkOut(in: "/scratch")
        }
        #expect(error?.diagnostics.map(\.code) == [.missingGit])
        #expect(error?.diagnostics.first?.help.isEmpty == false)
    }

    @Test(arguments: [
        ("git+https://host.example/shop", "--upload-pack=touch /tmp/x"), ("hg+https://u:hush@host.example/shop", "1"),
        ("https://u:hush@host.example/shop", "1"),
    ])
    func `an address or commit that git must not get is rejected before git is started`(
        address: String,
        commit: String
    ) async throws {
        let processes = succeeding()
        let repository = try repository(address, commit: commit, running: processes)
        let error = await #expect(throws: DiagnosticError.self) { try await repository.checkOut(in: "/scratch") }
        #expect(error?.diagnostics.map(\.code) == [.invalidRepository])
        #expect(error?.diagnostics.first?.message.contains("hush") == false)
        #expect(processes.requests.isEmpty)
    }

    /// An address, what git gets of it, and the header in its environment.
    struct Access: Sendable, CustomTestStringConvertible {
        let address: String
        var known: String?
        var count: String?
        let url: String
        var header: String?
        var testDescription: String { address + (known.map { " with \($0)" } ?? "") }
    }

    @Test(arguments: [
        Access(address: "https://user@h.example/x", url: "https://user@h.example/x"),
        Access(address: "https://user:pass@h.example/x", url: "https://h.example/x"),
        Access(
            address: "https://h.example/x",
            known: "https://user:pass@h.example/simple",
            url: "https://h.example/x",
            header: "dXNlcjpwYXNz"
        ),
        Access(
            address: "https://h.example/x",
            known: "https://user:pass@h.example/simple",
            count: "2",
            url: "https://h.example/x",
            header: "dXNlcjpwYXNz"
        ),
        Access(address: "https://h.example/x", known: "https://token@h.example/s", url: "https://token@h.example/x"),
        Access(address: "https://me@h.example/x", known: "https://token@h.example/s", url: "https://me@h.example/x"),
        Access(address: "https://other.example/x", known: "https://u:p@h.example/s", url: "https://other.example/x"),
        Access(address: "ssh://git@h.example/x", known: "https://u:p@h.example/s", url: "ssh://git@h.example/x"),
    ])
    func `passwords are in the environment of git, and user names in the address`(access: Access) async throws {
        let processes = succeeding()
        let variables = access.count.map { ["GIT_CONFIG_COUNT": $0] } ?? [:]
        let address = "git+" + access.address
        _ = try await repository(address, variables: variables, learning: access.known, running: processes)
            .checkOut(in: "/scratch")
        let remote = try #require(processes.requests.first { $0.arguments.first == "remote" })
        #expect(remote.arguments.last == access.url)
        let start = access.count ?? "0"
        let value = remote.environment["GIT_CONFIG_VALUE_\(start)"]
        #expect(value == access.header.map { "Authorization: Basic \($0)" })
        if access.header != nil {
            #expect(remote.environment["GIT_CONFIG_KEY_\(start)"] == "http.https://h.example/.extraHeader")
            #expect(remote.environment["GIT_CONFIG_COUNT"] == (access.count == nil ? "1" : "3"))
        } else {
            #expect(remote.environment["GIT_CONFIG_COUNT"] == access.count)
        }
    }

    @Test(arguments: [
        ("alpha.zip", "unzip", ["-q", "/in/alpha.zip"]),
        ("alpha.tar.gz", "tar", ["-xf", "/in/alpha.tar.gz", "--no-same-owner"]),
    ])
    func `an archive is unpacked by the program for its format`(
        name: String,
        program: String,
        arguments: [String]
    ) async throws {
        for (entries, expected) in [
            (["alpha-1.0/"], "/out/alpha-1.0"), (["alpha-1.0/", "x/"], "/out"), (["setup.py"], "/out"), ([], "/out"),
        ] {
            let files = try InMemoryFileSystem()
            let processes = ScriptedProcessRunner { request in
                let folder = try #require(request.workingDirectory)
                for entry in entries {
                    if entry.hasSuffix("/") {
                        try files.createDirectory(folder / entry)
                    } else {
                        try files.write("", to: folder / entry)
                    }
                }
                return ProcessResult(status: .exited(0))
            }
            let host = HostServices(
                files: files,
                processes: processes,
                transport: StubTransport.unreachable,
                environment: Environment()
            )
            let folder = try await Repository.unpack(LocalPath("/in/" + name), in: "/out", host: host)
            #expect(folder.string == expected)
            #expect(processes.requests.map(\.program) == [program])
            #expect(processes.requests.map(\.arguments) == [arguments])
        }
    }

    @Test func `an archive that cannot be unpacked is reported with the output`() async throws {
        let host = HostServices(
            files: try InMemoryFileSystem(),
            processes: failing("-xf"),
            transport: StubTransport.unreachable,
            environment: Environment()
        )
        let error = await #expect(throws: DiagnosticError.self) {
            try await Repository.unpack("/in/alpha.tar.gz", in: "/out", host: host)
        }
        #expect(error?.diagnostics.map(\.code) == [.unpackingFailed])
        #expect(error?.diagnostics.first?.toolOutput != nil)
    }
}
