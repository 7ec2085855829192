import ConfigurationValues

/// Mistakes in the structure outside brackets: colons, dashes and indentation.
extension YAMLDiagnosis {
    func structure() -> YAMLFinding? {
        missingSpaceAfterDash() ?? missingColon() ?? listAfterKey() ?? indentation() ?? colonInValue()
    }

    // MARK: Colons and dashes

    /// A line before the error, or the line of the error, that is neither a key with its colon nor an item.
    private func missingColon() -> YAMLFinding? {
        guard let entry = lineWithoutColon() else { return nil }
        let line = text(entry.range)
        let message: String
        var help = ["write 'key: value', or '- value' for an item of a list"]
        if let colon = bytes[entry.range].firstIndex(of: UInt8(ascii: ":")), isName(entry.range.lowerBound..<colon) {
            message = "a space is missing after the ':'"
            help = ["write '\(text(entry.range.lowerBound..<colon)): \(text(colon + 1..<entry.range.upperBound))'"]
            return YAMLFinding(message: message, offset: colon, help: help)
        }
        if line.hasPrefix("-") { return missingSpace(afterDashAt: entry.range.lowerBound) }
        let words = line.split(maxSplits: 1) { $0 == " " || $0 == "=" }
        let name = words.first.map(String.init) ?? line
        if name.utf8.allSatisfy({ ASCII.isWord($0) || "-./".utf8.contains($0) }) {
            let value = words.dropFirst().first.map { $0.drop { $0 == " " || $0 == "=" } } ?? ""
            help = [value.isEmpty ? "write '\(name):'" : "write '\(name): \(value)'"]
        }
        return YAMLFinding(message: "a ':' is missing in this line", offset: entry.range.lowerBound, help: help)
    }

    /// A `-` that is a part of a key, beside items of a list.
    private func missingSpaceAfterDash() -> YAMLFinding? {
        guard let wrong = outline.entries.firstIndex(where: { $0.line == line }) else { return nil }
        let column = outline.entries[wrong].column
        let near = outline.entries[...wrong].reversed().prefix { $0.column >= column }.filter { $0.column == column }
        guard near.contains(where: { $0.kind == .item }),
            let key = near.first(where: { $0.kind == .key && bytes[$0.range.lowerBound] == UInt8(ascii: "-") })
        else { return nil }
        return missingSpace(afterDashAt: key.range.lowerBound)
    }

    private func missingSpace(afterDashAt start: Int) -> YAMLFinding {
        YAMLFinding(
            message: "a space is missing after the '-'",
            offset: start,
            help: ["write '- \(text(start + 1..<outline.endOfText(from: start)))'"]
        )
    }

    private func lineWithoutColon() -> YAMLOutline.Entry? {
        let entries = outline.entries
        if problem.contains("could not find expected ':'"), let context {
            let start = lineNumber(of: context.offset)
            if let entry = entries.last(where: { $0.line == start && $0.kind == .text }) { return entry }
        }
        guard let wrong = entries.firstIndex(where: { $0.line == line }) else { return nil }
        if entries[wrong].kind == .text { return entries[wrong] }
        // A line without a colon is a value that goes on in the next lines, up to the colon of this one.
        var first = wrong
        while first > 0, entries[first - 1].kind == .text, entries[first - 1].column <= entries[wrong].column {
            first -= 1
            guard entries[first].column == entries[wrong].column || isName(entries[first].range) else { return nil }
        }
        guard first < wrong else { return nil }
        // Below a key with a value, it is the rest of that value.
        if first > 0, entries[first - 1].column < entries[first].column, !entries[first - 1].value.isEmpty {
            return nil
        }
        return entries[first]
    }

    private func isName(_ range: Range<Int>) -> Bool {
        !range.isEmpty && bytes[range].allSatisfy { ASCII.isWord($0) || "-./".utf8.contains($0) }
    }

    /// A list that starts on the line of its key.
    private func listAfterKey() -> YAMLFinding? {
        guard problem.contains("block sequence entries"),
            let key = outline.entries.last(where: { $0.line == line && $0.kind == .key && $0.value.contains(offset) })
        else { return nil }
        return YAMLFinding(
            message: "a list cannot start on the line of its key",
            offset: offset,
            help: ["write '\(text(key.value))' on its own line below '\(text(key.range))'"]
        )
    }

    /// A colon inside a value without quotation marks.
    private func colonInValue() -> YAMLFinding? {
        let found = outline.entries.last { entry in
            entry.line == line && entry.value.contains(offset)
        }
        guard let found, problem.contains("mapping values") else { return nil }
        return YAMLFinding(
            message: "a value with ': ' needs quotation marks",
            offset: found.value.lowerBound,
            help: ["write \(quoted(text(found.value)))"]
        )
    }

    // MARK: Indentation

    /// Lines of a mapping or list that have the same indentation.
    private struct Level {
        let kind: YAMLOutline.Entry.Kind
        let column: Int
        /// The line of its first entry.
        let line: Int
        /// The latest entry of the level.
        var last: YAMLOutline.Entry
        /// Whether the latest entry has a value on its line, so that nothing can be below it.
        var isComplete: Bool
    }

    /// A line whose indentation is that of none of the lines before it.
    private func indentation() -> YAMLFinding? {
        var levels: [Level] = []
        var closed: [Level] = []
        for entry in outline.entries.prefix(while: { $0.line <= line }) {
            let hasBefore = !levels.isEmpty
            closed = []
            while let top = levels.last,
                top.column > entry.column || top.column == entry.column && top.kind == .item && entry.kind == .key
            {
                closed.append(levels.removeLast())
            }
            if entry.kind == .text {
                if let top = levels.indices.last { levels[top].isComplete = true }
                continue
            }
            let isComplete = !entry.value.isEmpty && !startsBlockOrTag(entry.value)
            if let top = levels.indices.last, levels[top].column == entry.column, levels[top].kind == entry.kind {
                levels[top].last = entry
                levels[top].isComplete = isComplete
                continue
            }
            let isNew = levels.last.map { top in !top.isComplete && closed.isEmpty }
            if entry.line == line, entry.startsLine, !(isNew ?? !hasBefore) {
                return indentation(of: entry, among: closed + levels.reversed())
            }
            levels.append(
                Level(kind: entry.kind, column: entry.column, line: entry.line, last: entry, isComplete: isComplete)
            )
        }
        return nil
    }

    private func indentation(of entry: YAMLOutline.Entry, among levels: [Level]) -> YAMLFinding? {
        let alike = levels.filter { $0.kind == entry.kind }
        if entry.kind == .key || alike.isEmpty, let other = levels.first(where: { $0.column == entry.column }) {
            return mixture(of: entry, and: other)
        }
        let near = (alike.isEmpty ? levels : alike)
            .min { abs($0.column - entry.column) < abs($1.column - entry.column) }
        guard let near else { return nil }
        let others = near.kind == .item ? "items" : "keys"
        let lines = "the \(others) beside it (from line \(near.line))"
        var help = [near.column == 0 ? "do not indent it" : "indent it by \(Self.spaces(near.column))"]
        if entry.column > near.column + 1, near.isComplete, near.kind == .key,
            !near.last.value.isEmpty
        {
            let key = text(near.last.range)
            help.append("if it belongs to '\(key)', remove '\(text(near.last.value))' after '\(key):'")
        }
        return YAMLFinding(
            message: near.column == 0
                ? "this line is indented by \(Self.spaces(entry.column)), and \(lines) are not indented"
                : "this line is \(entry.column == 0 ? "not indented" : "indented by \(Self.spaces(entry.column))"), "
                    + "and \(lines) by \(near.column)",
            offset: entry.range.lowerBound,
            help: help
        )
    }

    /// A key beside the items of a list, or the other way round.
    private func mixture(of entry: YAMLOutline.Entry, and other: Level) -> YAMLFinding {
        if entry.kind == .key {
            return YAMLFinding(
                message: "this key is beside the items of a list (from line \(other.line))",
                offset: entry.range.lowerBound,
                help: ["start the line with '- ', or indent it as the keys above the list"]
            )
        }
        return YAMLFinding(
            message: "this item is beside the keys of a mapping (from line \(other.line))",
            offset: entry.range.lowerBound,
            help: ["indent the item below the key that has the list, or remove its '-'"]
        )
    }

    /// Whether a value is only a tag or an anchor, after which a mapping can follow.
    private func startsBlockOrTag(_ value: Range<Int>) -> Bool {
        value.isEmpty || !bytes[value].contains(0x20) && "!&".utf8.contains(bytes[value.lowerBound])
    }

    private static func spaces(_ count: Int) -> String { count == 1 ? "1 space" : "\(count) spaces" }
}
