import ConfigurationValues

/// A command of the program, as data: parsing, help and suggestions all read it.
struct Command: Sendable {
    /// What the command does when it is called.
    enum Action: Sendable {
        /// It runs.
        case runs(any FuroshikiCommand.Type)
        /// It only groups other commands, and shows its help.
        case group
        /// It is known from Serverless v3, but this version cannot do it yet.
        case notYet
        /// It is left out on purpose, for the reason given.
        case leftOut(String)
    }

    /// The words that call the command, such as `deploy function`.
    let words: [String]
    /// What it does, in a line.
    let summary: String
    /// What it takes besides the options that all commands take.
    let options: [CommandOption]
    let action: Action
    /// An option that the command itself has not, and the command that is meant where it is given.
    private(set) var implied: (option: String, command: String)?

    init(_ words: String, _ summary: String, _ action: Action, options: [CommandOption] = []) {
        self.words = words.split(separator: " ").map(String.init)
        self.summary = summary
        self.action = action
        self.options = options
    }

    /// This command, which stands for another one where an option of that is given (`deploy -f NAME` of Serverless v3).
    func whenGiven(_ option: String, means command: String) -> Command {
        var result = self
        result.implied = (option, command)
        return result
    }

    var name: String { words.joined(separator: " ") }

    /// Whether it is left out on purpose, whatever follows it.
    var isLeftOut: Bool { if case .leftOut = action { true } else { false } }

    /// All that the command takes.
    var allOptions: [CommandOption] { options + CommandTable.serviceOptions + CommandTable.globalOptions }

    /// The option of a long name.
    func option(_ name: some StringProtocol) -> CommandOption? { allOptions.first { $0.name == name } }

    /// The option of a short name.
    func option(short: Character) -> CommandOption? { allOptions.first { $0.short == short } }
}

/// An option of a command.
struct CommandOption: Sendable {
    /// How many values it takes.
    enum Kind: Sendable {
        case flag, value
        /// It may be repeated, a value each.
        case repeated
    }

    /// The long name, without dashes.
    let name: String
    let short: Character?
    let kind: Kind
    let summary: String
    let isRequired: Bool

    init(_ name: String, _ short: Character?, _ kind: Kind, _ summary: String, isRequired: Bool = false) {
        self.name = name
        self.short = short
        self.kind = kind
        self.summary = summary
        self.isRequired = isRequired
    }

    /// An option that takes a value.
    init(_ name: String, _ short: Character, _ summary: String, isRequired: Bool = false) {
        self.init(name, short, .value, summary, isRequired: isRequired)
    }

    /// An option without a short name that takes a value.
    init(_ name: String, _ summary: String, isRequired: Bool = false) {
        self.init(name, nil, .value, summary, isRequired: isRequired)
    }
}
