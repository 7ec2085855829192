/// The commands of the program: the table that the command line is parsed from, and what runs each command.
struct ProgramCommands: Sendable {
    /// The commands that the program implements, in the order of help.
    private static let implemented: [any FuroshikiCommand] =
        [
            ServiceDeploy(), FunctionDeploy(), ServiceDiff(), ServiceDeployList(), ServiceDeployListFunctions(),
            ServiceInfo(),
            ServiceRemove(), ServiceRollback(), FunctionRollback(), FunctionInvoke(), FunctionLogsCommand(),
            FunctionMetricsCommand(),
            ServicePackage(), ServicePrint(), ServiceCheck(),
            RequirementsInstall(), RequirementsClean(), RequirementsCleanCache(), RequirementsWhy(),
            FunctionInvokeLocal(), EventGenerate(),
            ServiceCreate(), ConfigCredentials(),
            ProgramDoctor(), ProgramExplain(), ProgramSchema(), ProgramManual(),
        ] + ProgramCompletion.Shell.allCases.map { ProgramCompletion(shell: $0) }

    /// The commands and options that the command line is parsed from.
    let table: CommandTable

    /// Creates the commands for a name that the program was called by.
    init(calledAs program: ProgramName = .furoshiki) {
        table = CommandTable(
            Self.withGroups(Self.implemented.map(\.command)) + UnimplementedCommands.omitted,
            program: program,
            fallbacks: { UnimplementedCommands.ofPlugins }
        )
    }

    /// What runs a command; `nil` if the program does not implement it.
    func implementation(of command: Command) -> (any FuroshikiCommand)? {
        Self.implemented.first { $0.command.name == command.name }
    }

    /// The commands, each group before its first member.
    private static func withGroups(_ commands: [Command]) -> [Command] {
        var groups = [RequirementsInstall.group, ConfigCredentials.group, ProgramCompletion.group]
        return commands.flatMap { command -> [Command] in
            guard let index = groups.firstIndex(where: { command.words.starts(with: $0.words) }) else {
                return [command]
            }
            return [groups.remove(at: index), command]
        }
    }
}
