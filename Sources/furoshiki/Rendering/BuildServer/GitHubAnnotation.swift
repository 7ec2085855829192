import Diagnostics
import HostSystem

/// A diagnostic as a workflow command, which GitHub Actions shows at the line of the file
/// (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>).
struct GitHubAnnotation {
    /// The command with its line end; empty for notes, as a job shows only ten annotations of each kind.
    let text: String

    /// Creates the annotation of a diagnostic.
    ///
    /// - Parameters:
    ///   - diagnostic: the diagnostic.
    ///   - place: its place in the checkout; `nil` if it has none.
    init(_ diagnostic: Diagnostic, at place: SourcePlace?) {
        guard diagnostic.severity != .note else {
            text = ""
            return
        }
        var properties: [(String, String)] = []
        if let place {
            properties.append(("file", place.file))
            if place.line > 0 { properties += [("line", "\(place.line)"), ("col", "\(place.column)")] }
        }
        properties.append(("title", "furoshiki: \(diagnostic.code)"))
        let list = properties.map { "\($0)=\(Self.escaped($1, in: "%\r\n:,"))" }.joined(separator: ",")
        let lines = [diagnostic.message] + diagnostic.notes + diagnostic.help.map { "help: \($0)" }
        let message = Self.escaped(DiagnosticRenderer.printable(lines.joined(separator: "\n")), in: "%\r\n")
        text = "::\(diagnostic.severity == .error ? "error" : "warning") \(list)::\(message)\n"
    }

    /// A string in which some characters are escaped as in a URL, so that it cannot end the command or begin another one.
    private static func escaped(_ text: String, in special: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard special.unicodeScalars.contains(scalar) else {
                shown.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            shown.append(contentsOf: ("%" + (digits.count < 2 ? "0" : "") + digits).unicodeScalars)
        }
        return String(shown)
    }
}
