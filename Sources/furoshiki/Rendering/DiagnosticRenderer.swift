import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON

/// Renders diagnostics as text, with an excerpt of the file, and as JSON.
struct DiagnosticRenderer {
    /// The colors of the text.
    let style: TextStyle
    /// The columns of the terminal that shows the text; `nil` if lines may have any length.
    let columns: Int?
    /// Whether the code of each diagnostic is shown after its severity, and the whole output of other programs.
    let isVerbose: Bool
    private var excerpts: SourceExcerpts

    /// Creates a renderer of diagnostics whose relative places start from a directory.
    init(style: TextStyle, columns: Int?, isVerbose: Bool, directory: LocalPath, reader: any FileSystem) {
        self.style = style
        self.columns = columns
        self.isVerbose = isVerbose
        excerpts = SourceExcerpts(directory: directory, reader: reader)
    }

    /// The text of a diagnostic, which ends with a line end.
    mutating func text(of diagnostic: Diagnostic) -> String {
        let message = diagnostic.message.split(separator: "\n", omittingEmptySubsequences: false)
        var text = headline(of: diagnostic, String(message.first ?? ""))
        if let place = diagnostic.place { text += excerpts.text(at: place, in: style, diagnostic.severity) }
        for note in diagnostic.notes { text += line("note: ", .note, note) }
        for help in diagnostic.help { text += line("help: ", .success, help) }
        let more = message.dropFirst().joined(separator: "\n")
        guard let output = diagnostic.toolOutput else { return text + output(more, below: diagnostic.message) }
        // A message that contains output of a program is often the beginning of that output.
        let isRepeated = ToolOutput(output).lines.joined(separator: "\n").contains(more)
        return text + self.output(isRepeated ? output : more + "\n" + output, below: diagnostic.message)
    }

    private func headline(of diagnostic: Diagnostic, _ message: String) -> String {
        let place = diagnostic.place.map { "\(Self.printable("\($0)")): " } ?? ""
        let severity = diagnostic.severity.rawValue + (isVerbose ? "[\(diagnostic.code)]" : "") + ": "
        let words = (place + severity + Self.printable(message)).split(separator: " ", omittingEmptySubsequences: false)
        let lines = TextLayout.wrapped(words.map(String.init), width: columns, indentation: 3)
        // Lines are broken before they get colors, which have no width.
        var rest = lines.joined(separator: "\n   ")[...]
        var text = ""
        for (part, role) in [(place, TextStyle.Role.place), (severity, TextStyle.Role(diagnostic.severity))] {
            let shown = part.dropLast()
            let blanks = rest.prefix { $0.isWhitespace }
            guard !shown.isEmpty, rest.dropFirst(blanks.count).hasPrefix(shown) else { continue }
            text += blanks + style.text(String(shown), role)
            rest = rest.dropFirst(blanks.count + shown.count)
        }
        return text + rest + "\n"
    }

    /// The output of another program, indented below a message.
    private func output(_ text: String, below message: String) -> String {
        let output = ToolOutput(text)
        let excerpt = isVerbose ? nil : output.excerpt(below: message)
        var lines = (excerpt?.lines ?? output.lines).map(Self.printable)
        if let excerpt, excerpt.omittedCount > 0 {
            lines.append("… \(Quantity.text(excerpt.omittedCount, "more line")), shown with --verbose")
        }
        return lines.map { style.text("   | \($0)", .secondary) + "\n" }.joined()
    }

    /// A note or help line below a message; it wraps if it is wider than the terminal.
    private func line(_ lead: String, _ role: TextStyle.Role, _ text: String) -> String {
        let words = Self.printable(text).split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let start = "   \(lead)"
        let lines = TextLayout.wrapped(words, width: columns.map { $0 - start.count })
        let margin = String(repeating: " ", count: start.count)
        return "   " + style.text(String(lead.dropLast()), role) + " " + lines.joined(separator: "\n" + margin) + "\n"
    }

    /// A string without control characters, which could change the terminal: names in archives and the output of other
    /// programs are not trusted.
    static func printable(_ text: some StringProtocol) -> String {
        func isControl(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.generalCategory == .control && scalar != "\t" && scalar != "\n"
        }
        guard text.unicodeScalars.contains(where: isControl) else { return String(text) }
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            } else {
                shown.append(scalar)
            }
        }
        return String(shown)
    }

    /// The JSON object of a diagnostic.
    static func json(of diagnostic: Diagnostic) -> JSONValue {
        var members: OrderedMap<JSONValue> = [
            "severity": .string(diagnostic.severity.rawValue),
            "code": .string(diagnostic.code.rawValue),
            "category": .string(diagnostic.category.rawValue),
            "message": .string(diagnostic.message),
        ]
        if let place = diagnostic.place {
            members["file"] = .string(place.file)
            if place.line > 0 {
                members["line"] = .number(Double(place.line))
                members["column"] = .number(Double(place.column))
            }
        }
        if !diagnostic.notes.isEmpty { members["notes"] = .array(diagnostic.notes.map { .string($0) }) }
        if !diagnostic.help.isEmpty { members["help"] = .array(diagnostic.help.map { .string($0) }) }
        if let output = diagnostic.toolOutput { members["toolOutput"] = .string(output) }
        return .object(members)
    }
}
