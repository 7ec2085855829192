/// `completion bash`, `completion zsh`, `completion fish`: writes a script that completes commands and options.
enum ProgramCompletion: FuroshikiCommand {
    static func run(_ run: CommandRun) async throws {
        switch run.invocation.command?.words.last {
        case "zsh": run.terminal.write(CompletionScript.zsh)
        case "fish": run.terminal.write(CompletionScript.fish)
        default: run.terminal.write(CompletionScript.bash)
        }
    }
}
