import ConfigurationValues
import Diagnostics
import HostSystem

/// Excerpts of files at the places of diagnostics: the line, and a mark below the word that starts there.
///
/// Each file is read once, no matter how many diagnostics refer to it. A line that is too long to read (generated JSON
/// may be one line) is shortened to the part around the place.
struct SourceExcerpts {
    /// The directory that relative places start from.
    let directory: LocalPath
    private let reader: any FileSystem
    private var files: [String: SourceFile] = [:]

    /// The maximum number of characters that are shown of a line.
    private static let width = 160

    /// Creates excerpts of files in a directory.
    init(directory: LocalPath, reader: any FileSystem) {
        self.directory = directory
        self.reader = reader
    }

    /// The excerpt at a place, with the mark in the color of a severity; empty if the file or line cannot be read.
    mutating func text(at place: SourcePlace, in style: TextStyle, _ severity: Diagnostic.Severity) -> String {
        let path = directory / place.file
        let reader = reader
        guard let line = files[place.file, default: SourceFile(path, reader)].line(place.line) else { return "" }
        let column = min(max(0, place.column - 1), line.count)
        let window = Self.window(around: column, in: line)
        let number = " \(place.line) | "
        let lead = window.lowerBound > 0 ? "…" : ""
        let blanks = line[window.lowerBound..<column].map(Self.blank).joined()
        let word = line[column..<window.upperBound].prefix(Self.wordLength(line[column..<window.upperBound]))
        let mark = "^" + String(repeating: "~", count: max(0, DisplayWidth.columns(of: String(word)) - 1))
        let margin = String(repeating: " ", count: number.count - 2) + "| "
        let shown = lead + String(line[window]) + (window.upperBound < line.count ? "…" : "")
        return style.text(number, .secondary) + shown + "\n" + style.text(margin, .secondary)
            + (lead.isEmpty ? "" : " ") + blanks + style.text(mark, TextStyle.Role(severity)) + "\n"
    }

    /// Whitespace as wide as a character, so that the mark is below its word.
    private static func blank(_ scalar: Unicode.Scalar) -> String {
        scalar == "\t" ? "\t" : String(repeating: " ", count: DisplayWidth.columns(of: scalar))
    }

    /// The length of the first word: a quoted string, a variable, or the characters up to the next space or the end of a
    /// list or mapping.
    private static func wordLength(_ text: ArraySlice<Unicode.Scalar>) -> Int {
        guard let first = text.first else { return 0 }
        let rest = text.dropFirst()
        if first == "\"" || first == "'" {
            var isEscaped = false
            let end = rest.firstIndex { scalar in
                defer { isEscaped = first == "\"" && scalar == "\\" && !isEscaped }
                return scalar == first && !isEscaped
            }
            if let end { return end - text.startIndex + 1 }
        }
        if first == "$", rest.first == "{" {
            var depth = 0
            let end = rest.firstIndex { scalar in
                depth += scalar == "{" ? 1 : scalar == "}" ? -1 : 0
                return depth == 0
            }
            if let end { return end - text.startIndex + 1 }
        }
        return text.prefix { !$0.properties.isWhitespace && $0 != "," && $0 != "]" && $0 != "}" }.count
    }

    /// The part of a line that is shown: all of it, or the part around a column.
    private static func window(around column: Int, in line: [Unicode.Scalar]) -> Range<Int> {
        guard line.count > width else { return 0..<line.count }
        let start = max(0, min(column - width / 3, line.count - width))
        return start..<start + width
    }
}

extension String {
    /// Creates a string from scalars.
    fileprivate init(_ scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}

/// The lines of a file that diagnostics refer to.
private struct SourceFile {
    private let bytes: [UInt8]
    /// The offsets where lines start, and where one would start after the last line.
    private let starts: [Int]
    private var decoded: [Int: [Unicode.Scalar]] = [:]

    /// Reads a file; one that cannot be read has no lines, so its diagnostics have no excerpt.
    init(_ path: LocalPath, _ reader: any FileSystem) {
        bytes = (try? reader.read(path)) ?? []
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        self.starts = starts + [bytes.count + 1]
    }

    /// The characters of a line, counted from 1, without its line end; `nil` if the file has no such line.
    mutating func line(_ number: Int) -> [Unicode.Scalar]? {
        if let known = decoded[number] { return known }
        guard !bytes.isEmpty, number >= 1, number < starts.count else { return nil }
        var line = bytes[starts[number - 1]..<starts[number] - 1]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        // Places count Unicode scalars. A control character, which could change the terminal, is replaced.
        let characters = String(decoding: line, as: UTF8.self).unicodeScalars
            .map { $0 != "\t" && $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        let shown = SecretValues.hidingPasswords(characters)
        decoded[number] = shown
        return shown
    }
}
