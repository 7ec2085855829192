import Foundation
import HostSystem

/// The program.
@main
struct Furoshiki {
    /// The version of the program.
    static let version = "0.1.0"

    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        let environment = Environment.current()
        let current = LocalPath(FileManager.default.currentDirectoryPath)
        let terminal = Terminal(isJSON: words.contains("--json"), environment: environment, directory: current)
        do {
            let invocation = try Invocation(parsing: words)
            let directory = invocation.text("service-dir").map { current / $0 } ?? current
            let run = CommandRun(
                invocation: invocation,
                environment: environment,
                terminal: Terminal(isJSON: terminal.isJSON, environment: environment, directory: directory),
                directory: directory
            )
            try await dispatch(run)
        } catch {
            exit(report(error, words, environment, current, terminal))
        }
    }

    private static func dispatch(_ run: CommandRun) async throws {
        let invocation = run.invocation
        if invocation.has("version") { return run.terminal.write("Furoshiki \(version)\n") }
        guard let command = invocation.command, !invocation.has("help") else {
            return run.terminal.write(Help.text(for: invocation.command))
        }
        switch command.action {
        case .package: try await PackageCommand.run(run)
        case .print: try await PrintCommand.run(run)
        case .group: run.terminal.write(Help.text(for: command))
        case .leftOut(let reason): throw DiagnosticError(reason, category: .usage)
        case .requirementsInstall, .requirementsClean, .requirementsCleanCache, .notYet:
            throw DiagnosticError("'\(command.name)' is not in this version of Furoshiki yet", category: .system)
        }
    }

    /// Tells an error and gives the exit status for it.
    private static func report(
        _ error: any Error,
        _ words: [String],
        _ environment: Environment,
        _ directory: LocalPath,
        _ terminal: Terminal
    ) -> Int32 {
        if error is CancellationError {
            terminal.talk("interrupted")
            return 130
        }
        let diagnostics = DiagnosticError(describing: error).diagnostics
        var place = terminal
        if let index = words.firstIndex(of: "--service-dir"), index + 1 < words.count {
            place.directory = directory / words[index + 1]
        }
        place.tell(diagnostics)
        return diagnostics.contains { $0.category == .usage } ? 64 : 1
    }
}
