/// A command of the program: a line of ``CommandTable`` names the type that runs it.
protocol FuroshikiCommand: Sendable, SendableMetatype {
    /// Runs the command to its end.
    ///
    /// - Parameter run: the options that were given, and what all commands share.
    /// - Throws: `DiagnosticError` for what the user should know, `CancellationError`.
    static func run(_ run: CommandRun) async throws
}
