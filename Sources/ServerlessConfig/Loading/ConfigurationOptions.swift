import ConfigurationValues
import Diagnostics
package import HostSystem
package import OrderedJSON

/// The options of the command line that concern the configuration.
package struct ConfigurationOptions: Sendable {
    /// The directory of the service, absolute: the working directory, or the one that `--service-dir` names.
    package var serviceDirectory: LocalPath
    /// The value of `--config`; `nil` if it is not given.
    package var configurationFile: String?
    /// The value of `--stage`; `nil` if it is not given.
    package var stage: String?
    /// The value of `--region`; `nil` if it is not given.
    package var region: String?
    /// The values of `--param`, each of the form `name=value`.
    package var parameters: [String]
    /// All other options of the command by their long names, for `${opt:…}` and JavaScript; `null` for those that the
    /// command has and that are not given.
    package var others: OrderedMap<JSONValue>
    /// The arguments of the command line, for JavaScript that reads them.
    package var arguments: [String]

    /// Makes options for a service; those that are not given have no effect.
    package init(
        serviceDirectory: LocalPath,
        configurationFile: String? = nil,
        stage: String? = nil,
        region: String? = nil,
        parameters: [String] = [],
        others: OrderedMap<JSONValue> = [:],
        arguments: [String] = []
    ) {
        self.serviceDirectory = serviceDirectory
        self.configurationFile = configurationFile
        self.stage = stage
        self.region = region
        self.parameters = parameters
        self.others = others
        self.arguments = arguments
    }

    /// The options that all commands for a service have.
    private static let common = [
        "region", "aws-profile", "app", "org", "use-local-credentials", "config", "stage", "param", "help", "version",
        "verbose", "debug",
    ]

    /// All options as `${opt:…}` sees them.
    var all: OrderedMap<JSONValue> {
        var result = others
        for name in Self.common where result[name] == nil { result[name] = .null }
        if let stage { result["stage"] = .string(stage) }
        if let region { result["region"] = .string(region) }
        if let configurationFile { result["config"] = .string(configurationFile) }
        if !parameters.isEmpty { result["param"] = .array(parameters.map { .string($0) }) }
        return result
    }

    /// The values of `--param` by name; for a repeated name, the last one counts.
    ///
    /// - Throws: ``DiagnosticError`` for a value that is not of the form `name=value`.
    func parametersByName() throws(DiagnosticError) -> OrderedMap<String> {
        var result = OrderedMap<String>()
        for parameter in parameters {
            guard let equals = parameter.firstIndex(of: "="), equals != parameter.startIndex,
                parameter.index(after: equals) != parameter.endIndex
            else {
                throw DiagnosticError(
                    .invalidOptionValue,
                    "'--param' must be 'name=value', found '\(parameter)'",
                    help: ["write --param=\"name=value\""]
                )
            }
            // Serverless drops everything after the first line of a value.
            var value = parameter[parameter.index(after: equals)...].prefix { !$0.isNewline }
            while let last = value.last, last.isWhitespace { value.removeLast() }
            result[String(parameter[..<equals])] = String(value)
        }
        return result
    }
}
