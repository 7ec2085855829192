/// A place in a text file that a user wrote.
package struct SourcePlace: Hashable, Sendable {
    /// The file, as the user would name it: relative to the service's folder where it lies in it.
    package let file: String
    /// The line, from 1; 0 where only the file is known, as for what a program computed.
    package let line: Int
    /// The column in characters (Unicode scalars), from 1; 0 where only the file is known.
    package let column: Int

    /// Makes a place in a file of which the line is not known.
    package init(file: String) { self.init(file: file, line: 0, column: 0) }

    /// Makes a place.
    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}

extension SourcePlace: CustomStringConvertible {
    package var description: String { line > 0 ? "\(file):\(line):\(column)" : file }
}

/// Something that a user has to know: what is wrong, where, and what to do about it.
package struct Diagnostic: Hashable, Sendable {
    /// How bad it is.
    package enum Severity: String, Hashable, Sendable {
        case error, warning, note
    }

    /// What kind of fault an error is; decides the program's exit status.
    package enum Category: String, Hashable, Sendable {
        case usage, configuration, resolution, build, bundle, aws, system
    }

    /// How bad it is.
    package var severity: Severity
    /// What kind of fault it is.
    package var category: Category
    /// What failed, on what, and what was found, in one line without a full stop.
    package var message: String
    /// Where the cause stands, `nil` where it is in no file.
    package var place: SourcePlace?
    /// Facts that explain the message, a line each.
    package var notes: [String]
    /// What to do, a remedy each.
    package var help: [String]
    /// What another program said of it, shown as it is below the message.
    package var toolOutput: String?

    /// Makes a diagnostic.
    package init(
        _ severity: Severity,
        _ message: String,
        category: Category = .configuration,
        at place: SourcePlace? = nil,
        notes: [String] = [],
        help: [String] = [],
        toolOutput: String? = nil
    ) {
        self.severity = severity
        self.category = category
        self.message = message
        self.place = place
        self.notes = notes
        self.help = help
        self.toolOutput = toolOutput
    }
}

/// An error that is told by diagnostics, at least one of them an error.
package struct DiagnosticError: Error, Hashable, Sendable {
    /// All that is to be told, in order.
    package let diagnostics: [Diagnostic]

    /// Makes an error of several diagnostics.
    package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

    /// Makes an error of one diagnostic.
    package init(
        _ message: String,
        category: Diagnostic.Category = .configuration,
        at place: SourcePlace? = nil,
        notes: [String] = [],
        help: [String] = [],
        toolOutput: String? = nil
    ) {
        diagnostics = [
            Diagnostic(
                .error,
                message,
                category: category,
                at: place,
                notes: notes,
                help: help,
                toolOutput: toolOutput
            )
        ]
    }
}

extension DiagnosticError: CustomStringConvertible {
    package var description: String {
        diagnostics.map { diagnostic in
            (diagnostic.place.map { "\($0): " } ?? "") + "\(diagnostic.severity.rawValue): \(diagnostic.message)"
        }
        .joined(separator: "\n")
    }
}
