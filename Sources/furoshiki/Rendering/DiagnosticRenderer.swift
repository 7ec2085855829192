import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// Renders diagnostics as text, with an excerpt of the file, and as JSON.
struct DiagnosticRenderer {
    /// Whether the text has colors.
    let usesColor: Bool
    /// The columns of the terminal that shows the text; `nil` if lines may have any length.
    let columns: Int?
    /// Whether the code of each diagnostic is shown after its severity.
    let showsCodes: Bool
    private var excerpts: SourceExcerpts

    /// Creates a renderer of diagnostics whose relative places start from a directory.
    init(usesColor: Bool, columns: Int?, showsCodes: Bool, directory: LocalPath, reader: any FileSystem) {
        self.usesColor = usesColor
        self.columns = columns
        self.showsCodes = showsCodes
        excerpts = SourceExcerpts(directory: directory, reader: reader)
    }

    /// The text of a diagnostic, which ends with a line end.
    mutating func text(of diagnostic: Diagnostic) -> String {
        var text = diagnostic.place.map { "\($0): " } ?? ""
        let code = showsCodes ? "[\(diagnostic.code)]" : ""
        text += colored("\(diagnostic.severity.rawValue)\(code): ", diagnostic.severity)
        text += Self.printable(diagnostic.message) + "\n"
        if let place = diagnostic.place { text += excerpts.text(at: place) }
        for note in diagnostic.notes { text += line("note: ", note) }
        for help in diagnostic.help { text += line("help: ", help) }
        if let output = diagnostic.toolOutput {
            for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
                text += "   | \(Self.printable(line))\n"
            }
        }
        return text
    }

    /// A note or help line below a message; it wraps if it is wider than the terminal.
    private func line(_ lead: String, _ text: String) -> String {
        let text = Self.printable(text)
        let start = "   \(lead)"
        guard let columns, DisplayWidth.columns(of: start + text) > columns else { return start + text + "\n" }
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let lines = TextLayout.wrapped(words, width: columns - start.count)
        return start + lines.joined(separator: "\n" + String(repeating: " ", count: start.count)) + "\n"
    }

    /// A string without control characters, which could change the terminal: names in archives and the output of other
    /// programs are not trusted.
    private static func printable(_ text: some StringProtocol) -> String {
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

    private func colored(_ text: String, _ severity: Diagnostic.Severity) -> String {
        guard usesColor else { return text }
        let color =
            switch severity {
            case .error: "\u{1B}[1;31m"
            case .warning: "\u{1B}[1;33m"
            case .note: "\u{1B}[1;36m"
            }
        return color + text + "\u{1B}[0m"
    }
}
