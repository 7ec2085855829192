import BundleAnalysis
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import PythonPackaging
import ServerlessConfig

/// `why`: shows which requirement brings a distribution in, as a tree for each group of functions.
struct RequirementsWhy: FuroshikiCommand {
    var command: Command {
        var command = Command(
            "why",
            "Show which requirement brings a Python distribution in",
            options: [
                CommandOption("function", "f", .repeated, "Key of a function in the configuration; may be repeated")
            ]
        )
        command.argument = CommandArgument(name: "NAME", summary: "Name of the distribution, such as urllib3")
        command.examples = ["why urllib3", "why numpy --function report"]
        return command
    }

    let activity: String? = "Reading the configuration"

    func run(_ run: CommandRun) async throws {
        guard let name = run.invocation.argument else {
            throw DiagnosticError(
                .missingOption,
                "'why' requires the name of a distribution",
                help: ["add the name, as in '\(run.table.program.text) why urllib3'"]
            )
        }
        let configuration = try await run.configuration(for: .requirements)
        let keys = try run.functions(of: configuration.service).map(\.key)
        let progress = PackagingProgress("Resolving requirements", on: run.terminal)
        let uses = try await run.bundler(in: configuration.environment)
            .requirementUses(of: BundleRequest(requirementsOf: configuration), progress: { progress.report($0) })
        let graphs = try uses.filter { $0.functions.contains(where: keys.contains) }.map { try DependencyGraph($0) }
        let normalized = PackageName.normalize(name)
        let trees = DependencyTree.merged(
            graphs.compactMap { DependencyTree(of: normalized, in: $0, for: Set(keys)) }
        )
        guard !trees.isEmpty else { throw Self.unknown(name, normalized, graphs) }
        let text = DependencyText(trees: trees)
        if run.terminal.isJSON { return run.terminal.write(["distributions": text.json]) }
        run.terminal.write(text.text)
    }

    private static func unknown(_ name: String, _ normalized: String, _ graphs: [DependencyGraph]) -> DiagnosticError {
        let isOmitted = graphs.contains { $0.use.omitted.contains(normalized) }
        let known = Set(graphs.flatMap(\.versions.keys)).sorted()
        return DiagnosticError(
            .unknownDistribution,
            known.isEmpty
                ? "no function has Python requirements" : "no function uses a distribution '\(name)'",
            help: isOmitted
                ? ["'noDeploy' omits it"]
                : NearestNames.help(
                    for: normalized,
                    among: known,
                    else: known.isEmpty ? [] : ["run 'package --verbose' for a list of distributions"]
                )
        )
    }
}
