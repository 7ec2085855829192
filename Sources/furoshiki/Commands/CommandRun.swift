import HostSystem
import OrderedJSON
import ServerlessConfig

/// What all commands share while one of them runs.
struct CommandRun: Sendable {
    let invocation: Invocation
    let environment: Environment
    let terminal: Terminal

    /// The folder of the service, absolute.
    var directory: LocalPath { terminal.directory }

    /// Reads the service's configuration and tells its warnings.
    func configuration() async throws -> ResolvedConfiguration {
        let configuration = try await ConfigurationLoader.load(
            configurationOptions,
            environment: environment,
            fileSystem: LiveFileSystem(),
            processRunner: LiveProcessRunner()
        )
        terminal.tell(configuration.diagnostics)
        terminal.debug("read \(configuration.file)")
        return configuration
    }

    private var configurationOptions: ConfigurationOptions {
        var others = OrderedMap<JSONValue>()
        for option in invocation.command?.options ?? [] {
            others[option.name] =
                switch invocation.values[option.name] {
                case .flag(let value): .bool(value)
                case .text(let text): .string(text)
                case .texts(let texts): .array(texts.map { .string($0) })
                case nil: .null
                }
        }
        return ConfigurationOptions(
            serviceDirectory: directory,
            configurationFile: invocation.text("config"),
            stage: invocation.text("stage"),
            region: invocation.text("region"),
            parameters: invocation.texts("param"),
            others: others
        )
    }
}
