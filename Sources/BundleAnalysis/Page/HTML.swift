/// Parts of HTML pages.
enum HTML {
    /// The content of a cell of a table.
    enum Cell {
        /// Text on one line.
        case text(String)
        /// Several texts, of which the first ones are shown at once.
        case list([String])
        /// A number of bytes.
        case bytes(Int)
        /// The difference between two numbers of bytes.
        case change(Int)
        /// A number of bytes as a share of a limit.
        case share(Int, of: Int)

        /// Whether the cell shows a number, which is at the right.
        var isNumber: Bool {
            switch self {
            case .text, .list: false
            case .bytes, .change, .share: true
            }
        }
    }

    /// Text in which no character has a meaning in HTML.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    /// A paragraph of text.
    static func paragraph(_ text: String) -> String { "<p>\(escaped(text))</p>\n" }

    /// A table with a caption, whose columns the page can sort.
    static func table(_ caption: String, _ headings: [String], _ rows: [[Cell]]) -> String {
        let head = headings.enumerated()
            .map { index, heading in
                let isNumber = rows.first.map { index < $0.count && $0[index].isNumber } ?? false
                return "<th scope=\"col\"\(isNumber ? " class=\"number\"" : "")>\(escaped(heading))</th>"
            }
            .joined()
        let body = rows.map { row in
            let cells = row.enumerated().map { index, cell in html(of: cell, isHeading: index == 0) }
            return "<tr>\(cells.joined())</tr>\n"
        }
        return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(escaped(caption))\"><table>"
            + "<caption>\(escaped(caption))</caption><thead><tr>\(head)</tr></thead><tbody>\n\(body.joined())"
            + "</tbody></table></div>\n"
    }

    private static func html(of cell: Cell, isHeading: Bool) -> String {
        switch cell {
        case .text(let text):
            isHeading ? "<th scope=\"row\">\(escaped(text))</th>" : "<td>\(escaped(text))</td>"
        case .list(let texts): "<td>\(list(texts))</td>"
        case .bytes(let count):
            "<td class=\"number\" data-value=\"\(count)\" title=\"\(grouped(count)) bytes\">\(megabytes(count))</td>"
        case .change(let count):
            "<td class=\"number\" data-value=\"\(count)\" title=\"\(grouped(count)) bytes\">"
                + (count > 0 ? "+" : count < 0 ? "−" : "±") + "\(megabytes(abs(count)))</td>"
        case .share(let count, let limit):
            "<td class=\"number\" data-value=\"\(count)\"><meter min=\"0\" max=\"\(limit)\" high=\"\(limit * 9 / 10)\""
                + " value=\"\(count)\"></meter> \(percent(count, of: limit))"
                + (count > limit ? " <strong class=\"warning\">over the limit</strong>" : "") + "</td>"
        }
    }

    /// The first texts, and the others behind a button that opens them.
    private static func list(_ texts: [String]) -> String {
        let shown = 4
        let first = escaped(texts.prefix(shown).joined(separator: ", "))
        guard texts.count > shown else { return first.isEmpty ? "–" : first }
        let rest = escaped(texts.dropFirst(shown).joined(separator: ", "))
        return "<details><summary>\(first) and \(texts.count - shown) more</summary>\(rest)</details>"
    }

    /// A number of bytes in MB of 2²⁰ bytes, as in the limits of Lambda, or in KB if it is smaller.
    static func megabytes(_ bytes: Int) -> String {
        let (unit, name) = bytes < 1 << 20 ? (1 << 10, "KB") : (1 << 20, "MB")
        let tenths = (bytes * 10 + unit / 2) / unit
        return "\(tenths / 10).\(tenths % 10) \(name)"
    }

    private static func percent(_ count: Int, of limit: Int) -> String {
        let tenths = (count * 1000 + limit / 2) / limit
        return "\(tenths / 10).\(tenths % 10) %"
    }

    /// A number with a space between groups of three digits.
    private static func grouped(_ number: Int) -> String {
        var digits = String(abs(number))
        var index = digits.endIndex
        while digits.distance(from: digits.startIndex, to: index) > 3 {
            index = digits.index(index, offsetBy: -3)
            digits.insert("\u{202F}", at: index)
        }
        return (number < 0 ? "−" : "") + digits
    }
}
