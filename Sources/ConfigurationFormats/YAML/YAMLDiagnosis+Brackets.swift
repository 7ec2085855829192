import ConfigurationValues

/// Mistakes inside `[]` and `{}`.
extension YAMLDiagnosis {
    /// A mistake inside brackets, or a closing bracket outside of them.
    func bracket() -> YAMLFinding? {
        guard let outer = outline.brackets.last(where: { $0.lowerBound < offset && offset <= $0.upperBound }),
            let open = outline.openBrackets(from: outer.lowerBound, at: offset).last
        else { return strayBracket() }
        let mark = text(open..<open + 1)
        let close = mark == "[" ? "]" : "}"
        if isUnclosed(open) {
            let end = outline.endOfText(from: open)
            return YAMLFinding(
                message: "this '\(mark)' is never closed",
                offset: open,
                help: end > open + 1 ? ["write \(text(open..<end))\(close)"] : ["add the '\(close)'"]
            )
        }
        let found = text(offset..<offset + 1)
        if found == "]" || found == "}", found != close {
            return YAMLFinding(
                message: "this '\(found)' does not close the '\(mark)' in line \(lineNumber(of: open))",
                offset: offset,
                help: ["write '\(close)'"]
            )
        }
        if found == "," {
            return YAMLFinding(
                message: "a value is missing before this ','",
                offset: offset,
                help: ["write the value, or remove the ','"]
            )
        }
        if found == "{" || found == "[", let value = valueWithBracket() {
            return YAMLFinding(
                message: "inside '\(mark)\(close)', a value with '\(found)' needs quotation marks",
                offset: value.lowerBound,
                help: ["write \(quoted(text(value)))"]
            )
        }
        return missingComma("'\(mark)\(close)' that starts in line \(lineNumber(of: open))")
    }

    /// Whether a bracket is open at the end of the text, or a line after it looks like a line of a mapping or list outside
    /// of it.
    private func isUnclosed(_ open: Int) -> Bool {
        if offset >= bytes.count || bytes[offset...].allSatisfy({ $0 <= 0x20 }) { return true }
        let start = lineStart(of: open)
        let indentation = bytes[start...].prefix { $0 == 0x20 }.count
        var next = start
        while let end = bytes[next...].firstIndex(of: 0x0A), end < offset {
            next = end + 1
            let blanks = bytes[next...].prefix { $0 == 0x20 }.count
            let rest = bytes[(next + blanks)...]
            if blanks <= indentation, let first = rest.first, !"]}#".utf8.contains(first), first > 0x20,
                YAMLOutline(Array(rest.prefix { $0 != 0x0A })).entries.first.map({ $0.kind != .text }) == true
            {
                return true
            }
        }
        return false
    }

    /// The value that contains the bracket of the error, such as `${self:service}`; `nil` if it starts with the bracket.
    private func valueWithBracket() -> Range<Int>? {
        var start = offset
        while start > 0, bytes[start - 1] > 0x20, !"[{,".utf8.contains(bytes[start - 1]) { start -= 1 }
        guard start < offset else { return nil }
        var end = outline.endOfBrackets(from: offset) ?? outline.endOfText(from: offset)
        while end < bytes.count, !isBlank(end), !",]}".utf8.contains(bytes[end]) { end += 1 }
        return start..<end
    }

    private func missingComma(_ place: String) -> YAMLFinding {
        var start = offset
        if start < bytes.count, bytes[start] == UInt8(ascii: ":") {
            while start > 0, bytes[start - 1] > 0x20 { start -= 1 }
        }
        var end = start
        while end < bytes.count, !isBlank(end), !",:]}".utf8.contains(bytes[end]) { end += 1 }
        return YAMLFinding(
            message: "a ',' is missing before '\(text(start..<end))', in the \(place)",
            offset: start,
            help: ["separate the values with ','"]
        )
    }

    private func strayBracket() -> YAMLFinding? {
        guard offset < bytes.count, "]},".utf8.contains(bytes[offset]) else { return nil }
        let found = text(offset..<offset + 1)
        return YAMLFinding(
            message: found == "," ? "a value cannot start with ','" : "this '\(found)' closes no bracket",
            offset: offset,
            help: ["remove it, or put the value in quotation marks"]
        )
    }
}
