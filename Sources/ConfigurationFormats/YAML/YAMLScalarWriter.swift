import ConfigurationValues

/// Writer of one string as a YAML scalar, in the style that js-yaml chooses.
struct YAMLScalarWriter {
    private let text: String
    private let scalars: [Unicode.Scalar]
    /// The number of spaces before each line of a block.
    private let indentation: Int
    /// The length from which a line is folded, in UTF-16 units.
    private let width: Int

    /// Makes a writer for a string at a level of nesting.
    init(_ text: String, level: Int) {
        self.text = text
        scalars = Array(text.unicodeScalars)
        indentation = 2 * max(1, level)
        width = max(40, 80 - indentation)
    }

    /// The scalar as YAML; keys stay on one line.
    func text(isKey: Bool) -> String {
        if scalars.isEmpty { return "''" }
        if Self.isOldBoolean(text) || isSexagesimal { return "'\(text)'" }
        guard scalars.allSatisfy({ Self.isPrintable($0) || ($0 == "\n" && !isKey) }) else { return doubleQuoted }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let isFolded = !isKey && lines.contains { $0.utf16.count > width && !$0.hasPrefix(" ") }
        if lines.count == 1, !isFolded {
            if isPlain, !YAMLScalar.isAmbiguous(text) { return text }
            return "'\(text.replacing("'", with: "''"))'"
        }
        if indentation > 18, needsIndicator { return doubleQuoted }
        return isFolded
            ? ">" + header + block(Self.folded(lines.map(String.init), width: width)) : "|" + header + block(text)
    }

    // MARK: Plain

    private var isPlain: Bool {
        guard let first = scalars.first, let last = scalars.last else { return false }
        guard Self.mayStartPlain(first), last != " ", last != "\t", last != ":" else { return false }
        var previous: Unicode.Scalar?
        for scalar in scalars {
            let isBlank = scalar == " " || scalar == "\t"
            let followsBlank = previous.map { $0 == " " || $0 == "\t" } ?? true
            if scalar == "\n" || (scalar == "#" && followsBlank) || (previous == ":" && isBlank) { return false }
            previous = scalar
        }
        return true
    }

    private static func mayStartPlain(_ scalar: Unicode.Scalar) -> Bool {
        !" \t-?:,[]{}#&*!|=>'\"%@`".unicodeScalars.contains(scalar)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA1...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// The words that are booleans in YAML 1.1, which other readers may still treat as such.
    private static func isOldBoolean(_ text: String) -> Bool {
        guard text.utf8.count <= 3 else { return false }
        return [
            "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF",
        ]
        .contains(text)
    }

    /// Whether the string looks like a base 60 number of YAML 1.1, such as `12:30`.
    private var isSexagesimal: Bool {
        var rest = scalars[...]
        func takeDigits() -> Bool {
            let count = rest.prefix { ("0"..."9").contains($0) || $0 == "_" }.count
            rest = rest.dropFirst(count)
            return count > 0
        }
        if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
        guard takeDigits(), rest.first == ":" else { return false }
        while rest.first == ":" {
            rest = rest.dropFirst()
            guard takeDigits() else { return false }
        }
        if rest.first == "." {
            rest = rest.dropFirst()
            _ = takeDigits()
        }
        return rest.isEmpty
    }

    // MARK: Blocks

    /// Whether the first line with text starts with a space, so that the header must give the indentation.
    private var needsIndicator: Bool { scalars.first { $0 != "\n" } == " " }

    /// The indentation and chomping indicators of a block: `-` for no line end, `+` for several.
    private var header: String {
        let endsLine = scalars.last == "\n"
        let keepsLines = endsLine && (scalars.count == 1 || scalars[scalars.count - 2] == "\n")
        return (needsIndicator ? "2" : "") + (keepsLines ? "+" : endsLine ? "" : "-") + "\n"
    }

    private func block(_ text: String) -> String {
        let blanks = String(repeating: " ", count: indentation)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : blanks + $0 }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    /// The lines of a folded block: long lines broken at spaces, and line ends that are part of the string doubled.
    private static func folded(_ lines: [String], width: Int) -> String {
        var result = folded(lines[0], width: width)
        var wasIndented = lines[0].isEmpty || lines[0].hasPrefix(" ")
        for line in lines.dropFirst() {
            let isIndented = line.hasPrefix(" ")
            result += "\n"
            if line.isEmpty { continue }
            if !wasIndented, !isIndented { result += "\n" }
            result += folded(line, width: width)
            wasIndented = isIndented
        }
        return result
    }

    /// One line, broken at the last space before each multiple of the width.
    private static func folded(_ line: String, width: Int) -> String {
        if line.isEmpty || line.hasPrefix(" ") { return line }
        let units = Array(line.utf16)
        let blank = UInt16(UInt8(ascii: " "))
        var result: [UInt16] = []
        var start = 0
        var current = 0
        for position in units.indices.dropLast() where units[position] == blank && units[position + 1] != blank {
            if position - start > width {
                let end = current > start ? current : position
                result += units[start..<end] + [0x0A]
                start = end + 1
            }
            current = position
        }
        if units.count - start > width, current > start {
            result += units[start..<current] + [0x0A] + units[(current + 1)...]
        } else {
            result += units[start...]
        }
        return String(decoding: result, as: UTF16.self)
    }

    // MARK: Double quotes

    private static let escapes: [UInt32: String] = [
        0x00: "\\0", 0x07: "\\a", 0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0B: "\\v", 0x0C: "\\f", 0x0D: "\\r",
        0x1B: "\\e", 0x22: "\\\"", 0x5C: "\\\\", 0x85: "\\N", 0xA0: "\\_", 0x2028: "\\L", 0x2029: "\\P",
    ]

    private var doubleQuoted: String {
        var result = "\""
        for scalar in scalars {
            if let escape = Self.escapes[scalar.value] {
                result += escape
            } else if Self.isPrintable(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let (letter, count) = scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
                result += "\\\(letter)" + String(repeating: "0", count: count - digits.count) + digits
            }
        }
        return result + "\""
    }
}
