/// An option of a command, as data.
struct CommandOption: Sendable {
    /// The number of values that an option accepts.
    enum Kind: Sendable {
        /// No value: the option is given or not, or switched off as `--no-NAME`.
        case flag
        /// One value or none: without a value the option is a flag.
        ///
        /// The value is the part after `=`, or the next argument unless that is an option or a word of the command.
        case optionalValue
        /// One value, given at most once.
        case value
        /// One value each time that the option is given; it may be repeated.
        case repeated
    }

    /// The long name, without dashes.
    let name: String
    /// The short name, without its dash; `nil` if there is none.
    let short: Character?
    /// The number of values that it accepts.
    let kind: Kind
    /// The description in the help of the command, one line.
    let summary: String
    /// Whether the command fails without it.
    let isRequired: Bool
    /// Whether help and completions omit it, as it is accepted only so that command lines of Serverless keep working.
    private(set) var isHidden = false

    /// Describes an option of any kind.
    init(_ name: String, _ short: Character?, _ kind: Kind, _ summary: String, isRequired: Bool = false) {
        self.name = name
        self.short = short
        self.kind = kind
        self.summary = summary
        self.isRequired = isRequired
    }

    /// What follows the name in help: the placeholder of the value, or nothing.
    var valuePart: String {
        switch kind {
        case .flag: ""
        case .optionalValue: " [VALUE]"
        case .value, .repeated: " VALUE"
        }
    }

    /// This option, which is accepted and has no effect.
    var hidden: CommandOption {
        var result = self
        result.isHidden = true
        return result
    }

    /// Describes an option with a short name that accepts one value.
    init(_ name: String, _ short: Character, _ summary: String, isRequired: Bool = false) {
        self.init(name, short, .value, summary, isRequired: isRequired)
    }

    /// Describes an option without a short name that accepts one value.
    init(_ name: String, _ summary: String, isRequired: Bool = false) {
        self.init(name, nil, .value, summary, isRequired: isRequired)
    }
}

/// A positional argument of a command, which follows the words of the command.
struct CommandArgument: Sendable {
    /// The name in the usage line, in capitals.
    let name: String
    /// The description in the help of the command, one line.
    let summary: String
}
