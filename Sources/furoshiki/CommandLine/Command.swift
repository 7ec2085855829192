/// A command of the program, as data: its words, options and help.
///
/// Parsing, help and completion read it. What the command does is in `Commands`.
struct Command: Sendable {
    /// Whether a command can be run.
    enum Availability: Sendable, Equatable {
        /// The command can be run.
        case available
        /// The command only groups others; running it shows its help.
        case group
        /// Serverless v3 has the command, and Furoshiki deliberately omits it for the given reason.
        case omitted(reason: String)
    }

    /// The words that call the command, such as `deploy` and `function`.
    let words: [String]
    /// What the command does, in one line that begins with a verb.
    let summary: String
    /// Whether the command can be run.
    let availability: Availability
    /// The options that the command accepts in addition to the common ones.
    let options: [CommandOption]
    /// The positional argument that the command accepts; `nil` if it accepts none.
    var argument: CommandArgument?
    /// Typical command lines, without the name of the program, which the help shows at its end.
    var examples: [String] = []
    /// Whether the command works on a service; the options that select one have no effect otherwise.
    var usesService = true
    /// Whether the messages of errors are also written to standard output, where Serverless v3 writes them and scripts
    /// look for them.
    var repeatsErrorsOnOutput = false
    /// An option of another command, and the name of that command, which is meant when the option is given.
    private(set) var redirection: (option: String, command: String)?

    /// Creates a description of a command.
    init(
        _ words: String,
        _ summary: String,
        _ availability: Availability = .available,
        options: [CommandOption] = []
    ) {
        self.words = words.split(separator: " ").map(String.init)
        self.summary = summary
        self.availability = availability
        self.options = options
    }

    /// This command, which means another one if an option of that one is given (`deploy -f NAME` of Serverless v3).
    func redirected(to command: String, ifGiven option: String) -> Command {
        var result = self
        result.redirection = (option, command)
        return result
    }

    /// The words of the command, joined by spaces.
    var name: String { words.joined(separator: " ") }

    /// Whether Furoshiki deliberately omits the command.
    var isOmitted: Bool { if case .omitted = availability { true } else { false } }
}
