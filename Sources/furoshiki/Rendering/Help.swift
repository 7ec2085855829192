/// The text of `--help` for the program and for each command.
struct Help {
    /// The commands and their options.
    let table: CommandTable
    /// The columns of the terminal that shows the text; `nil` if lines may have any length.
    let columns: Int?

    /// The help of a command; `nil` means the program.
    func text(for command: Command?) -> String {
        command.map(text(of:)) ?? overview
    }

    /// What the program does.
    static let lead =
        "Furoshiki packages the AWS Lambda services that a serverless.yml describes. Each function gets the"
        + " dependencies for its own runtime and architecture."

    /// Typical command lines, without the name of the program.
    static let examples = ["package --stage prod", "print --path provider", "package --help"]

    private var program: String { table.program.text }

    private var overview: String {
        paragraph(Self.lead) + "\nUsage: \(program) COMMAND [OPTIONS]\n"
            + part("Commands", rows(table.listed))
            + part("Options of all commands", rows(table.commonOptions))
            + part("Examples", examples: Self.examples)
    }

    private func text(of command: Command) -> String {
        if case .omitted(let reason) = command.availability { return paragraph(reason) }
        let parts = table.listed.filter { $0.words.starts(with: command.words) && $0.name != command.name }
        let more = parts.isEmpty ? "" : command.availability == .group ? " COMMAND" : " [COMMAND]"
        let argument = command.argument.map { " [\($0.name)]" } ?? ""
        let text = paragraph(command.summary) + "\nUsage: \(program) \(command.name)\(more)\(argument) [OPTIONS]\n"
        let common = command.usesService ? table.commonOptions : CommandOption.program
        return text + part("Commands", rows(parts)) + part("Arguments", rows(command.argument))
            + part("Options", rows(command.options)) + part("Options of all commands", rows(common))
            + part("Examples", examples: command.examples)
    }

    private func rows(_ commands: [Command]) -> [(String, String)] { commands.map { ($0.name, $0.summary) } }

    private func rows(_ argument: CommandArgument?) -> [(String, String)] {
        argument.map { [($0.name, $0.summary)] } ?? []
    }

    private func rows(_ options: [CommandOption]) -> [(String, String)] {
        options.filter { !$0.isHidden }
            .map { option in
                let short = option.short.map { "-\($0), " } ?? "    "
                let more = option.isRequired ? " (required)" : option.kind == .repeated ? " (repeatable)" : ""
                return ("\(short)--\(option.name)\(option.valuePart)", option.summary + more)
            }
    }

    private func part(_ heading: String, _ rows: [(String, String)]) -> String {
        guard !rows.isEmpty else { return "" }
        let lines = TextLayout.list(rows, indentedBy: 2, width: columns)
        return "\n\(heading):\n" + lines.map { $0 + "\n" }.joined()
    }

    private func part(_ heading: String, examples: [String]) -> String {
        examples.isEmpty ? "" : "\n\(heading):\n" + examples.map { "  \(program) \($0)\n" }.joined()
    }

    private func paragraph(_ text: String) -> String { TextLayout.paragraph(text, columns: columns) }
}
