import ConfigurationValues
import Diagnostics
package import HostSystem
package import OrderedJSON

/// What the command line says of the configuration.
package struct ConfigurationOptions: Sendable {
    /// The folder of the service: the working folder, or what `--service-dir` names; absolute.
    package var serviceDirectory: LocalPath
    /// The value of `--config`, `nil` where it was not given.
    package var configurationFile: String?
    /// The value of `--stage`, `nil` where it was not given.
    package var stage: String?
    /// The value of `--region`, `nil` where it was not given.
    package var region: String?
    /// The values of `--param`, each `name=value`.
    package var parameters: [String]
    /// All other options of the command by their long names, for `${opt:…}` and JavaScript: `null` for those that the
    /// command knows and that were not given.
    package var others: OrderedMap<JSONValue>
    /// The words of the command line, for JavaScript that reads them itself.
    package var arguments: [String]

    /// Makes options.
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

    /// The options that every command of a service takes.
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

    /// The values of `--param` by their names; of two with one name the later counts.
    ///
    /// - Throws: ``DiagnosticError`` for a value that is not `name=value`.
    func parametersByName() throws(DiagnosticError) -> OrderedMap<String> {
        var result = OrderedMap<String>()
        for parameter in parameters {
            guard let equals = parameter.firstIndex(of: "="), equals != parameter.startIndex,
                parameter.index(after: equals) != parameter.endIndex
            else {
                throw DiagnosticError(
                    "'--param' takes 'name=value', and got '\(parameter)'",
                    category: .usage,
                    help: ["write --param=\"name=value\""]
                )
            }
            // A value ends with its line.
            var value = parameter[parameter.index(after: equals)...].prefix { !$0.isNewline }
            while let last = value.last, last.isWhitespace { value.removeLast() }
            result[String(parameter[..<equals])] = String(value)
        }
        return result
    }
}
