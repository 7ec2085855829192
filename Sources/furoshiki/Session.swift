import Diagnostics
import HostSystem
import OrderedJSON

/// One run of the program: parses the command line, runs the command and reports its errors.
struct Session: Sendable {
    /// The arguments after the program's name.
    let arguments: [String]
    /// The machine to run on.
    let machine: Machine
    private let commands: ProgramCommands

    /// Creates a run with arguments, of a program that was called by a name.
    init(_ arguments: [String], calledAs program: ProgramName = .furoshiki, on machine: Machine) {
        self.arguments = arguments
        self.machine = machine
        commands = ProgramCommands(calledAs: program)
    }

    /// Runs the command that the arguments call.
    func run() async -> ExitStatus {
        var terminal = Terminal(
            on: machine.streams,
            environment: machine.environment,
            directory: machine.workingDirectory,
            files: machine.files,
            clock: machine.clock
        )
        let invocation: Invocation
        do throws(UsageError) {
            invocation = try Invocation(parsing: arguments, with: commands.table)
        } catch {
            terminal.isJSON = error.isJSON
            terminal.report(error.diagnostics)
            if error.command?.repeatsErrorsOnOutput == true { terminal.repeatOnOutput(error.diagnostics) }
            return terminal.finish(.usage)
        }
        terminal.configure(invocation, machine.environment)
        return terminal.finish(await run(invocation, on: &terminal))
    }

    private func run(_ invocation: Invocation, on terminal: inout Terminal) async -> ExitStatus {
        do {
            let current = try machine.files.realPath(of: machine.workingDirectory)
            terminal.directory = invocation.text("service-dir").map { current / $0 } ?? current
            terminal.report(invocation.warnings)
            try await dispatch(
                CommandRun(invocation: invocation, table: commands.table, machine: machine, terminal: terminal)
            )
            return .success
        } catch is CancellationError {
            let message = "interrupted; no partial output was left behind"
            if terminal.isJSON {
                terminal.report([Diagnostic(.error, .interrupted, message)])
            } else {
                terminal.log(message, at: .error)
            }
            return .interrupted
        } catch {
            let diagnostics = DiagnosticError(describing: error).diagnostics
            terminal.report(diagnostics)
            if invocation.command?.repeatsErrorsOnOutput == true { terminal.repeatOnOutput(diagnostics) }
            terminal.debug("\(type(of: error)): \(error)")
            return Task.isCancelled ? .interrupted : ExitStatus(of: diagnostics)
        }
    }

    private func dispatch(_ run: CommandRun) async throws {
        let invocation = run.invocation
        let terminal = run.terminal
        if invocation.has("version") {
            if terminal.isJSON { return terminal.write(try Version.description(buildFacts: run.machine.buildFacts)) }
            return terminal.write("Furoshiki \(Version.current)\n")
        }
        let help = Help(table: run.table, columns: terminal.columns)
        guard let command = invocation.command, !invocation.has("help") else {
            return terminal.write(help.text(for: invocation.command))
        }
        switch command.availability {
        case .available:
            guard let implementation = commands.implementation(of: command) else { return }
            guard let activity = implementation.activity else { return try await implementation.run(run) }
            try await terminal.whileShowing(activity) { try await implementation.run(run) }
        case .group: terminal.write(help.text(for: command))
        case .omitted(let reason): throw DiagnosticError(.omittedCommand, reason)
        }
    }
}
