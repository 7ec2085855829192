extension DiagnosticExplanation {
    /// Explanations of diagnostics about files, processes and the network.
    static let system: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            .unexpectedError,
            """
            An operation failed with an error that Furoshiki has no explanation for. The message is the description
            that the operation gave. Please report it as a bug, with the command and the message.
            """,
            example: "error: connection lost"
        )
    ]
}
