import ConfigurationValues

/// Replacement of constructs that YAML 1.2 and js-yaml allow, but libyaml, which reads YAML 1.1, does not.
///
/// Most are replaced only after libyaml reported an error at them, so that other texts are read unchanged.
enum YAMLCompatibility {
    /// The largest number of errors that are handled in one text; the text is read again for each.
    static let maximumCount = 100

    /// The text as it is read first: without a byte order mark, with a line end at its end, which the value of a
    /// block depends on, and without tabs in lines that contain nothing else.
    static func prepared(_ bytes: [UInt8]) -> [UInt8] {
        var text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if let last = text.last, last != 0x0A, last != 0x0D { text.append(0x0A) }
        return blankTabsCleared(text)
    }

    /// The text with the construct at an error replaced; `nil` if js-yaml does not allow it either.
    static func rewritten(_ text: [UInt8], after error: YAMLError) -> [UInt8]? {
        guard case .syntax = error.reason else { return nil }
        if let readable = readableComments(text) { return readable }
        if let offset = LineIndex(text).offset(line: error.line, column: error.column), offset < text.count {
            let other =
                separatingTab(text, at: offset) ?? plainText(text, at: offset) ?? surrogates(text, around: offset)
            if let other { return other }
        }
        return YAMLAnchorNames.simplified(text)
    }

    /// The text with invalid UTF-8 in comments replaced by U+FFFD; `nil` if there is none.
    ///
    /// In values, a replacement would change the meaning, so that the error stays.
    private static func readableComments(_ text: [UInt8]) -> [UInt8]? {
        guard String(validating: text, as: UTF8.self) == nil else { return nil }
        var result: [UInt8] = []
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if !result.isEmpty || line.startIndex > text.startIndex { result.append(0x0A) }
            let comment = line.indices.first { index in
                line[index] == UInt8(ascii: "#") && (index == line.startIndex || line[index - 1] <= 0x20)
            }
            result += line[..<(comment ?? line.endIndex)]
            if let comment { result += String(decoding: line[comment...], as: UTF8.self).utf8 }
        }
        return result == text ? nil : result
    }

    /// The text with a tab between the `-` or `?` of a line and its value replaced by a space.
    private static func separatingTab(_ text: [UInt8], at offset: Int) -> [UInt8]? {
        guard text[offset] == 0x09 else { return nil }
        let lineStart = text[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let before = text[lineStart..<offset]
        guard before.contains(where: { $0 != 0x20 }), before.allSatisfy({ " -?".utf8.contains($0) }) else { return nil }
        var result = text
        result[offset] = 0x20
        return result
    }

    /// The text with quotes around a value that starts with `:` or `?` inside `[]` or `{}`, such as `::/0`.
    private static func plainText(_ text: [UInt8], at offset: Int) -> [UInt8]? {
        func isBlank(_ position: Int) -> Bool { position >= text.count || text[position] <= 0x20 }
        func endsItem(_ position: Int) -> Bool { isBlank(position) || ",[]{}".utf8.contains(text[position]) }
        guard ":?".utf8.contains(text[offset]), !endsItem(offset + 1) else { return nil }
        var end = offset
        while end < text.count, text[end] != 0x0A, !",[]{}".utf8.contains(text[end]) {
            if text[end] == UInt8(ascii: ":"), endsItem(end + 1) { break }
            if text[end] == UInt8(ascii: "#"), isBlank(end - 1) { break }
            end += 1
        }
        while isBlank(end - 1) { end -= 1 }
        let quote = UInt8(ascii: "'")
        let quoted = text[offset..<end].flatMap { $0 == quote ? [quote, quote] : [$0] }
        return text[..<offset] + [quote] + quoted + [quote] + text[end...]
    }

    /// The text with each pair of JSON escapes for UTF-16 surrogates in one line replaced by a single escape.
    private static func surrogates(_ text: [UInt8], around offset: Int) -> [UInt8]? {
        let start = text[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let end = text[offset...].firstIndex(of: 0x0A) ?? text.count
        var line: [UInt8] = []
        var position = start
        while position < end {
            if let high = escape(text, at: position), (0xD800..<0xDC00).contains(high),
                let low = escape(text, at: position + 6), (0xDC00..<0xE000).contains(low)
            {
                let digits = String(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00), radix: 16)
                line += Array("\\U\(String(repeating: "0", count: 8 - digits.count))\(digits)".utf8)
                position += 12
            } else {
                line.append(text[position])
                position += 1
            }
        }
        return line.count == end - start ? nil : text[..<start] + line + text[end...]
    }

    /// The number of a `\u` escape; `nil` if there is none at the offset.
    private static func escape(_ text: [UInt8], at offset: Int) -> Int? {
        guard offset + 6 <= text.count, text[offset...].starts(with: "\\u".utf8) else { return nil }
        return Int(String(decoding: text[offset + 2..<offset + 6], as: UTF8.self), radix: 16)
    }

    /// The text with spaces for the tabs of lines that contain only white space or a comment.
    ///
    /// YAML 1.2 ignores such lines; libyaml does not.
    private static func blankTabsCleared(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0x09) else { return bytes }
        var result = bytes
        var lineStart = 0
        while lineStart < result.count {
            var end = lineStart
            while end < result.count, result[end] == 0x20 || result[end] == 0x09 { end += 1 }
            if end == result.count || [0x0A, 0x0D, UInt8(ascii: "#")].contains(result[end]) {
                for position in lineStart..<end { result[position] = 0x20 }
            }
            lineStart = (result[end...].firstIndex(of: 0x0A) ?? result.count - 1) + 1
        }
        return result
    }
}
