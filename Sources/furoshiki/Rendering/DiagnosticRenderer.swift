import HostSystem
import OrderedJSON

/// Renders diagnostics for people (with the line that they are about) and for machines.
struct DiagnosticRenderer {
    /// Whether colours are used.
    let usesColor: Bool
    /// The folder that relative places start from.
    let directory: LocalPath

    /// The text of a diagnostic, with a line end after it.
    func text(of diagnostic: Diagnostic) -> String {
        var text = diagnostic.place.map { "\($0): " } ?? ""
        text += colored("\(diagnostic.severity.rawValue): ", diagnostic.severity) + diagnostic.message + "\n"
        if let place = diagnostic.place { text += excerpt(at: place) }
        for note in diagnostic.notes { text += "   note: \(note)\n" }
        for help in diagnostic.help { text += "   help: \(help)\n" }
        if let output = diagnostic.toolOutput {
            for line in output.split(separator: "\n", omittingEmptySubsequences: false) { text += "   | \(line)\n" }
        }
        return text
    }

    /// A diagnostic as an object.
    static func json(of diagnostic: Diagnostic) -> JSONValue {
        var members: OrderedMap<JSONValue> = [
            "severity": .string(diagnostic.severity.rawValue),
            "category": .string(diagnostic.category.rawValue),
            "message": .string(diagnostic.message),
        ]
        if let place = diagnostic.place {
            members["file"] = .string(place.file)
            members["line"] = .number(Double(place.line))
            members["column"] = .number(Double(place.column))
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

    /// The line of a place, `nil` where it cannot be read.
    private func line(of place: SourcePlace) -> String? {
        guard place.line >= 1, let bytes = try? LiveFileSystem().read(directory / place.file) else { return nil }
        let lines = bytes.split(
            separator: UInt8(ascii: "\n"),
            maxSplits: place.line,
            omittingEmptySubsequences: false
        )
        guard place.line <= lines.count else { return nil }
        let line = lines[place.line - 1]
        return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }

    /// The line of a place, and a mark below the word that starts there.
    private func excerpt(at place: SourcePlace) -> String {
        guard let line = line(of: place) else { return "" }
        let number = " \(place.line) | "
        let before = line.prefix(place.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
        let word = line.dropFirst(place.column - 1).prefix { !$0.isWhitespace && $0 != "," && $0 != "]" && $0 != "}" }
        let mark = "^" + String(repeating: "~", count: max(0, word.count - 1))
        let margin = String(repeating: " ", count: number.count - 2) + "| "
        return "\(number)\(line)\n\(margin)\(before)\(mark)\n"
    }
}
