/// A message to the user: what is wrong, where it is, and what to do about it.
package struct Diagnostic: Hashable, Sendable {
    /// How severe a diagnostic is.
    package enum Severity: String, Hashable, Sendable {
        case error, warning, note
    }

    /// The part of the work that a diagnostic belongs to; an error's category decides the exit status of the program.
    package enum Category: String, Hashable, Sendable {
        case usage, configuration, resolution, build, bundle, aws, system
    }

    /// How severe it is.
    package var severity: Severity
    /// The stable identifier of what is wrong, which machines and tests match.
    package var code: DiagnosticCode
    /// What failed, on what, and what was found: one line in lower case without a full stop.
    package var message: String
    /// The place of the cause; `nil` if it is in no file.
    package var place: SourcePlace?
    /// Facts that explain the message, one line each.
    package var notes: [String]
    /// Instructions that solve the problem, one line each.
    package var help: [String]
    /// The whole output of another program; ``ToolOutput`` decides what is shown of it below the message.
    package var toolOutput: String?

    /// Makes a diagnostic.
    ///
    /// - Parameters:
    ///   - severity: how severe it is.
    ///   - code: the stable identifier of what is wrong.
    ///   - message: what failed, in lower case without a full stop.
    ///   - place: the place of the cause.
    ///   - notes: facts that explain the message, one line each.
    ///   - help: instructions that solve the problem, one line each.
    ///   - toolOutput: the output of another program.
    package init(
        _ severity: Severity,
        _ code: DiagnosticCode,
        _ message: String,
        at place: SourcePlace? = nil,
        notes: [String] = [],
        help: [String] = [],
        toolOutput: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message.shortened
        self.place = place
        self.notes = notes.map(\.shortened)
        self.help = help.map(\.shortened)
        self.toolOutput = toolOutput
    }

    /// The part of the work that it belongs to.
    package var category: Category { code.category }
}
