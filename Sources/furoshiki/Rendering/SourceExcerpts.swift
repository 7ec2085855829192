import ConfigurationValues
import Diagnostics
import HostSystem

/// Shows the places of diagnostics in their files: the line, and a mark below the word that starts there.
///
/// Each file is read once however many diagnostics are about it, and of a line that is too long to read (a service
/// of generated JSON may be one line) only the surroundings of the place are shown.
struct SourceExcerpts {
    /// The folder that relative places start from.
    let directory: LocalPath
    private let reader: any FileSystem
    private var files: [String: SourceFile] = [:]

    /// The most characters that are shown of a line.
    private static let width = 160

    /// Makes excerpts of files in a folder.
    init(directory: LocalPath, reader: any FileSystem) {
        self.directory = directory
        self.reader = reader
    }

    /// The excerpt at a place, empty where there is none to be read.
    mutating func text(at place: SourcePlace) -> String {
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
        return "\(number)\(shown)\n\(margin)\(lead.isEmpty ? "" : " ")\(blanks)\(mark)\n"
    }

    /// What takes as many columns as a character, so that the mark stands below its word.
    private static func blank(_ scalar: Unicode.Scalar) -> String {
        scalar == "\t" ? "\t" : String(repeating: " ", count: DisplayWidth.columns(of: scalar))
    }

    /// How many characters belong to the word that a text begins with: a quoted text, a variable, or what goes on to
    /// the next blank or the end of a list or map.
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

    /// The part of a line that is shown: all of it, or the surroundings of a column.
    private static func window(around column: Int, in line: [Unicode.Scalar]) -> Range<Int> {
        guard line.count > width else { return 0..<line.count }
        let start = max(0, min(column - width / 3, line.count - width))
        return start..<start + width
    }
}

extension String {
    /// The text of some scalars.
    fileprivate init(_ scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}

/// A file that diagnostics are about, as lines.
private struct SourceFile {
    private let bytes: [UInt8]
    /// Where lines start, and where one would start after the last.
    private let starts: [Int]
    private var decoded: [Int: [Unicode.Scalar]] = [:]

    /// Reads a file; one that cannot be read has no lines, and what is told of it stands without an excerpt.
    init(_ path: LocalPath, _ reader: any FileSystem) {
        bytes = (try? reader.read(path)) ?? []
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        self.starts = starts + [bytes.count + 1]
    }

    /// The characters of a line from 1, without its end; `nil` where the file has no such line.
    mutating func line(_ number: Int) -> [Unicode.Scalar]? {
        if let known = decoded[number] { return known }
        guard !bytes.isEmpty, number >= 1, number < starts.count else { return nil }
        var line = bytes[starts[number - 1]..<starts[number] - 1]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        // Places count Unicode scalars. One that would do something to the terminal is shown as unknown.
        let characters = String(decoding: line, as: UTF8.self).unicodeScalars
            .map { $0 != "\t" && $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        decoded[number] = characters
        return characters
    }
}
