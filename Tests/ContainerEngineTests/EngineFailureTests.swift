import ContainerEngine
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import Testing

/// Output of engines, and the reason in it.
struct EngineFailureTests {
    static let cases: [(String, EngineFailure)] = [
        (
            "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
            .notRunning
        ),
        ("error during connect: Get \"http://10.0.0.1:2375/v1.24/info\": dial tcp: connection refused", .notRunning),
        ("Cannot connect to Podman. Please verify your connection to the Linux system", .notRunning),
        ("failed to connect to the docker API at unix:///run/docker.sock; check if the path is correct", .notRunning),
        (
            "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock",
            .accessDenied
        ),
        (
            "Error response from daemon: pull access denied for x, repository does not exist or may require 'docker login'",
            .pullDenied
        ),
        ("Error response from daemon: unauthorized: authentication required", .pullDenied),
        ("Error response from daemon: manifest unknown: Requested image not found", .imageNotFound),
        ("docker: invalid reference format\n\nRun 'docker run --help' for more information", .imageNotFound),
        ("Error: initializing source docker://x: reading manifest latest: name unknown", .imageNotFound),
        (
            "Error response from daemon: Get \"https://public.ecr.aws/v2/\": dial tcp: lookup public.ecr.aws: no such host",
            .registryUnreachable
        ),
        ("exec /bin/sh: exec format error", .foreignArchitecture),
        (
            "image with reference x was found but does not match the specified platform: wanted linux/arm64",
            .foreignArchitecture
        ),
        ("failed to register layer: write /usr/lib/x: no space left on device", .diskFull),
        ("tar: out: Cannot write: No space left on device", .diskFull),
        ("Error response from daemon: No such container: furoshiki-1", .other),
        ("unexpected EOF", .other),
        ("", .other),
    ]

    @Test(arguments: cases)
    func `the reason is found in the output of an engine`(_ output: String, _ failure: EngineFailure) {
        #expect(EngineFailure(output) == failure)
    }

    @Test func `every reason has its own code, and help that names the program`() async throws {
        let program = try ContainerProgram.find(Self.host(programs: ["podman"]))
        let failures: [EngineFailure] = [
            .notRunning, .accessDenied, .imageNotFound, .pullDenied, .registryUnreachable, .foreignArchitecture,
            .diskFull, .other,
        ]
        #expect(Set(failures.map(\.code)).count == failures.count)
        for failure in failures where failure != .other {
            let error = failure.error(of: program, "cannot pull image 'x'", image: "x", output: "line")
            let diagnostic = try #require(error.diagnostics.first)
            #expect(diagnostic.code == failure.code)
            #expect(diagnostic.message.hasPrefix("cannot pull image 'x': "))
            #expect(!diagnostic.help.isEmpty)
            #expect(diagnostic.toolOutput == "line")
        }
        let emulation = EngineFailure.foreignArchitecture.error(of: program, "x", image: "x", output: "")
        #expect(emulation.diagnostics.first?.help.contains { $0.contains("binfmt") } == true)
        let other = EngineFailure.other.error(of: program, "it failed", image: "x", output: "a\nb\nSee 'docker --help'")
        #expect(other.diagnostics.first?.message == "it failed: b")
    }

    // MARK: The program

    static func host(
        programs: [String],
        variables: [String: String] = [:],
        processes: ScriptedProcessRunner = ScriptedProcessRunner { _ in ProcessResult(status: .exited(0)) },
        files: (any FileSystem)? = nil
    ) throws -> HostServices {
        let files = try files ?? InMemoryFileSystem()
        for name in programs {
            try files.createDirectory("/bin")
            try files.write(
                [],
                to: LocalPath("/bin/\(name)"),
                options: FileWriteOptions(mode: 0o755, setsExactMode: true)
            )
        }
        return HostServices(
            files: files,
            processes: processes,
            transport: StubTransport.unreachable,
            environment: Environment(["PATH": "/bin"].merging(variables) { $1 })
        )
    }

    @Test func `the first known program on PATH is used, unless the variable names another`() throws {
        #expect(try ContainerProgram.find(Self.host(programs: ["nerdctl", "podman"])).name == "podman")
        #expect(try ContainerProgram.find(Self.host(programs: ["docker", "podman"])).name == "docker")
        let variables = ["FUROSHIKI_CONTAINER_CLI": "finch"]
        #expect(
            try ContainerProgram.find(Self.host(programs: ["docker", "finch"], variables: variables)).name == "finch"
        )
        let error = #expect(throws: DiagnosticError.self) {
            try ContainerProgram.find(Self.host(programs: ["docker"], variables: variables))
        }
        #expect(error?.diagnostics.first?.message == "cannot find 'finch', which FUROSHIKI_CONTAINER_CLI is set to")
        let none = #expect(throws: DiagnosticError.self) { try ContainerProgram.find(Self.host(programs: ["git"])) }
        #expect(none?.diagnostics.first?.code == .containerProgramMissing)
    }
}
