import EditorSchema
import OrderedJSON

/// `schema`: prints the JSON Schema of `serverless.yml`, with which editors complete and check it.
struct ProgramSchema: FuroshikiCommand {
    var command: Command {
        var command = Command("schema", "Print the JSON Schema of serverless.yml, for editors")
        command.examples = ["schema > \(ConfigurationSchema.fileName)"]
        command.usesService = false
        return command
    }

    func run(_ run: CommandRun) async throws {
        run.terminal.write(Self.text)
    }

    /// The schema as text on one line, which is half as long as with indentation.
    static var text: String {
        JSONWriter().text(of: ConfigurationSchema.document(version: Version.current).json) + "\n"
    }
}
