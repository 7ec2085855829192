import Diagnostics
import HostSystem

/// A line of a requirements file as pip parses it: continued lines are joined, comments removed and variables replaced.
///
/// The place in the file is known for each byte.
struct LogicalLine {
    /// The bytes of the line in UTF-8.
    var bytes: [UInt8] = []
    /// The line of each byte in the file, from 1.
    var lines: [Int] = []
    /// The column of each byte in the file, in characters, from 1.
    var columns: [Int] = []
    /// The variables that could not be replaced, because they are not set or empty, and where they are in the bytes.
    var missingVariables: [MissingVariable] = []

    /// A variable without a value.
    struct MissingVariable: Hashable, Sendable {
        /// The name of the variable.
        let name: String
        /// The index of its first byte in the line.
        let index: Int
    }

    /// Adds a byte with its place in the file.
    mutating func append(_ byte: UInt8, line: Int, column: Int) {
        bytes.append(byte)
        lines.append(line)
        columns.append(column)
    }

    /// The characters in a range of bytes.
    func text(_ range: some RangeExpression<Int>) -> String {
        String(decoding: bytes[range.relative(to: bytes)], as: UTF8.self)
    }

    /// The place of a byte in a file.
    func place(of index: Int, in file: String) -> SourcePlace {
        guard let last = lines.indices.last else { return SourcePlace(file: file, line: 1, column: 1) }
        let index = min(index, last)
        return SourcePlace(file: file, line: lines[index], column: columns[index])
    }
}

/// Splits the text of a requirements file into logical lines, as pip does
/// (<https://pip.pypa.io/en/stable/reference/requirements-file-format/>).
enum RequirementsText {
    /// The text of a file in UTF-8, or in UTF-16 with a byte order mark; `nil` if it is neither.
    static func decode(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(validating: bytes.dropFirst(3), as: UTF8.self) }
        let isBigEndian = bytes.starts(with: [0xFE, 0xFF])
        guard isBigEndian || bytes.starts(with: [0xFF, 0xFE]) else { return String(validating: bytes, as: UTF8.self) }
        guard bytes.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: 2, to: bytes.count, by: 2)
            .map { index in
                let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
                return isBigEndian ? first << 8 | second : second << 8 | first
            }
        return String(validating: units, as: UTF16.self)
    }

    /// Replaces the environment variables in a string, as pip and Pipenv do.
    ///
    /// - Parameters:
    ///   - text: One line, such as the address of an index.
    ///   - place: The place of the string.
    ///   - environment: The values that replace `${NAME}`.
    /// - Returns: The string with replaced variables.
    /// - Throws: A `DiagnosticError` if a variable is not set or empty.
    static func expanding(
        _ text: String,
        at place: SourcePlace?,
        _ environment: [String: String]
    ) throws(DiagnosticError) -> String {
        var line = LogicalLine()
        for byte in text.utf8 { line.append(byte, line: 1, column: 1) }
        let expanded = expand(line, environment)
        if let missing = expanded.missingVariables.first {
            throw DiagnosticError([missingVariable(missing.name, at: place, environment)])
        }
        return expanded.text(0...)
    }

    /// The error for a variable that is not set or empty.
    static func missingVariable(
        _ name: String,
        at place: SourcePlace?,
        _ environment: [String: String]
    ) -> Diagnostic {
        Diagnostic(
            .error,
            .missingEnvironmentVariable,
            "the environment variable '\(name)' is \(environment[name] == nil ? "not set" : "empty")",
            at: place,
            help: ["set '\(name)' before you run the command"]
        )
    }

    /// The logical lines of a file, without empty lines and comments.
    ///
    /// - Parameters:
    ///   - text: The text of a file.
    ///   - environment: The values that replace `${NAME}`; variables that are not set or empty are not replaced.
    /// - Returns: The lines without leading and trailing whitespace.
    static func logicalLines(of text: String, environment: [String: String]) -> [LogicalLine] {
        var result: [LogicalLine] = []
        var current = LogicalLine()
        func finish() {
            let line = expand(trim(withoutComment(current)), environment)
            if !line.bytes.isEmpty { result.append(line) }
            current = LogicalLine()
        }
        for (number, physical) in physicalLines(of: text).enumerated() {
            let isComment = physical.first { !isBlank($0) } == UInt8(ascii: "#")
            let continues = !isComment && physical.last == UInt8(ascii: "\\")
            // A comment ends a continued line, and does not become a part of its last word.
            if isComment { current.append(0x20, line: number + 1, column: 1) }
            append(continues ? withoutBackslashes(physical) : physical, line: number + 1, to: &current)
            if !continues { finish() }
        }
        finish()
        return result
    }

    private static func append(_ physical: ArraySlice<UInt8>, line: Int, to logical: inout LogicalLine) {
        var column = 0
        for byte in physical {
            if byte & 0xC0 != 0x80 { column += 1 }
            logical.append(byte, line: line, column: column)
        }
    }

    private static func withoutBackslashes(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while line.last == UInt8(ascii: "\\") { line.removeLast() }
        return line
    }

    /// The lines of a file, which `\n`, `\r\n` or `\r` separate.
    private static func physicalLines(of text: String) -> [ArraySlice<UInt8>] {
        let bytes = Array(text.utf8)
        var result: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            guard byte == 0x0A || byte == 0x0D else { continue }
            result.append(bytes[start..<(index - 1)])
            if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
            start = index
        }
        if start < bytes.count { result.append(bytes[start...]) }
        return result
    }

    /// Removes a comment, which begins with `#` at the start or after whitespace; elsewhere `#` is part of an address.
    private static func withoutComment(_ line: LogicalLine) -> LogicalLine {
        for (index, byte) in line.bytes.enumerated() where byte == UInt8(ascii: "#") {
            if index == 0 || isBlank(line.bytes[index - 1]) { return slice(line, 0..<index) }
        }
        return line
    }

    private static func trim(_ line: LogicalLine) -> LogicalLine {
        guard let first = line.bytes.firstIndex(where: { !isBlank($0) }),
            let last = line.bytes.lastIndex(where: { !isBlank($0) })
        else { return LogicalLine() }
        return slice(line, first..<(last + 1))
    }

    private static func slice(_ line: LogicalLine, _ range: Range<Int>) -> LogicalLine {
        LogicalLine(
            bytes: Array(line.bytes[range]),
            lines: Array(line.lines[range]),
            columns: Array(line.columns[range])
        )
    }

    private static func expand(_ line: LogicalLine, _ environment: [String: String]) -> LogicalLine {
        var result = LogicalLine()
        var index = 0
        while index < line.bytes.count {
            if line.bytes[index...].starts(with: "${".utf8),
                let close = line.bytes[index...].firstIndex(of: UInt8(ascii: "}")), close > index + 2,
                line.bytes[(index + 2)..<close].allSatisfy(isVariableByte)
            {
                let name = line.text((index + 2)..<close)
                let value = environment[name] ?? ""
                if value.isEmpty {
                    result.missingVariables.append(LogicalLine.MissingVariable(name: name, index: result.bytes.count))
                }
                // A place in the line must exist for the variable, too.
                let text = value.isEmpty ? line.text(index...close) : value
                for byte in text.utf8 { result.append(byte, line: line.lines[index], column: line.columns[index]) }
                index = close + 1
            } else {
                result.append(line.bytes[index], line: line.lines[index], column: line.columns[index])
                index += 1
            }
        }
        return result
    }

    private static func isVariableByte(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
