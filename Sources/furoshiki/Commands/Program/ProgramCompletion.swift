/// `completion bash`, `completion zsh` and `completion fish`: print a script that completes commands and options.
struct ProgramCompletion: FuroshikiCommand {
    /// A shell that can read the script.
    enum Shell: String, CaseIterable {
        case bash, zsh, fish

        /// The line that makes the shell read the script.
        fileprivate var usage: String {
            switch self {
            case .bash, .zsh: "source <(furoshiki completion \(rawValue))"
            case .fish: "furoshiki completion fish | source"
            }
        }
    }

    /// The command that groups the shells.
    static let group = Command("completion", "Print a script that completes commands and options in a shell", .group)

    /// The shell that the script is for.
    let shell: Shell

    var command: Command {
        var command = Command(
            "completion \(shell.rawValue)",
            "Print the script for \(shell.rawValue); load it with: \(shell.usage)"
        )
        command.usesService = false
        return command
    }

    func run(_ run: CommandRun) async throws {
        let script = CompletionScript(table: run.table)
        switch shell {
        case .bash: run.terminal.write(script.bash)
        case .zsh: run.terminal.write(script.zsh)
        case .fish: run.terminal.write(script.fish)
        }
    }
}
