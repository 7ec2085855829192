import AWSClient
import AWSVariables
import ConfigurationValues
import Diagnostics
import HostSystem
import LambdaBundle
import OrderedJSON
import ServerlessConfig
import ServiceLifecycle

/// What a command gets to run with: the parsed command line, the machine and the output.
struct CommandRun: Sendable {
    /// The command with the values of its options.
    let invocation: Invocation
    /// All commands, for commands that describe them.
    let table: CommandTable
    /// The machine to run on.
    let machine: Machine
    /// The output of the program.
    let terminal: Terminal

    /// The directory of the service, absolute.
    var directory: LocalPath { terminal.directory }

    /// The bundler on this machine.
    ///
    /// - Parameter environment: the environment variables, with those of the service's `.env` file.
    /// - Returns: the bundler.
    func bundler(in environment: Environment) -> Bundler { Bundler(machine.services(in: environment)) }

    /// Loads the service's configuration and reports its warnings.
    ///
    /// - Parameter purpose: what the command does with the configuration, which decides the problems that are errors.
    /// - Returns: the configuration.
    /// - Throws: ``DiagnosticError`` with all errors.
    func configuration(for purpose: ConfigurationPurpose = .inspection) async throws -> ResolvedConfiguration {
        let configuration = try await ConfigurationLoader.load(
            configurationOptions,
            for: purpose,
            environment: machine.environment,
            fileSystem: machine.files,
            processRunner: machine.processes,
            wallClock: machine.wallClock,
            remoteVariables: AWSVariableSource(
                host: { [machine] in machine.services(in: $0) },
                prompt: promptForCode,
                onSecret: { [secrets = terminal.secrets] in secrets.add($0) }
            )
        )
        let errors = purpose == .package ? TemplatePrerequisites.errors(in: configuration.service.root) : []
        let diagnostics =
            Self.withoutWarnings(at: Set(errors.compactMap(\.place)), configuration.diagnostics) + errors
        if diagnostics.contains(where: { $0.severity == .error }) { throw DiagnosticError(diagnostics) }
        terminal.report(diagnostics)
        terminal.debug("read \(configuration.file)")
        return configuration
    }

    /// Examines the service's configuration, which may have errors.
    ///
    /// - Throws: ``DiagnosticError`` if the configuration file cannot be read.
    func survey() async throws -> ConfigurationSurvey {
        try await ConfigurationLoader.survey(
            configurationOptions,
            environment: machine.environment,
            fileSystem: machine.files,
            processRunner: machine.processes,
            wallClock: machine.wallClock
        )
    }

    /// Asks for the code of a device for multi-factor authentication.
    var promptForCode: AWSSession.CodePrompt {
        { [streams = machine.streams] device in
            try await offPool { streams.ask("Code of the device '\(device)': ", isSecret: true).map { Secret($0) } }
        }
    }

    /// Removes warnings at places where errors are reported.
    private static func withoutWarnings(at places: Set<SourcePlace>, _ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard !places.isEmpty else { return diagnostics }
        let others = diagnostics.filter { $0.severity != .warning || !($0.place.map(places.contains) ?? false) }
        // A note about the warnings as a whole has no place; without warnings it says nothing.
        return others.contains { $0.severity == .warning } ? others : others.filter { $0.place != nil }
    }

    private var configurationOptions: ConfigurationOptions {
        var others = OrderedMap<JSONValue>()
        for option in invocation.command?.options ?? [] { others[option.name] = .null }
        for option in table.options(of: invocation.command) {
            switch invocation.values[option.name] {
            case .flag(let value): others[option.name] = .bool(value)
            case .text(let text): others[option.name] = .string(text)
            case .texts(let texts): others[option.name] = .array(texts.map { .string($0) })
            case nil: break
            }
        }
        return ConfigurationOptions(
            serviceDirectory: directory,
            configurationFile: invocation.text("config"),
            stage: invocation.text("stage"),
            region: invocation.text("region"),
            parameters: invocation.texts("param"),
            others: others,
            arguments: invocation.arguments
        )
    }
}
