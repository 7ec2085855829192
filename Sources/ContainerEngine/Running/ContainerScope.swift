import Diagnostics
package import HostSystem
import Synchronization

/// The containers of a run, which are removed when the run ends: when it succeeds, fails or is interrupted.
///
/// A container also ends when this process is killed, because its standard input does; and the label with its owner lets
/// the next run remove one that an engine has not noticed.
package final class ContainerScope: Sendable {
    private let host: HostServices
    private let launches: AsyncStream<@Sendable () async -> Void>.Continuation
    private let state = Mutex(State())

    private struct State {
        var containers: [(program: ContainerProgram, name: String)] = []
        /// The directory whose lock shows that this process runs.
        var owner: TemporaryDirectory?
        var hasRemovedLeftovers = false
    }

    /// The label with the system and the directory of the owner.
    private static let label = "furoshiki.owner"
    /// The time that the engine has to remove containers after an interruption.
    private static let cleanUpLimit = Duration.seconds(30)

    private init(_ host: HostServices, _ launches: AsyncStream<@Sendable () async -> Void>.Continuation) {
        self.host = host
        self.launches = launches
    }

    /// Runs work that may start containers.
    ///
    /// - Parameters:
    ///   - host: The services of the system.
    ///   - body: The work.
    /// - Returns: The result of the work.
    /// - Throws: The errors of the work.
    package static func with<Result: Sendable>(
        _ host: HostServices,
        _ body: (ContainerScope) async throws -> Result
    ) async throws -> Result {
        let (stream, continuation) = AsyncStream<@Sendable () async -> Void>.makeStream()
        let scope = ContainerScope(host, continuation)
        let result = await withTaskGroup(of: Void.self, returning: Swift.Result<Result, any Error>.self) { group in
            group.addTask {
                await withDiscardingTaskGroup { running in
                    for await launch in stream { running.addTask { await launch() } }
                }
            }
            let outcome: Swift.Result<Result, any Error>
            do { outcome = .success(try await body(scope)) } catch { outcome = .failure(error) }
            await scope.removeContainers()
            continuation.finish()
            await group.waitForAll()
            // An interrupted program may have created its container after the removal.
            if case .failure = outcome { await scope.removeContainers() }
            scope.releaseOwner()
            return outcome
        }
        return try result.get()
    }

    /// Starts a container, and waits until it is ready.
    ///
    /// - Throws: A `DiagnosticError` if the engine does not start it, `CancellationError`.
    package func start(_ start: ContainerStart, with program: ContainerProgram) async throws -> RunningContainer {
        try Task.checkCancellation()
        let owner = try owner()
        try await removeLeftovers(with: program)
        let name = "furoshiki-" + String(UInt64.random(in: .min ... .max), radix: 36)
        state.withLock { $0.containers.append((program, name)) }
        let greeting = Greeting()
        let (own, others) = start.partitionedVariables
        var arguments = [
            "run", "--interactive", "--rm", "--name", name, "--label", "\(Self.label)=\(label(of: owner))",
        ]
        arguments += others.keys.sorted().flatMap { ["--env", $0] }
        if !own.isEmpty {
            let file = owner / "\(name).env"
            let lines = own.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }
            try host.files.write(Array(lines.joined().utf8), to: file, options: FileWriteOptions(mode: 0o600))
            arguments += ["--env-file", file.string]
        }
        arguments += start.arguments + ["--entrypoint", "/bin/sh", start.identity, "-c", start.script]
        launches.yield { [arguments] in
            await Self.attend(arguments, others, start, program, greeting)
        }
        let lines = try await greeting.lines()
        return RunningContainer(program: program, name: name, image: start.image, greeting: lines)
    }

    /// Runs the program that is attached to a container, until the container ends.
    private static func attend(
        _ arguments: [String],
        _ variables: [String: String],
        _ start: ContainerStart,
        _ program: ContainerProgram,
        _ greeting: Greeting
    ) async {
        do {
            let result = try await program.run(arguments, variables: variables) { request in
                request.input = .held
                request.output = .streamed { greeting.receive($0) }
            }
            let output = result.errorText
            let error = EngineFailure(output)
                .error(
                    of: program,
                    "cannot start a container of image '\(start.image)'",
                    image: start.image,
                    output: output
                )
            greeting.finish(.failure(error.noting(program.commandNote(arguments))))
        } catch {
            greeting.finish(.failure(error))
        }
    }

    // MARK: Removal

    private func removeContainers() async {
        for (program, name) in state.withLock({ $0.containers }) {
            // A container that ended by itself is removed already, which some programs report as an error.
            _ = try? await shieldedFromCancellation(limit: Self.cleanUpLimit, clock: host.clock) {
                try await program.run(["rm", "--force", name])
            }
        }
    }

    private func releaseOwner() {
        state.withLock { state in
            try? state.owner?.remove()
            state.owner = nil
        }
    }

    /// The directory of this run, whose lock ends with the process.
    private func owner() throws -> LocalPath {
        try state.withLock { state in
            if let owner = state.owner { return owner.path }
            let owner = try TemporaryDirectory.create(in: host.environment.temporaryDirectory, files: host.files)
            state.owner = owner
            return owner.path
        }
    }

    /// Removes the containers of processes on this system that were killed.
    private func removeLeftovers(with program: ContainerProgram) async throws {
        let isFirst = state.withLock { state in
            defer { state.hasRemovedLeftovers = true }
            return !state.hasRemovedLeftovers
        }
        guard isFirst else { return }
        let format = "{{.ID}} {{.Label \"\(Self.label)\"}}"
        let list = try await program.run(["ps", "--all", "--filter", "label=\(Self.label)", "--format", format])
        // If the engine does not answer, the start of the container reports it.
        guard list.isSuccess else { return }
        let system = systemName
        var abandoned: [String] = []
        for line in list.outputText.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[1].hasPrefix(system + ":") else { continue }
            let owner = LocalPath(String(words[1].dropFirst(system.utf8.count + 1)))
            if host.files.exists(owner), DirectoryLock.ifFree(owner) == nil { continue }
            abandoned.append(String(words[0]))
        }
        if !abandoned.isEmpty { _ = try await program.run(["rm", "--force"] + abandoned) }
    }

    private func label(of owner: LocalPath) -> String { "\(systemName):\(owner)" }

    /// A name of this system that others with the same engine do not have.
    private var systemName: String {
        let facts = ["/etc/machine-id", "/etc/hostname"]
            .map { path in
                (try? host.files.readText(LocalPath(path))) ?? ""
            }
        let user = host.environment.home?.string ?? ""
        return String(SHA256.digest(of: Array((facts + [user]).joined(separator: "\n").utf8)).hexadecimal.prefix(16))
    }
}
