/// A command that the program implements; `ProgramCommands` lists all of them.
protocol FuroshikiCommand: Sendable {
    /// The words, options and help of the command.
    var command: Command { get }
    /// What the progress line shows while the command runs, such as `Reading the configuration`; `nil` if there is no
    /// such line, as the code of the user writes to the terminal.
    var activity: String? { get }

    /// Runs the command to its end.
    ///
    /// - Parameter run: the parsed command line, the machine and the output.
    /// - Throws: `DiagnosticError` with everything that the user should know, `CancellationError`.
    func run(_ run: CommandRun) async throws
}

extension FuroshikiCommand {
    var activity: String? { nil }
}
