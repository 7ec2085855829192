import ConfigurationValues

/// Texts laid out in columns, as wide as the reader's terminal.
enum TextLayout {
    /// Rows as columns that are two blanks apart; the last column is as wide as its texts.
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

    /// Two columns, the second of which goes on below itself where a line would be wider than the terminal.
    ///
    /// - Parameters:
    ///   - rows: the texts of both columns.
    ///   - indent: how many blanks stand before the first one.
    ///   - width: the columns of the terminal, `nil` where lines may have any length.
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

    /// Words in lines that are not wider than a terminal, unless a single word is.
    static func wrapped(_ words: [String], width: Int?) -> [String] {
        // Below this, broken lines would be harder to read than long ones.
        let limit = width.map { max($0, 24) } ?? Int.max
        var lines = [""]
        for word in words {
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = word
            } else if DisplayWidth.columns(of: line) + 1 + DisplayWidth.columns(of: word) <= limit {
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
