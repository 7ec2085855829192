import Diagnostics

/// A parsed command line: a command with the values of its options.
struct Invocation: Sendable {
    /// The value of an option.
    enum Value: Sendable, Equatable {
        /// A flag, which is false after `--no-NAME`.
        case flag(Bool)
        /// The value of an option that accepts one.
        case text(String)
        /// The values of an option that may be repeated, in order.
        case texts([String])
    }

    /// The command; `nil` if none was given.
    let command: Command?
    /// The positional argument of the command; `nil` if none was given.
    let argument: String?
    /// The values by the long names of their options.
    let values: [String: Value]
    /// The arguments as they were given.
    let arguments: [String]
    /// Warnings about arguments that were understood, but may be mistakes.
    let warnings: [Diagnostic]

    /// Whether a flag is given and not switched off.
    func has(_ name: String) -> Bool { values[name] == .flag(true) }

    /// The value of an option that accepts one; `nil` if it is not given.
    func text(_ name: String) -> String? {
        guard case .text(let text)? = values[name] else { return nil }
        return text
    }

    /// The values of an option that may be repeated; empty if it is not given.
    func texts(_ name: String) -> [String] {
        guard case .texts(let texts)? = values[name] else { return [] }
        return texts
    }

    /// Parses the arguments of the program.
    ///
    /// Options can be before, between and after the words of the command: `--name value`, `--name=value`, `-n value`,
    /// flags also as `--no-name`, and several short flags together. Of the commands that match, the one with the most
    /// words is used. `help` before a command asks for its help.
    ///
    /// - Parameters:
    ///   - arguments: the arguments without the program's name.
    ///   - table: the commands.
    /// - Throws: ``UsageError`` with everything that is wrong.
    init(parsing arguments: [String], with table: CommandTable) throws(UsageError) {
        self.arguments = arguments
        let words = arguments.first == "help" ? arguments.dropFirst() + ["--help"] : arguments
        var best: (command: Command?, reading: OptionReading) = (nil, OptionReading(words, of: nil, in: table))
        func consider(_ commands: [Command]) {
            for command in commands where command.words.count > best.command?.words.count ?? 0 {
                // Most commands are ruled out without reading the options.
                guard command.words.allSatisfy(words.contains) else { continue }
                let reading = OptionReading(words, of: command, in: table)
                if reading.words.starts(with: command.words) { best = (command, reading) }
            }
        }
        consider(table.commands)
        if best.reading.words.count > best.command?.words.count ?? 0 { consider(table.fallbacks()) }
        let typed = best.command?.words ?? []
        if let redirection = best.command?.redirection, let command = table.command(named: redirection.command) {
            let reading = OptionReading(words, of: command, in: table)
            if reading.values[redirection.option] != nil { best = (command, reading) }
        }
        let (command, reading) = best
        self.command = command
        values = reading.values
        warnings = reading.warnings
        let rest = reading.words.dropFirst(typed.count)
        argument = command?.argument == nil ? nil : rest.first
        // The arguments of an omitted command are those of Serverless, which the table does not know.
        if command?.isOmitted == true { return }
        func error(_ diagnostics: [Diagnostic]) -> UsageError {
            UsageError(diagnostics: diagnostics, command: command, isJSON: reading.values["json"] == .flag(true))
        }
        if let unknown = rest.dropFirst(argument == nil ? 0 : 1).first {
            throw error([
                argument == nil
                    ? .unknownCommand(typed + [unknown], all: reading.words, in: table)
                    : .unexpectedArgument(unknown, of: command, in: table)
            ])
        }
        if has("help") || has("version") { return }
        let missing = (command?.options ?? []).filter { $0.isRequired && values[$0.name] == nil }
        let errors = reading.errors + missing.map { .missingOption($0, of: command) }
        if !errors.isEmpty { throw error(errors) }
    }
}

extension Diagnostic {
    /// Reports a command that the table does not have, with the nearest one.
    fileprivate static func unknownCommand(_ words: [String], all: [String], in table: CommandTable) -> Diagnostic {
        if words.last?.isEmpty == true {
            return Diagnostic(
                .error,
                .emptyArgument,
                "an argument is empty",
                help: ["check for a shell variable that is not set"]
            )
        }
        let typed = words.joined(separator: " ")
        let names = table.listed.map(\.name)
        let option = table.commonOptions.first { $0.name == typed }.map { "--\($0.name)" }
        let nearest =
            option ?? NearestNames.nearest(to: all.joined(separator: " "), among: names)
            ?? NearestNames.nearest(to: typed, among: names)
        return Diagnostic(
            .error,
            .unknownCommand,
            "unknown command '\(typed)'",
            help: [nearest.map(NearestNames.question) ?? "run '\(table.program.text) --help' for a list of commands"]
        )
    }

    /// Reports an argument after the only one that a command accepts.
    fileprivate static func unexpectedArgument(
        _ argument: String,
        of command: Command?,
        in table: CommandTable
    ) -> Diagnostic {
        Diagnostic(
            .error,
            .unexpectedArgument,
            "unexpected argument '\(argument)'",
            help: [
                "'\(table.program.text) \(command?.name ?? "")' accepts one argument;"
                    + " quote an argument that contains spaces"
            ]
        )
    }

    /// Reports a required option that is not given.
    fileprivate static func missingOption(_ option: CommandOption, of command: Command?) -> Diagnostic {
        Diagnostic(
            .error,
            .missingOption,
            "'\(command?.name ?? "")' requires the option '--\(option.name)'",
            help: ["add \(option.short.map { "-\($0)" } ?? "--\(option.name)") VALUE: \(option.summary)"]
        )
    }
}
