import ConfigurationValues

/// Text laid out in lines and columns for the width of the user's terminal.
enum TextLayout {
    /// Lays out rows in columns that are two spaces apart.
    static func table(_ rows: [[String]]) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count)
            .map { column in
                rows.map { column < $0.count ? DisplayWidth.columns(of: $0[column]) : 0 }.max() ?? 0
            }
        return rows.map { row in
            let cells = zip(row, widths).map { padded($0, to: $1) }
            return trimmedEnd(cells.joined(separator: "  "))
        }
    }

    /// Lays out two columns; the second one wraps if a line would be wider than the terminal.
    ///
    /// - Parameters:
    ///   - rows: the contents of both columns.
    ///   - indent: the number of spaces before the first column.
    ///   - width: the columns of the terminal; `nil` if lines may have any length.
    /// - Returns: the lines.
    static func list(_ rows: [(String, String)], indentedBy indent: Int, width: Int?) -> [String] {
        let first = rows.map { DisplayWidth.columns(of: $0.0) }.max() ?? 0
        let start = indent + first + 2
        return rows.flatMap { row in
            let lead = String(repeating: " ", count: indent) + padded(row.0, to: first) + "  "
            let lines = wrapped(row.1.split(separator: " ").map(String.init), width: width.map { $0 - start })
            return lines.enumerated()
                .map { index, line in
                    trimmedEnd((index == 0 ? lead : String(repeating: " ", count: start)) + line)
                }
        }
    }

    /// Wraps text into lines, each with its line end.
    ///
    /// - Parameters:
    ///   - text: words that are separated by spaces.
    ///   - columns: the columns of the terminal; `nil` wraps at 100 columns.
    /// - Returns: the lines.
    static func paragraph(_ text: String, columns: Int?) -> String {
        let lines = wrapped(text.split(separator: " ").map(String.init), width: columns ?? 100)
        return lines.map { $0 + "\n" }.joined()
    }

    /// Wraps words into lines that fit the terminal, except for a word that is longer than a line.
    ///
    /// - Parameters:
    ///   - words: the words, which may be empty.
    ///   - width: the columns that a line may have; `nil` if lines may have any length.
    ///   - indentation: the number of columns that the caller adds before each line after the first.
    /// - Returns: the lines, without indentation.
    static func wrapped(_ words: [String], width: Int?, indentation: Int = 0) -> [String] {
        // Lines that are even shorter would be harder to read than long ones.
        let limit = width.map { max($0, 24) } ?? Int.max
        var lines = [""]
        for word in words {
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = word
            } else if DisplayWidth.columns(of: line) + 1 + DisplayWidth.columns(of: word)
                <= limit - (lines.count > 1 ? indentation : 0)
            {
                lines[lines.count - 1] = line + " " + word
            } else {
                lines.append(word)
            }
        }
        return lines
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - DisplayWidth.columns(of: text)))
    }

    private static func trimmedEnd(_ text: String) -> String {
        var text = text[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
