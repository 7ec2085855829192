import ConfigurationValues
import Diagnostics

/// The texts of `--help`.
struct Help {
    /// The columns of the terminal that it is shown on, `nil` where lines may have any length.
    let columns: Int?

    /// The help of a command, or of the whole program.
    func text(for command: Command?) -> String {
        command.map(text(of:)) ?? overview
    }

    private var overview: String {
        let missing = CommandTable.listed.filter(\.isNotYet)
        let lead =
            "Furoshiki packages AWS Lambda services that a serverless.yml describes: every function gets the"
            + " dependencies of its own runtime and architecture."
        return paragraph(lead) + "\nUsage: furoshiki COMMAND [OPTIONS]\n"
            + part("Commands", rows(CommandTable.listed.filter { !$0.isNotYet }))
            + part("Commands of Serverless v3 that this version cannot do yet", rows(missing))
            + common
            + "\n'furoshiki COMMAND --help' tells more of a command.\n"
    }

    private func text(of command: Command) -> String {
        let parts = CommandTable.listed.filter { $0.words.starts(with: command.words) && $0.name != command.name }
        if case .leftOut(let reason) = command.action { return paragraph(reason) }
        var text = paragraph(command.summary)
        text += "\nUsage: furoshiki \(command.name)\(parts.isEmpty ? "" : " …") [OPTIONS]\n"
        if command.isNotYet { text += "\nThis version cannot do it yet.\n" }
        return text + part("Commands", rows(parts)) + part("Options", rows(command.options)) + common
    }

    private var common: String {
        part("Options of all commands", rows(CommandTable.serviceOptions + CommandTable.globalOptions))
    }

    private func rows(_ commands: [Command]) -> [(String, String)] { commands.map { ($0.name, $0.summary) } }

    private func rows(_ options: [CommandOption]) -> [(String, String)] {
        options.map { option in
            let short = option.short.map { "-\($0), " } ?? "    "
            let value = option.kind == .flag ? "" : " VALUE"
            let more = option.isRequired ? " (required)" : option.kind == .repeated ? " (may be repeated)" : ""
            return ("\(short)--\(option.name)\(value)", option.summary + more)
        }
    }

    private func part(_ heading: String, _ rows: [(String, String)]) -> String {
        guard !rows.isEmpty else { return "" }
        let lines = TextLayout.list(rows, indentedBy: 2, width: columns)
        return "\n\(heading):\n" + lines.map { $0 + "\n" }.joined()
    }

    private func paragraph(_ text: String) -> String {
        // Without a terminal the lines of a paragraph still want an end.
        let lines = TextLayout.wrapped(text.split(separator: " ").map(String.init), width: columns ?? 100)
        return lines.map { $0 + "\n" }.joined()
    }
}

extension Command {
    /// Whether it is known from Serverless v3, but cannot be done yet.
    fileprivate var isNotYet: Bool { if case .notYet = action { true } else { false } }
}
