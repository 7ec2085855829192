import Diagnostics
import HostSystem
import LocalCommands
import OrderedJSON

/// `create`: creates a service from a template of the program, of a directory or of a git repository.
struct ServiceCreate: FuroshikiCommand {
    let command = Command(
        "create",
        "Create a service from a template",
        options: [
            CommandOption(
                "template",
                "t",
                "Name of the template: \(BuiltInTemplate.allCases.map(\.rawValue).joined(separator: ", "))"
            ),
            CommandOption("template-url", "u", "Address of a git repository, or of a directory in one"),
            CommandOption("template-path", "Directory that contains the template"),
            CommandOption("path", "p", "Directory to create"), CommandOption("name", "n", "Name of the service"),
        ]
    )

    func run(_ run: CommandRun) async throws {
        let report = try await ServiceCreator(run.machine.services(in: run.machine.environment))
            .create(
                from: try source(run),
                at: run.invocation.text("path").map { path($0, run) },
                in: run.directory,
                schema: TemplateFile(path: ConfigurationSchema.fileName, content: Array(ProgramSchema.text.utf8)),
                name: try run.invocation.text("name").map { name throws(DiagnosticError) in try ServiceName(name) }
            )
        run.terminal.report(report.warnings)
        if run.terminal.isJSON {
            return run.terminal.write([
                "service": report.name.map { .string($0.text) } ?? .null,
                "directory": .string(report.directory.string),
                "files": .array(report.files.map { .string($0) }),
            ])
        }
        let relative = report.directory.relative(to: run.directory)
        let place = relative == "." ? "the current directory" : relative.string
        run.terminal.log("Created \(report.name.map { "the service \($0.text)" } ?? "a service") in \(place):")
        for file in report.files { run.terminal.log("  \(file)") }
    }

    private func source(_ run: CommandRun) throws -> ServiceCreator.Source {
        let names = ["template", "template-url", "template-path"]
        let given = names.compactMap { name in run.invocation.text(name).map { (name, $0) } }
        guard let (name, value) = given.first else {
            throw DiagnosticError(
                .missingOption,
                "'create' requires a template",
                notes: BuiltInTemplate.allCases.map { "\($0.rawValue): \($0.summary)" },
                help: ["add -t NAME for one of these templates, --template-path DIRECTORY, or --template-url URL"]
            )
        }
        guard given.count == 1 else {
            throw DiagnosticError(
                .conflictingOptions,
                "'--\(name)' and '--\(given[1].0)' exclude each other",
                help: ["give only one of them"]
            )
        }
        switch name {
        case "template": return .builtIn(try BuiltInTemplate(named: value))
        case "template-path": return .directory(path(value, run))
        default: return .repository(try TemplateAddress(parsing: value))
        }
    }

    /// A path on the command line, in which the shell may have left a tilde.
    private func path(_ text: String, _ run: CommandRun) -> LocalPath {
        if text.hasPrefix("~/"), let home = run.machine.environment.home { return home / String(text.dropFirst(2)) }
        return run.directory / text
    }
}
