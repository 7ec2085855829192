import ContainerEngine
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import Synchronization
import Testing

/// Starting and removing containers, with a program that only answers.
struct ContainerScopeTests {
    /// A program whose containers are ready at once, or fail with an output.
    private final class Docker: Sendable {
        let failure: String?
        let leftovers: String
        /// Ends the containers that have been removed.
        private let removals = Mutex<[String: AsyncStream<Void>.Continuation]>([:])

        init(failure: String? = nil, leftovers: String = "") {
            self.failure = failure
            self.leftovers = leftovers
        }

        func answer(_ request: ProcessRequest) async throws -> ProcessResult {
            switch request.arguments.first {
            case "run":
                if let failure { return ProcessResult(status: .exited(125), errorOutput: Array(failure.utf8)) }
                guard case .streamed(let receive) = request.output,
                    let index = request.arguments.firstIndex(of: "--name")
                else { return ProcessResult(status: .exited(1)) }
                let (stream, end) = AsyncStream<Void>.makeStream()
                removals.withLock { $0[request.arguments[index + 1]] = end }
                receive(Array("python python3 3.11\nfuroshiki: re".utf8))
                receive(Array("ady\n".utf8))
                for await _ in stream {}
                return ProcessResult(status: .exited(137))
            case "rm":
                for name in request.arguments.dropFirst(2) { removals.withLock { $0[name] }?.finish() }
                return ProcessResult(status: .exited(0))
            case "ps": return ProcessResult(status: .exited(0), output: Array(leftovers.utf8))
            default: return ProcessResult(status: .exited(0), output: Array("out".utf8))
            }
        }
    }

    private func with<Result: Sendable>(
        _ docker: Docker,
        _ body: (ContainerScope, ContainerProgram, ScriptedProcessRunner) async throws -> Result
    ) async throws -> Result {
        let runner = ScriptedProcessRunner { try await docker.answer($0) }
        return try await TemporaryDirectory.with(in: "/tmp", files: LiveFileSystem()) { folder in
            let files = LiveFileSystem()
            try files.createDirectory(folder / "bin")
            let program = FileWriteOptions(mode: 0o755, setsExactMode: true)
            try files.write([], to: folder / "bin/docker", options: program)
            let host = HostServices(
                files: files,
                processes: runner,
                transport: StubTransport.unreachable,
                environment: Environment(["PATH": (folder / "bin").string, "TMPDIR": folder.string])
            )
            return try await ContainerScope.with(host) { scope in
                try await body(scope, try ContainerProgram.find(host), runner)
            }
        }
    }

    private func start(_ variables: [String: String] = [:]) -> ContainerStart {
        var start = ContainerStart(image: "image", identity: "sha256:1")
        start.variables = variables
        return start
    }

    @Test func `a container is ready after its greeting, runs scripts, and is removed at the end`() async throws {
        let log = try await with(Docker()) { scope, program, runner in
            let container = try await scope.start(start(), with: program)
            #expect(container.greeting == ["python python3 3.11"])
            let outcome = try await container.run("true", ["a b"], variables: ["TOKEN": "secret"])
            #expect(outcome == .succeeded(output: "out", errorOutput: ""))
            let exec = try #require(runner.requests.last)
            #expect(exec.arguments == ["exec", "--env", "TOKEN", container.name, "/bin/sh", "-c", "true", "sh", "a b"])
            #expect(exec.environment["TOKEN"] == "secret")
            return runner
        }
        let requests = log.requests.map(\.arguments)
        #expect(requests.compactMap(\.first) == ["ps", "run", "exec", "rm"])
        let name = try #require(requests.last?.last)
        #expect(name.hasPrefix("furoshiki-") && requests[1].contains(name))
        #expect(requests[1].contains("--rm") && requests[1].contains("--interactive"))
    }

    @Test func `no value of a variable is in a command, and one that the program reads does not reach it`() async throws
    {
        let variables = ["API_KEY": "secret-1", "DOCKER_HOST": "secret-2", "PATH": "/secret-3"]
        try await with(Docker()) { scope, program, runner in
            _ = try await scope.start(start(variables), with: program)
            let run = try #require(runner.requests.first { $0.arguments.first == "run" })
            #expect(!run.arguments.contains { $0.contains("secret") })
            #expect(run.environment["API_KEY"] == "secret-1")
            #expect(run.environment["DOCKER_HOST"] == nil && run.environment["PATH"]?.contains("secret") == false)
            let index = try #require(run.arguments.firstIndex(of: "--env-file"))
            let file = LocalPath(run.arguments[index + 1])
            #expect(try LiveFileSystem().readText(file) == "DOCKER_HOST=secret-2\nPATH=/secret-3\n")
            #expect(try LiveFileSystem().status(of: file).mode & 0o777 == 0o600)
        }
    }

    @Test func `a container that does not start is an error with the reason and the command`() async throws {
        let output = "docker: Error response from daemon: network missing not found."
        let error = await #expect(throws: DiagnosticError.self) {
            try await with(Docker(failure: output)) { scope, program, _ in
                _ = try await scope.start(start(), with: program)
            }
        }
        let diagnostic = try #require(error?.diagnostics.first)
        #expect(diagnostic.code == .containerFailed)
        #expect(diagnostic.message == "cannot start a container of image 'image': \(output)")
        #expect(diagnostic.notes.first?.hasPrefix("the command for the container is: docker run --interactive") == true)
    }

    @Test func `the container is removed when the work fails, and when it is cancelled`() async throws {
        struct Failure: Error {}
        let runners = Mutex<[ScriptedProcessRunner]>([])
        await #expect(throws: Failure.self) {
            try await with(Docker()) { scope, program, runner in
                runners.withLock { $0.append(runner) }
                _ = try await scope.start(start(), with: program)
                throw Failure()
            }
        }
        let (started, isStarted) = AsyncStream<Void>.makeStream()
        let work = Task {
            try await with(Docker()) { scope, program, runner in
                runners.withLock { $0.append(runner) }
                _ = try await scope.start(start(), with: program)
                isStarted.finish()
                try await untilCancelled()
            }
        }
        for await _ in started {}
        work.cancel()
        await #expect(throws: CancellationError.self) { try await work.value }
        for runner in runners.withLock({ $0 }) {
            #expect(runner.requests.contains { $0.arguments.starts(with: ["rm", "--force"]) })
        }
    }

    @Test func `containers of runs that were killed are removed, and those of others are not`() async throws {
        // The name of the system is part of the label, so that it is read from the first run.
        let label = try await with(Docker()) { scope, program, runner -> String in
            _ = try await scope.start(start(), with: program)
            let run = try #require(runner.requests.first { $0.arguments.first == "run" })
            return try #require(run.arguments.first { $0.hasPrefix("furoshiki.owner=") })
        }
        let owner = label.dropFirst("furoshiki.owner=".count)
        let list = "abandoned \(owner)\nforeign 0123456789abcdef:/tmp/x\n"
        try await with(Docker(leftovers: list)) { scope, program, runner in
            _ = try await scope.start(start(), with: program)
            let removals = runner.requests.map(\.arguments).filter { $0.first == "rm" }
            #expect(removals.first?.contains("abandoned") == true)
            #expect(removals.first?.contains("foreign") == false)
        }
    }
}
