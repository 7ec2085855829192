import ConfigurationValues
import Diagnostics

/// The search for the cause of an error in the syntax of YAML.
///
/// libyaml reports where it cannot go on, in the words of the specification. The cause is often on an earlier line, such
/// as a quotation mark that is not closed. It is found with the outline of the text.
struct YAMLDiagnosis {
    let bytes: [UInt8]
    let outline: YAMLOutline
    let lines: LineIndex
    /// The message of libyaml.
    let problem: String
    /// The offset of the error.
    let offset: Int
    /// The line of the error, from 1.
    let line: Int
    /// The construct that libyaml was reading, and the offset where it starts.
    let context: (text: String, offset: Int)?

    /// Makes the search for the cause of an error.
    private init(_ error: YAMLError, _ problem: String, in bytes: [UInt8]) {
        self.bytes = bytes
        self.problem = problem
        outline = YAMLOutline(bytes)
        let lines = LineIndex(bytes)
        self.lines = lines
        line = error.line
        offset = min(lines.offset(line: error.line, column: error.column) ?? bytes.count, bytes.count)
        context = error.context.map { context in
            (context.text, min(lines.offset(line: context.line, column: context.column) ?? 0, bytes.count))
        }
    }

    /// The cause of an error; `nil` if the error is not one of syntax.
    static func finding(_ error: YAMLError, in bytes: [UInt8]) -> YAMLFinding? {
        guard case .syntax(let problem) = error.reason else { return nil }
        return YAMLDiagnosis(error, problem, in: bytes).finding()
    }

    private func finding() -> YAMLFinding {
        encoding() ?? tab() ?? string() ?? block() ?? indicator() ?? tag() ?? textAfterQuotes() ?? bracket()
            ?? structure()
            ?? YAMLFinding(
                message: "this is not valid YAML: \(problem)",
                offset: offset,
                notes: context.map { ["\($0.text) that starts at line \(lineNumber(of: $0.offset))"] } ?? [],
                help: ["check the quotation marks, colons and indentation of this line and of the line before it"]
            )
    }

    // MARK: Characters

    private func encoding() -> YAMLFinding? {
        if problem.contains("UTF-8") || problem.contains("Unicode character") && context == nil {
            return YAMLFinding(
                message: "this character is not valid UTF-8",
                offset: offset,
                help: ["save the file in the encoding UTF-8"]
            )
        }
        guard problem.contains("control characters"), offset < bytes.count else { return nil }
        let digits = String(bytes[offset], radix: 16, uppercase: true)
        let code = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return YAMLFinding(
            message: "the control character U+\(code) is not allowed here",
            offset: offset,
            help: ["remove the character, or write it as '\\u\(code)' in double quotes"]
        )
    }

    private func tab() -> YAMLFinding? {
        let indented = outline.entries.first { entry in
            entry.line <= line && entry.startsLine
                && bytes[(entry.range.lowerBound - entry.column)..<entry.range.lowerBound].contains(0x09)
        }
        if let indented {
            let start = indented.range.lowerBound - indented.column
            let tab = bytes[start...].firstIndex(of: 0x09) ?? start
            return YAMLFinding(
                message: "this line is indented with a tab; YAML allows only spaces",
                offset: tab,
                help: ["replace each tab at the start of a line with spaces"]
            )
        }
        let isTab = offset < bytes.count && bytes[offset] == 0x09
        guard isTab || problem.contains("tab character") else { return nil }
        return YAMLFinding(message: "a tab is not allowed here", offset: offset, help: ["replace the tab with spaces"])
    }

    // MARK: Strings

    private func string() -> YAMLFinding? {
        guard let context, context.text.contains("quoted scalar"), context.offset < bytes.count else { return nil }
        if problem.contains("end of stream") || problem.contains("document indicator") {
            let quote = text(context.offset..<context.offset + 1)
            let end = outline.endOfText(from: context.offset)
            return YAMLFinding(
                message: "this quotation mark is never closed",
                offset: context.offset,
                help: ["write \(text(context.offset..<end))\(quote)"]
            )
        }
        guard problem.contains("escape") || problem.contains("hexdecimal") else { return nil }
        let slash = bytes[..<min(offset + 1, bytes.count)].lastIndex(of: UInt8(ascii: "\\")) ?? offset
        let escape = text(slash..<min(slash + 2, bytes.count))
        return YAMLFinding(
            message: problem.contains("unknown")
                ? "'\(escape)' has no meaning in double quotes" : "the escape '\(escape)' is not complete",
            offset: slash,
            help: ["put the string in single quotes, or write two backslashes for one"]
        )
    }

    /// A mistake after the `|` or `>` of a block.
    private func block() -> YAMLFinding? {
        guard let context, context.text.contains("block scalar"), context.offset < bytes.count else { return nil }
        let mark = text(context.offset..<context.offset + 1)
        let rest = text(offset..<outline.endOfText(from: offset))
        return YAMLFinding(
            message: "the text after '\(mark)' must start on the next line",
            offset: offset,
            help: rest.isEmpty ? [] : ["move '\(rest)' to the next line and indent it, or remove the '\(mark)'"]
        )
    }

    /// A character that has a meaning at the start of a value.
    private func indicator() -> YAMLFinding? {
        var start = offset
        if let context, context.text.contains("alias") || context.text.contains("anchor") { start = context.offset }
        guard start < bytes.count, problem.contains("cannot start any token") || problem.contains("alphabetic") else {
            return nil
        }
        let first = String(decoding: bytes[start...].prefix(4), as: UTF8.self).unicodeScalars.prefix(1)
        let character = String(String.UnicodeScalarView(first))
        let reason =
            switch bytes[start] {
            case UInt8(ascii: "*"): ", which refers to an anchor"
            case UInt8(ascii: "&"): ", which names an anchor"
            default: ""
            }
        var end = outline.endOfText(from: start)
        if let key = bytes[start..<end].firstIndex(of: UInt8(ascii: ":")), isBlank(key + 1) { end = key }
        if !outline.brackets.allSatisfy({ !$0.contains(start) }) {
            end = bytes[start..<end].firstIndex { ",]}".utf8.contains($0) } ?? end
        }
        return YAMLFinding(
            message: "a value without quotation marks cannot start with '\(character)'\(reason)",
            offset: start,
            help: ["write \(quoted(text(start..<end)))"]
        )
    }

    /// A tag that is not complete, or is a part of a key.
    private func tag() -> YAMLFinding? {
        var start = context?.text.contains("tag") == true ? context?.offset : nil
        let words = outline.entries.last { $0.line <= line && $0.kind != .item }
        if start == nil, let words, line - words.line <= 1, text(words.range).hasPrefix("!") {
            start = words.range.lowerBound
        }
        guard let start else { return nil }
        return YAMLFinding(
            message: "this '!' does not start a valid tag",
            offset: start,
            help: ["write the tag before a value, with a space after it, such as '!Sub text', or remove the '!'"]
        )
    }

    /// Text after a closing quotation mark or bracket, which often means that an earlier one is missing.
    private func textAfterQuotes() -> YAMLFinding? {
        guard let after = outline.trailing.first(where: { lineNumber(of: $0) <= line }),
            line - lineNumber(of: after) <= 2
        else { return nil }
        let rest = text(after..<outline.endOfText(from: after))
        guard let quote = outline.quotes.last(where: { $0.upperBound <= after }),
            !outline.brackets.contains(where: { $0.lowerBound > quote.lowerBound && $0.upperBound <= after })
        else {
            return YAMLFinding(
                message: "'\(rest)' follows a closing bracket",
                offset: after,
                help: ["remove '\(rest)', or put the whole value in quotation marks"]
            )
        }
        let mark = text(quote.lowerBound..<quote.lowerBound + 1)
        if let end = bytes[quote].firstIndex(of: 0x0A) {
            let first = text(quote.lowerBound..<outline.endOfText(from: quote.lowerBound))
            return YAMLFinding(
                message: "this quotation mark is never closed: the string ends at the next one, in line "
                    + "\(lineNumber(of: quote.upperBound - 1))",
                offset: quote.lowerBound,
                help: end > quote.lowerBound ? ["write \(first)\(mark)"] : []
            )
        }
        let remedy =
            switch (rest.hasSuffix(mark), mark) {
            case (true, "'"): "write two ' for one inside single quotes, or use double quotes"
            case (true, _): "put the value in single quotes, or write \\\" for a quotation mark inside it"
            default: "put the whole value in one pair of quotation marks"
            }
        return YAMLFinding(message: "'\(rest)' follows the closing quotation mark", offset: after, help: [remedy])
    }

    // MARK: Helpers

    /// The text of a range.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// The line of an offset, from 1.
    func lineNumber(of offset: Int) -> Int { lines.place(of: offset, in: "").line }

    /// Whether an offset is at white space or the end of the text.
    func isBlank(_ offset: Int) -> Bool { offset >= bytes.count || bytes[offset] <= 0x20 }

    /// The offset of the start of a line.
    func lineStart(of offset: Int) -> Int { bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0 }

    /// A string in the quotation marks that it needs least escapes in.
    func quoted(_ text: String) -> String {
        if !text.contains("'") { return "'\(text)'" }
        if !text.contains("\""), !text.contains("\\") { return "\"\(text)\"" }
        return "'\(text.replacing("'", with: "''"))'"
    }
}
