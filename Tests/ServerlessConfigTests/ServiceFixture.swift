import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

/// Loads services for tests.
enum ServiceFixture {
    /// The folder of the fixtures.
    static let folder = LocalPath(#filePath).parent / "Fixtures"

    /// Environment variables that services of tests see besides those that `node` needs.
    static func environment(_ variables: [String: String] = [:]) -> Environment {
        let process = Environment.current()
        var result = Environment(variables)
        for name in ["PATH", "HOME", "TMPDIR"] { result.variables[name] = process[name] }
        return result
    }

    /// Loads the service of a folder.
    static func load(
        _ folder: LocalPath,
        arguments: [String] = [],
        environment: [String: String] = [:],
        for purpose: ConfigurationPurpose = .inspection,
        remoteVariables: (any RemoteVariableSource)? = nil
    ) async throws -> ResolvedConfiguration {
        var options = ConfigurationOptions(serviceDirectory: folder)
        var rest = arguments[...]
        while let name = rest.popFirst() {
            let parts = name.split(separator: "=", maxSplits: 1).map(String.init)
            let value = parts.count > 1 ? parts[1] : rest.popFirst()
            switch parts[0] {
            case "--stage": options.stage = value
            case "--region": options.region = value
            case "--config": options.configurationFile = value
            case "--param": options.parameters += value.map { [$0] } ?? []
            default: break
            }
        }
        return try await ConfigurationLoader.load(
            options,
            for: purpose,
            environment: self.environment(environment),
            fileSystem: LiveFileSystem(),
            processRunner: LiveProcessRunner(),
            wallClock: .live,
            remoteVariables: remoteVariables
        )
    }

    /// Loads a service of some files, by their paths.
    static func load(
        files: [String: String],
        arguments: [String] = [],
        environment: [String: String] = [:],
        for purpose: ConfigurationPurpose = .inspection,
        remoteVariables: (any RemoteVariableSource)? = nil
    ) async throws -> ResolvedConfiguration {
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            for (path, text) in files {
                try LiveFileSystem().createDirectory((folder / path).parent)
                try LiveFileSystem().write(text, to: folder / path)
            }
            return try await load(
                folder,
                arguments: arguments,
                environment: environment,
                for: purpose,
                remoteVariables: remoteVariables
            )
        }
    }

    /// Loads a service whose `custom` is given as YAML, indented by two blanks or in flow style.
    static func custom(
        _ custom: String,
        files: [String: String] = [:],
        arguments: [String] = [],
        environment: [String: String] = [:]
    ) async throws -> JSONValue? {
        var files = files
        files["serverless.yml"] = "service: demo\nprovider: { name: aws, runtime: python3.12 }\ncustom:\n\(custom)\n"
        return try await load(files: files, arguments: arguments, environment: environment).root["custom"]?.json
    }

    /// The diagnostics of an error, as a user reads them.
    static func text(of error: any Error) -> String {
        DiagnosticError(describing: error).diagnostics
            .map { diagnostic in
                let place = diagnostic.place.map { "\($0): " } ?? ""
                let headline = "\(place)\(diagnostic.severity.rawValue)[\(diagnostic.code)]: \(diagnostic.message)"
                let lines =
                    [headline] + diagnostic.notes.map { "  note: \($0)" } + diagnostic.help.map { "  help: \($0)" }
                return lines.joined(separator: "\n")
            }
            .joined(separator: "\n") + "\n"
    }
}
