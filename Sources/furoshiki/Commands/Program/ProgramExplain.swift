import Diagnostics
import OrderedJSON

/// `explain`: prints what a diagnostic means, with an example; without a code, lists all codes.
struct ProgramExplain: FuroshikiCommand {
    var command: Command {
        var command = Command(
            "explain",
            "Explain an error or a warning, or list all codes",
            options: [
                CommandOption("all", nil, .flag, "Print all explanations as a Markdown document"),
                CommandOption("options", nil, .flag, "Print all options and environment variables, in the same way"),
                CommandOption("plugins", nil, .flag, "Print what happens with each known plugin, as Markdown"),
            ]
        )
        command.argument = CommandArgument(name: "CODE", summary: "Code of the diagnostic, such as unknown-runtime")
        command.examples = ["explain unknown-runtime", "explain"]
        command.usesService = false
        return command
    }

    func run(_ run: CommandRun) async throws {
        if run.invocation.has("all") { return run.terminal.write(ExplanationText.document) }
        if run.invocation.has("options") { return run.terminal.write(SettingsText.document) }
        if run.invocation.has("plugins") { return run.terminal.write(PluginText.document) }
        guard let name = run.invocation.argument else {
            if run.terminal.isJSON { return run.terminal.write(ExplanationText.json(of: DiagnosticExplanation.all)) }
            return run.terminal.write(ExplanationText.list(columns: run.terminal.columns))
        }
        guard let explanation = DiagnosticCode(rawValue: name)?.explanation else {
            throw DiagnosticError(
                .unknownDiagnosticCode,
                "unknown diagnostic code '\(name)'",
                help: NearestNames.help(
                    for: name,
                    among: DiagnosticCode.allCases.map(\.rawValue),
                    else: ["run '\(run.table.program.text) explain' for a list of codes"]
                )
            )
        }
        if run.terminal.isJSON { return run.terminal.write(ExplanationText.json(of: [explanation])) }
        run.terminal.write(ExplanationText.text(of: explanation, columns: run.terminal.columns))
    }
}
