import ConfigurationValues
import Diagnostics
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
    ///
    /// - Parameters:
    ///   - isBundled: whether artifacts are made of it next. A runtime that is none is told then, as an error, and
    ///     not here.
    ///   - hasTemplate: whether templates are made of it, so that faults that leave none are errors.
    /// - Returns: the configuration.
    /// - Throws: ``DiagnosticError`` with all that is wrong.
    func configuration(isBundled: Bool = false, hasTemplate: Bool = false) async throws -> ResolvedConfiguration {
        let configuration = try await ConfigurationLoader.load(
            configurationOptions,
            environment: environment,
            fileSystem: LiveFileSystem(),
            processRunner: LiveProcessRunner(),
            wallClock: .live
        )
        var diagnostics = configuration.diagnostics
        if isBundled {
            diagnostics = Self.withoutWarnings(at: configuration.service.placesOfUnknownRuntimes, diagnostics)
        }
        let faults = hasTemplate ? TemplatePrerequisites.errors(in: configuration.service.root) : []
        if !faults.isEmpty {
            throw DiagnosticError(Self.withoutWarnings(at: Set(faults.compactMap(\.place)), diagnostics) + faults)
        }
        terminal.tell(diagnostics)
        terminal.debug("read \(configuration.file)")
        return configuration
    }

    /// Leaves out what is told as an error too.
    private static func withoutWarnings(at places: Set<SourcePlace>, _ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard !places.isEmpty else { return diagnostics }
        let others = diagnostics.filter { $0.severity != .warning || !($0.place.map(places.contains) ?? false) }
        // A remark on faults as a whole has no place; without faults there is nothing to remark.
        return others.contains { $0.severity == .warning } ? others : others.filter { $0.place != nil }
    }

    private var configurationOptions: ConfigurationOptions {
        var others = OrderedMap<JSONValue>()
        for option in invocation.command?.options ?? [] { others[option.name] = .null }
        for option in invocation.command?.allOptions ?? [] {
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
            arguments: Array(CommandLine.arguments.dropFirst())
        )
    }
}
