import ConfigurationValues
import Diagnostics
import HostSystem

/// A command with the values of its options, as they were typed.
struct Invocation: Sendable {
    /// The value of an option.
    enum Value: Sendable, Equatable {
        case flag(Bool)
        case text(String)
        case texts([String])
    }

    /// The command, `nil` where none was named.
    let command: Command?
    /// The values by the long names of their options.
    private(set) var values: [String: Value] = [:]
    /// What was understood, but is perhaps not what was meant.
    let warnings: [Diagnostic]

    /// Whether a flag was given and not taken back.
    func has(_ name: String) -> Bool { values[name] == .flag(true) }

    /// The value of an option that takes one.
    func text(_ name: String) -> String? {
        guard case .text(let text)? = values[name] else { return nil }
        return text
    }

    /// The values of an option that may be repeated.
    func texts(_ name: String) -> [String] {
        guard case .texts(let texts)? = values[name] else { return [] }
        return texts
    }

    /// Reads the words after the program's name.
    ///
    /// Options stand before, between and after the words of the command: `--name value`, `--name=value`, `-n value`,
    /// flags also as `--no-name` and several short ones together. The command is the one with the most words that fit;
    /// `help` in front of it asks for its help.
    ///
    /// - Throws: ``DiagnosticError`` of the category `usage` for the first word that does not fit.
    init(parsing words: [String]) throws(DiagnosticError) {
        let words = words.first == "help" ? words.dropFirst() + ["--help"] : words
        var best: (command: Command?, reading: OptionReading) = (nil, OptionReading(words, of: nil))
        for command in CommandTable.commands {
            let reading = OptionReading(words, of: command)
            guard reading.words.starts(with: command.words) else { continue }
            if command.words.count > best.command?.words.count ?? 0 { best = (command, reading) }
        }
        let typed = best.command?.words ?? []
        if let implied = best.command?.implied, let command = CommandTable.named(implied.command) {
            let reading = OptionReading(words, of: command)
            if reading.values[implied.option] != nil { best = (command, reading) }
        }
        command = best.command
        values = best.reading.values
        warnings = best.reading.warnings
        if command?.isLeftOut == true { return }
        let rest = best.reading.words.dropFirst(typed.count)
        if let unknown = rest.first {
            throw .unknownCommand(typed + [unknown], all: best.reading.words)
        }
        if has("help") || has("version") { return }
        var faults = best.reading.faults
        for option in command?.options ?? [] where option.isRequired && values[option.name] == nil {
            faults.append(
                Diagnostic(
                    .error,
                    "'\(command?.name ?? "")' needs the option '--\(option.name)'",
                    category: .usage,
                    help: ["\(option.short.map { "-\($0), " } ?? "")--\(option.name): \(option.summary)"]
                )
            )
        }
        if !faults.isEmpty { throw DiagnosticError(faults) }
    }
}

extension DiagnosticError {
    /// A command that the table does not hold, with the nearest one.
    fileprivate static func unknownCommand(_ words: [String], all: [String]) -> DiagnosticError {
        if words.last?.isEmpty == true {
            return DiagnosticError(
                "a word of the command line is empty",
                category: .usage,
                help: ["look for a variable of the shell that is not set"]
            )
        }
        let typed = words.joined(separator: " ")
        let names = CommandTable.listed.map(\.name)
        let whole = all.joined(separator: " ")
        let option = CommandTable.globalOptions.first { $0.name == typed }.map { "--\($0.name)" }
        let nearest =
            option ?? NearestNames.nearest(to: whole, among: names) ?? NearestNames.nearest(to: typed, among: names)
        return DiagnosticError(
            "there is no command '\(typed)'",
            category: .usage,
            help: [nearest.map { NearestNames.question($0) } ?? "'furoshiki --help' lists the commands"]
        )
    }
}

/// The words and options of a command line, read as one command's options say.
struct OptionReading {
    /// The words that are no options.
    private(set) var words: [String] = []
    private(set) var values: [String: Invocation.Value] = [:]
    /// What is wrong, which counts only where the command is the right one and no help is asked for.
    private(set) var faults: [Diagnostic] = []
    private(set) var warnings: [Diagnostic] = []
    private let command: Command?

    init(_ arguments: [String], of command: Command?) {
        self.command = command
        var index = 0
        while index < arguments.count {
            let argument = arguments[index]
            index += 1
            if argument == "--" { break }  // what comes after belongs to nobody here
            guard Self.isOption(argument) else {
                words.append(argument)
                continue
            }
            let next = index < arguments.count && !Self.isOption(arguments[index]) ? arguments[index] : nil
            if argument.hasPrefix("--") ? readLong(argument.dropFirst(2), next) : readShort(argument.dropFirst(), next)
            {
                index += 1
            }
        }
    }

    /// Whether a word is an option: dashes and a name, perhaps with a value after `=`; `-5` and `-a b` are values.
    private static func isOption(_ text: String) -> Bool {
        let name = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        guard name.first == UInt8(ascii: "-"), let second = name.dropFirst().first else { return false }
        if second != UInt8(ascii: "-") { return name.dropFirst().allSatisfy(isLetter) }
        guard let third = name.dropFirst(2).first else { return false }
        return isLetter(third)
            && name.allSatisfy { isLetter($0) || (0x30...0x3A).contains($0) || $0 == 0x5F || $0 == 0x2D }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private func known(_ name: some StringProtocol) -> CommandOption? {
        command?.option(name)
            ?? (command == nil
                ? (CommandTable.serviceOptions + CommandTable.globalOptions).first { $0.name == name } : nil)
    }

    private func known(short: Character) -> CommandOption? {
        command?.option(short: short)
            ?? (command == nil
                ? (CommandTable.serviceOptions + CommandTable.globalOptions).first { $0.short == short } : nil)
    }

    /// Reads `--name`, `--name=value` or `--no-name`; whether the next word was taken as the value.
    private mutating func readLong(_ text: Substring, _ next: String?) -> Bool {
        let equals = text.firstIndex(of: "=")
        let name = text[..<(equals ?? text.endIndex)]
        let value = equals.map { String(text[text.index(after: $0)...]) }
        if let option = known(name) { return set(option, value, next) }
        if name.hasPrefix("no-"), let option = known(name.dropFirst(3)), option.kind == .flag, value == nil {
            store(option, .flag(false))
            return false
        }
        report(unknown: "--\(name)")
        return value == nil && next != nil
    }

    private mutating func readShort(_ text: Substring, _ next: String?) -> Bool {
        guard let first = text.first else { return false }
        let rest = text.dropFirst()
        if rest.isEmpty || rest.hasPrefix("=") {
            let value = rest.isEmpty ? nil : String(rest.dropFirst())
            guard let option = known(short: first) else {
                report(unknown: "-\(first)")
                return value == nil && next != nil
            }
            return set(option, value, next)
        }
        for letter in text {
            guard let option = known(short: letter) else {
                report(unknown: "-\(letter)")
                return false
            }
            guard option.kind == .flag else {
                report("'-\(letter)' in '-\(text)' takes a value", help: "write it apart: -\(letter) VALUE")
                return false
            }
            store(option, .flag(true))
        }
        return false
    }

    private mutating func set(_ option: CommandOption, _ value: String?, _ next: String?) -> Bool {
        if option.kind == .flag {
            if value != nil { report("'--\(option.name)' takes no value", help: "write --\(option.name) alone") }
            store(option, .flag(true))
            return false
        }
        if value?.isEmpty == true {
            // Scripts of Serverless v3 write `--stage=$STAGE` where the variable may be empty.
            warnings.append(Diagnostic(.warning, "'--\(option.name)=' has no value, and is ignored", category: .usage))
            return false
        }
        guard let text = value ?? next, !text.isEmpty else {
            report("'--\(option.name)' needs a value", help: "write --\(option.name) VALUE")
            return next != nil
        }
        if option.kind == .repeated {
            var texts: [String] = []
            if case .texts(let known)? = values[option.name] { texts = known }
            values[option.name] = .texts(texts + [text])
        } else {
            store(option, .text(text))
        }
        return value == nil
    }

    private mutating func store(_ option: CommandOption, _ value: Invocation.Value) {
        if values[option.name] != nil, option.kind == .value {
            report("'--\(option.name)' is given twice", help: "give it once")
        }
        values[option.name] = value
    }

    private mutating func report(unknown name: String) {
        let names = (command?.allOptions ?? []).map { "--\($0.name)" }
        let nearest = NearestNames.nearest(to: name, among: names)
        report(
            "\(command.map { "'\($0.name)'" } ?? "the program") has no option '\(name)'",
            help: nearest.map { NearestNames.question($0) } ?? "'--help' after a command lists its options"
        )
    }

    private mutating func report(_ message: String, help: String) {
        faults.append(Diagnostic(.error, message, category: .usage, help: [help]))
    }
}
