/// The texts of `--help`.
enum Help {
    /// The help of a command, or of the whole program.
    static func text(for command: Command?) -> String {
        command.map(text(of:)) ?? overview
    }

    private static var overview: String {
        let rows = CommandTable.listed.map { command in
            if case .notYet = command.action { return (command.name, command.summary + " (not in this version yet)") }
            return (command.name, command.summary)
        }
        return """
            Furoshiki packages AWS Lambda services that a serverless.yml describes: every function gets the
            dependencies of its own runtime and architecture.

            Usage: furoshiki COMMAND [OPTIONS]

            Commands:
            \(table(rows))

            Options of all commands:
            \(options(CommandTable.serviceOptions + CommandTable.globalOptions))

            'furoshiki COMMAND --help' tells more of a command.

            """
    }

    private static func text(of command: Command) -> String {
        let parts = CommandTable.listed.filter { $0.words.starts(with: command.words) && $0.name != command.name }
        var text = "\(command.summary).\n\nUsage: furoshiki \(command.name)\(parts.isEmpty ? "" : " …") [OPTIONS]\n"
        if case .notYet = command.action { text += "\nThis version cannot do it yet.\n" }
        if !parts.isEmpty { text += "\nCommands:\n\(table(parts.map { ($0.name, $0.summary) }))\n" }
        if !command.options.isEmpty { text += "\nOptions:\n\(options(command.options))\n" }
        text += "\nOptions of all commands:\n\(options(CommandTable.serviceOptions + CommandTable.globalOptions))\n"
        return text
    }

    private static func options(_ options: [CommandOption]) -> String {
        table(
            options.map { option in
                let short = option.short.map { "-\($0), " } ?? "    "
                let value = option.kind == .flag ? "" : " VALUE"
                let more = option.isRequired ? " (required)" : option.kind == .repeated ? " (may be repeated)" : ""
                return ("\(short)--\(option.name)\(value)", option.summary + more)
            }
        )
    }

    private static func table(_ rows: [(String, String)]) -> String {
        let width = rows.map(\.0.count).max() ?? 0
        return
            rows.map { row in
                "  \(row.0)\(String(repeating: " ", count: width - row.0.count))  \(row.1)"
            }
            .joined(separator: "\n")
    }
}
