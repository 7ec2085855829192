import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The program.
@main
struct Furoshiki {
    /// The version of the program.
    static let version = "0.1.0"

    static func main() async {
        StandardStreams.complete()
        let session = Session(words: Array(CommandLine.arguments.dropFirst()), environment: .current())
        let work = Task { await session.run() }
        EndSignals.watch { work.cancel() }
        exit(await work.value.rawValue)
    }
}

/// One call of the program.
struct Session: Sendable {
    /// The words after the program's name.
    let words: [String]
    let environment: Environment

    /// Runs the command that the words name, and tells whatever is wrong.
    func run() async -> ExitStatus {
        var terminal = Terminal(environment: environment, directory: ".", files: LiveFileSystem())
        terminal.isJSON = words.contains("--json")
        return terminal.finish(await run(on: &terminal))
    }

    private func run(on terminal: inout Terminal) async -> ExitStatus {
        let files = LiveFileSystem()
        let current: LocalPath
        do {
            current = try files.realPath(of: ".")
        } catch {
            terminal.tell(error.diagnostics)
            return ExitStatus(of: error.diagnostics)
        }
        terminal.directory = current
        do {
            let invocation = try Invocation(parsing: words)
            terminal.directory = invocation.text("service-dir").map { current / $0 } ?? current
            terminal.adopt(invocation, environment)
            terminal.tell(invocation.warnings)
            try await dispatch(CommandRun(invocation: invocation, environment: environment, terminal: terminal))
            return .success
        } catch is CancellationError {
            terminal.say("interrupted; nothing half-made was left behind", at: .error)
            return .interrupted
        } catch {
            let diagnostics = DiagnosticError(describing: error).diagnostics
            terminal.tell(diagnostics)
            if words.contains("package") { terminal.repeatOnOutput(diagnostics) }
            terminal.debug("\(type(of: error)): \(error)")
            return Task.isCancelled ? .interrupted : ExitStatus(of: diagnostics)
        }
    }

    private func dispatch(_ run: CommandRun) async throws {
        let invocation = run.invocation
        let terminal = run.terminal
        if invocation.has("version") {
            if terminal.isJSON { return terminal.write(["version": .string(Furoshiki.version)]) }
            return terminal.write("Furoshiki \(Furoshiki.version)\n")
        }
        guard let command = invocation.command, !invocation.has("help") else {
            return terminal.write(Help(columns: terminal.columns).text(for: invocation.command))
        }
        switch command.action {
        case .runs(let type): try await type.run(run)
        case .group: terminal.write(Help(columns: terminal.columns).text(for: command))
        case .leftOut(let reason): throw DiagnosticError(reason, category: .usage)
        case .notYet:
            let call = "npx serverless@3 \(command.name)"
            throw DiagnosticError(
                "'\(command.name)' is not in this version of Furoshiki yet",
                category: .system,
                help: [
                    command.words.first == "deploy" && command.words.count == 1
                        ? "Serverless deploys what 'furoshiki package' made: \(call) --package .serverless"
                        : "Serverless can do it: \(call)"
                ]
            )
        }
    }
}
