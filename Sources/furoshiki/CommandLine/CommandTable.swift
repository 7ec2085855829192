/// The commands of the program and the options that all of them accept; the command line is parsed from it.
struct CommandTable: Sendable {
    /// The commands, in the order of help.
    let commands: [Command]
    /// The options that every command accepts, in the order of help.
    let commonOptions: [CommandOption]
    /// The name that the program was called by.
    let program: ProgramName
    /// Makes the commands that are only considered if no other command matches all words, so that making them costs
    /// nothing in most runs.
    let fallbacks: @Sendable () -> [Command]

    /// Creates a table of commands that accept the common options of the program.
    init(
        _ commands: [Command],
        commonOptions: [CommandOption] = CommandOption.common,
        program: ProgramName = .furoshiki,
        fallbacks: @escaping @Sendable () -> [Command] = { [] }
    ) {
        self.commands = commands
        self.commonOptions = commonOptions
        self.program = program
        self.fallbacks = fallbacks
    }

    /// The command of a name; `nil` if there is none.
    func command(named name: String) -> Command? { commands.first { $0.name == name } }

    /// The commands that help lists: all but the omitted ones.
    var listed: [Command] { commands.filter { !$0.isOmitted } }

    /// The options that a command accepts, including the common ones; `nil` means no command.
    func options(of command: Command?) -> [CommandOption] { (command?.options ?? []) + commonOptions }
}
