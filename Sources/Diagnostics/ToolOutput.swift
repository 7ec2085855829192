/// The output of another program (uv, pip, node, git, docker), which is shown indented below a message of ours.
///
/// Pass the whole output as `toolOutput` of a ``Diagnostic``, and write the cause into the message, in one line;
/// ``cause`` finds that line in tracebacks and compiler output. The program shows ``excerpt(below:)``, and all lines
/// with `--verbose` or `--json`, so callers never cut output themselves. Remove credentials before.
package struct ToolOutput: Hashable, Sendable {
    /// The lines that matter, and the number of the others.
    package struct Excerpt: Hashable, Sendable {
        /// The lines in their order.
        package let lines: [String]
        /// The number of lines that are not among them; blank lines do not count.
        package let omittedCount: Int
    }

    /// All lines, without colors, trailing whitespace, and blank lines at both ends.
    package let lines: [String]

    /// The number of lines up to which output is shown whole once tracebacks and stacks are reduced.
    private static let limit = 12
    /// The parts of longer output that are shown: the beginning, the end, and lines between them that name an error.
    private static let (headCount, errorCount, tailCount) = (2, 4, 6)

    /// Splits output into lines.
    package init(_ text: String) {
        var lines = Self.withoutColors(text)
            .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
            .map { String(Self.trimmedEnd($0)) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = Array(lines.drop(while: \.isEmpty))
    }

    /// The line that says why the program failed: the last exception of a traceback, the error that node reports, or the
    /// first line of a compiler that names an error; `nil` if the output has no such line.
    package var cause: String? {
        let reduced = TraceReduction.reduced(lines)
        let exception = reduced.last { TraceReduction.isException($0) }
        return (exception ?? reduced.first(where: Self.namesError)).map { String($0.drop(while: \.isWhitespace)) }
    }

    /// The lines to show below a message.
    ///
    /// Of a traceback, that is the last frame outside of libraries with the exception; of a stack of node, the error with
    /// the first frame outside of node and its packages. Output that is still long is reduced to its first lines, its
    /// last lines, and those between them that name an error.
    ///
    /// - Parameter message: the message above it, whose last part is not repeated.
    /// - Returns: the lines, and how many lines are omitted.
    package func excerpt(below message: String) -> Excerpt {
        var shown = TraceReduction.reduced(lines)
        if let first = shown.first, Self.repeats(first, message) { shown.removeFirst() }
        if shown.count > Self.limit { shown = Self.shortened(shown) }
        shown = Array(shown.drop(while: \.isEmpty))
        let total = lines.count { !$0.isEmpty && !Self.repeats($0, message) }
        return Excerpt(lines: shown, omittedCount: max(0, total - shown.count { !$0.isEmpty }))
    }

    /// Whether the message already says what a line says, perhaps after the kind of the error.
    private static func repeats(_ line: String, _ message: String) -> Bool {
        guard let headline = message.split(separator: "\n").first else { return false }
        let text = line.drop(while: \.isWhitespace)
        guard !text.isEmpty else { return false }
        if headline.hasSuffix(text) { return true }
        guard TraceReduction.isException(line), let colon = text.firstIndex(of: ":") else { return false }
        let cause = text[colon...].dropFirst(2)
        return !cause.isEmpty && headline.hasSuffix(cause)
    }

    private static func shortened(_ lines: [String]) -> [String] {
        let middle = lines[headCount..<lines.count - tailCount]
        let errors = middle.filter(namesError).prefix(errorCount)
        return lines.prefix(headCount) + errors + lines.suffix(tailCount)
    }

    private static func namesError(_ line: String) -> Bool {
        let text = line.lowercased()
        return text.contains("error:") || text.drop(while: \.isWhitespace).hasPrefix("error ")
    }

    private static func trimmedEnd(_ line: Substring) -> Substring {
        var line = line
        while line.last?.isWhitespace == true { line.removeLast() }
        return line
    }

    /// Removes the sequences that set colors (ECMA-48, section 8.3.117), which tools may write even to pipes.
    private static func withoutColors(_ text: String) -> String {
        guard text.unicodeScalars.contains("\u{1B}") else { return text }
        var shown = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\u{1B}", rest.first == "[" {
                let parameters = rest.dropFirst().prefix { "0123456789;".unicodeScalars.contains($0) }
                if rest[parameters.endIndex...].first == "m" {
                    rest = rest[parameters.endIndex...].dropFirst()
                    continue
                }
            }
            shown.append(scalar)
        }
        return String(shown)
    }
}
