/// Text in the notation of roff with the macros of man(7), to which parts are added from top to bottom.
struct RoffText {
    /// The source of the page so far.
    private(set) var source: String

    /// Begins a page of section 1.
    ///
    /// - Parameters:
    ///   - name: the name of the page.
    ///   - date: the day of the page in ISO 8601.
    ///   - version: the name and the version of the program.
    init(page name: String, date: String, version: String) {
        source =
            ".TH \(Self.quoted(name.uppercased())) 1 \(date) \(Self.quoted(version))"
            + " \"Manual of furoshiki\"\n.nh\n.ad l\n"
    }

    /// Adds the heading of a section.
    mutating func section(_ title: String) { source += ".SH \(Self.quoted(title))\n" }

    /// Adds the heading of a part of a section.
    mutating func subsection(_ title: String) { source += ".SS \(Self.quoted(title))\n" }

    /// Adds text to the current paragraph.
    mutating func line(_ text: String) { source += Self.escaped(text) + "\n" }

    /// Adds a paragraph of text.
    mutating func paragraph(_ text: String) { source += ".PP\n" + Self.escaped(text) + "\n" }

    /// Adds a term in bold, and its description.
    mutating func item(_ term: String, _ description: String) {
        source += ".TP\n\\fB\(Self.escaped(term, isLiteral: true))\\fR\n\(Self.escaped(description))\n"
    }

    /// Adds lines that are shown as they are, below the heading of a section.
    mutating func example(_ lines: [String]) {
        source += ".RS 4\n.nf\n" + lines.map { Self.escaped($0, isLiteral: true) + "\n" }.joined() + ".fi\n.RE\n"
    }

    /// Adds references to other pages of section 1.
    mutating func references(to pages: [String]) {
        let lines = pages.enumerated()
            .map { index, page in
                ".BR \(Self.escaped(page, isLiteral: true)) (1)" + (index < pages.count - 1 ? " ,\n" : "\n")
            }
        source += lines.joined().replacing(" (1) ,", with: " (1),")
    }

    /// An argument of a macro.
    private static func quoted(_ text: String) -> String {
        "\"" + escaped(text, isLiteral: true).replacing("\"", with: "\\(dq") + "\""
    }

    /// Text in which no character has a meaning in roff.
    ///
    /// - Parameters:
    ///   - text: any text on one line.
    ///   - isLiteral: whether hyphens and apostrophes are those that a user types, rather than those of prose.
    /// - Returns: the text in the notation of roff.
    private static func escaped(_ text: String, isLiteral: Bool = false) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-" where isLiteral: result += "\\-"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            case "…": result += "..."
            default: result.append(character)
            }
        }
        // An option in prose is typed as it is shown, too.
        if !isLiteral { result = result.replacing(" --", with: " \\-\\-") }
        return result.hasPrefix(".") ? "\\&" + result : result
    }
}
