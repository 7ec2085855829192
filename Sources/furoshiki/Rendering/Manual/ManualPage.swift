/// A page of the manual in section 1, made from the table of commands.
struct ManualPage {
    /// The name of the page: `furoshiki`, or `furoshiki-package` for a command.
    let name: String
    /// The page in the notation of man(7).
    let source: String

    /// The name of the file that `man` reads.
    var fileName: String { name + ".1" }

    /// All pages: that of the program, and one for each command that help lists.
    ///
    /// - Parameters:
    ///   - table: the commands.
    ///   - date: the day of the pages in ISO 8601.
    ///   - version: the version of the program.
    /// - Returns: the pages in the order of help.
    static func all(of table: CommandTable, date: String, version: String) -> [ManualPage] {
        let writer = ManualWriter(table: table, date: date, version: version)
        return [writer.program] + table.listed.map(writer.page)
    }
}

/// A writer of the pages of one table of commands.
private struct ManualWriter {
    let table: CommandTable
    let date: String
    let version: String

    /// The name of the program in all pages, however it was called.
    private static let programName = ProgramName.furoshiki.text

    private func name(of command: Command) -> String { ([Self.programName] + command.words).joined(separator: "-") }

    private func text(_ name: String, _ summary: String) -> RoffText {
        var text = RoffText(page: name, date: date, version: "\(Self.programName) \(version)")
        text.section("NAME")
        text.line("\(name) - \(Self.lowercased(summary))")
        return text
    }

    // MARK: The program

    var program: ManualPage {
        var text = text(Self.programName, "Package and deploy AWS Lambda services that a serverless.yml describes")
        text.section("SYNOPSIS")
        text.line("\(Self.programName) COMMAND [OPTIONS]")
        text.section("DESCRIPTION")
        text.line(Help.lead)
        text.paragraph(
            "The commands and options are those of Serverless v3 for AWS and of its Python requirements plugin."
        )
        text.section("COMMANDS")
        for command in table.listed where command.words.count == 1 || !isInGroup(command) {
            text.item(command.name, command.summary)
        }
        for group in table.listed where group.availability == .group {
            text.subsection(group.name)
            for command in members(of: group) { text.item(command.name, command.summary) }
        }
        add("OPTIONS", table.commonOptions, to: &text)
        Self.addExitStatus(to: &text)
        text.section("ENVIRONMENT")
        for section in SettingSection.environmentVariables {
            text.subsection(section.title.split(separator: ": ").last.map { Self.capitalized(String($0)) } ?? "")
            for setting in section.settings {
                let fallback = setting.fallback.isEmpty ? "" : " (default: \(Self.plain(setting.fallback)))"
                text.item(setting.name, Self.plain(setting.effect) + fallback)
            }
        }
        text.section("FILES")
        text.item(
            "serverless.yml",
            "The configuration of a service; serverless.yaml, .json, .js and .ts are read, too."
        )
        text.item(".serverless", "The directory of artifacts, templates and state that packaging writes.")
        text.item("~/.cache/furoshiki", "The cache of wheels and resolutions, or furoshiki in $XDG_CACHE_HOME.")
        addExamples(Help.examples, to: &text)
        text.section("SEE ALSO")
        text.references(to: table.listed.map(name))
        return ManualPage(name: Self.programName, source: text.source)
    }

    // MARK: Commands

    func page(of command: Command) -> ManualPage {
        let name = name(of: command)
        var text = text(name, command.summary)
        text.section("SYNOPSIS")
        let members = members(of: command)
        let more = command.availability == .group ? " COMMAND" : members.isEmpty ? "" : " [COMMAND]"
        let argument = command.argument.map { " [\($0.name)]" } ?? ""
        text.line("\(Self.programName) \(command.name)\(more)\(argument) [OPTIONS]")
        text.section("DESCRIPTION")
        text.line(command.summary + ".")
        if !members.isEmpty {
            text.section("COMMANDS")
            for member in members { text.item(member.name, member.summary) }
        }
        if let argument = command.argument {
            text.section("ARGUMENTS")
            text.item(argument.name, argument.summary)
        }
        add("OPTIONS", command.options, to: &text)
        let common = command.usesService ? table.commonOptions : CommandOption.program
        add("OPTIONS OF ALL COMMANDS", common, to: &text)
        Self.addExitStatus(to: &text)
        addExamples(command.examples, to: &text)
        text.section("SEE ALSO")
        let related = table.listed.filter { $0.name != command.name && $0.words.first == command.words.first }
        text.references(to: [Self.programName] + related.map(self.name))
        return ManualPage(name: name, source: text.source)
    }

    private func members(of command: Command) -> [Command] {
        table.listed.filter { $0.words.count > command.words.count && $0.words.starts(with: command.words) }
    }

    private func isInGroup(_ command: Command) -> Bool {
        table.listed.contains { $0.availability == .group && command.words.starts(with: $0.words) }
    }

    private func add(_ title: String, _ options: [CommandOption], to text: inout RoffText) {
        let shown = options.filter { !$0.isHidden }
        guard !shown.isEmpty else { return }
        text.section(title)
        for option in shown {
            let short = option.short.map { "-\($0), " } ?? ""
            let more = option.isRequired ? " (required)" : option.kind == .repeated ? " (repeatable)" : ""
            text.item("\(short)--\(option.name)\(option.valuePart)", option.summary + more)
        }
    }

    private func addExamples(_ examples: [String], to text: inout RoffText) {
        guard !examples.isEmpty else { return }
        text.section("EXAMPLES")
        text.example(examples.map { "\(Self.programName) \($0)" })
    }

    private static func addExitStatus(to text: inout RoffText) {
        text.section("EXIT STATUS")
        for status in ExitStatus.allCases { text.item("\(status.rawValue)", status.summary) }
    }

    // MARK: Words

    /// Markdown without its marks and links.
    private static func plain(_ markdown: String) -> String {
        var text = markdown.replacing("`", with: "").replacing("**", with: "")
        while let open = text.firstRange(of: "]("), let close = text[open.upperBound...].firstIndex(of: ")"),
            let start = text[..<open.lowerBound].lastIndex(of: "[")
        {
            let label = text[text.index(after: start)..<open.lowerBound]
            text.replaceSubrange(start...close, with: String(label))
        }
        return text.replacing("\n", with: " ")
    }

    private static func lowercased(_ text: String) -> String {
        guard let first = text.first, text.dropFirst().first?.isUppercase != true else { return text }
        return first.lowercased() + text.dropFirst()
    }

    private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
