import Diagnostics

/// The words and options in arguments, if they are those of one command.
struct OptionReading {
    /// The arguments that are not options or their values.
    private(set) var words: [String] = []
    /// The values by the long names of their options.
    private(set) var values: [String: Invocation.Value] = [:]
    /// What is wrong with the options; it matters only if the command is the right one and help is not requested.
    private(set) var errors: [Diagnostic] = []
    /// Warnings about options that are ignored.
    private(set) var warnings: [Diagnostic] = []
    private let command: Command?
    private let options: [CommandOption]
    private let program: ProgramName

    /// Reads arguments with the options of a command and the common ones; `nil` means only the common ones.
    init(_ arguments: [String], of command: Command?, in table: CommandTable) {
        self.command = command
        options = table.options(of: command)
        program = table.program
        var index = 0
        while index < arguments.count {
            let argument = arguments[index]
            index += 1
            if argument == "--" { break }  // arguments after it are not for the program
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

    /// Whether an argument is an option: dashes and a name, perhaps with a value after `=`; `-5` and `-a b` are values.
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

    private func option(_ name: some StringProtocol) -> CommandOption? { options.first { $0.name == name } }

    private func option(short: Character) -> CommandOption? { options.first { $0.short == short } }

    /// Reads `--name`, `--name=value` or `--no-name`.
    ///
    /// - Returns: whether the next argument was used as the value.
    private mutating func readLong(_ text: Substring, _ next: String?) -> Bool {
        let equals = text.firstIndex(of: "=")
        let name = text[..<(equals ?? text.endIndex)]
        let value = equals.map { String(text[text.index(after: $0)...]) }
        if let option = option(name) { return set(option, value, next) }
        if name.hasPrefix("no-"), let option = option(name.dropFirst(3)),
            [.flag, .optionalValue].contains(option.kind), value == nil
        {
            store(option, .flag(false))
            return false
        }
        report(unknown: "--\(name)")
        return value == nil && next != nil
    }

    /// Reads `-n`, `-n=value` or several short flags.
    ///
    /// - Returns: whether the next argument was used as the value.
    private mutating func readShort(_ text: Substring, _ next: String?) -> Bool {
        guard let first = text.first else { return false }
        let rest = text.dropFirst()
        if rest.isEmpty || rest.hasPrefix("=") {
            let value = rest.isEmpty ? nil : String(rest.dropFirst())
            guard let option = option(short: first) else {
                report(unknown: "-\(first)")
                return value == nil && next != nil
            }
            return set(option, value, next)
        }
        for letter in text {
            guard let option = option(short: letter) else {
                report(unknown: "-\(letter)")
                return false
            }
            guard [.flag, .optionalValue].contains(option.kind) else {
                report(
                    .missingOptionValue,
                    "'-\(letter)' in '-\(text)' requires a value",
                    help: "write it separately: -\(letter) VALUE"
                )
                return false
            }
            store(option, .flag(true))
        }
        return false
    }

    private mutating func set(_ option: CommandOption, _ value: String?, _ next: String?) -> Bool {
        if option.kind == .flag {
            if value != nil {
                report(
                    .unexpectedOptionValue,
                    "'--\(option.name)' does not accept a value",
                    help: "write --\(option.name) without a value"
                )
            }
            store(option, .flag(true))
            return false
        }
        if value?.isEmpty == true {
            // Scripts of Serverless v3 write `--stage=$STAGE`, and the variable may be empty.
            warnings.append(
                Diagnostic(.warning, .emptyOptionValue, "'--\(option.name)=' is ignored because its value is empty")
            )
            return false
        }
        if option.kind == .optionalValue, value == nil, next.map({ command?.words.contains($0) != false }) != false {
            store(option, .flag(true))
            return false
        }
        guard let text = value ?? next, !text.isEmpty else {
            report(
                .missingOptionValue,
                "'--\(option.name)' requires a value",
                help: "write --\(option.name) VALUE"
            )
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
        if values[option.name] != nil, option.kind != .flag {
            report(.repeatedOption, "'--\(option.name)' is given more than once", help: "give it only once")
        }
        values[option.name] = value
    }

    private mutating func report(unknown name: String) {
        let names = command == nil ? [] : options.map { "--\($0.name)" }
        let nearest = NearestNames.nearest(to: name, among: names)
        let call = ([program.text] + (command?.words ?? [])).joined(separator: " ")
        report(
            .unknownOption,
            "unknown option '\(name)'",
            help: nearest.map(NearestNames.question)
                ?? "run '\(call) --help' for a list of options"
        )
    }

    private mutating func report(_ code: DiagnosticCode, _ message: String, help: String) {
        errors.append(Diagnostic(.error, code, message, help: [help]))
    }
}
