import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

extension VariableResolver {
    /// The value of a variable.
    func value(
        of variable: Variable,
        in text: VariableText,
        for owner: VariableOwner
    ) async throws(VariableFailure) -> ConfigurationValue {
        let sources: [VariableSource]
        switch variable.content {
        case .escape(let text): return ConfigurationValue(.string(text))
        case .sources(let all): sources = all
        }
        let written = text.source(of: variable)
        var queried: [VariableLookup] = []
        for source in sources {
            switch source {
            case .literal(let node): return node
            case .lookup(let type, let parameters, let address):
                try checkSource(type, written, owner)
                var arguments: [ConfigurationValue]?
                if let parameters {
                    var values: [ConfigurationValue] = []
                    for parameter in parameters { values.append(try await value(of: parameter, for: owner)) }
                    arguments = values
                }
                var place: ConfigurationValue?
                if let address { place = try await value(of: address, for: owner) }
                let lookup = VariableLookup(
                    type: type,
                    parameters: arguments,
                    address: place.flatMap { $0.isTruthy ? $0 : nil },
                    written: written,
                    owner: owner
                )
                if let node = try await find(lookup), !node.isNull { return node }
                queried.append(lookup)
            }
        }
        throw .error(await absence(of: written, queried))
    }

    private func value(
        of argument: VariableArgument,
        for owner: VariableOwner
    ) async throws(VariableFailure) -> ConfigurationValue {
        switch argument {
        case .literal(let node): return node
        case .text(let text): return try await complete(text, for: owner)
        }
    }

    private func find(_ lookup: VariableLookup) async throws(VariableFailure) -> ConfigurationValue? {
        switch lookup.type {
        case "self": try await value(at: try lookup.addressSteps())
        case "env": try environmentValue(lookup)
        case "opt": try optionValue(lookup)
        case "file": try await fileValue(lookup)
        case "sls": try await serverlessValue(lookup)
        case "param": try await parameterValue(lookup)
        case "strToBool": try booleanValue(lookup)
        case "aws": try await awsValue(lookup)
        default:
            if let source = RemoteVariable.Source(rawValue: lookup.type) {
                try await remoteValue(source, lookup)
            } else {
                nil
            }
        }
    }

    /// The error of a remote variable if the command does not contact AWS.
    static func needsAWS(_ lookup: VariableLookup) -> VariableError {
        lookup.error(
            .variableNeedsAWS,
            "the value is in AWS, which this command does not contact",
            help: ["use ${env:NAME}, or ${param:NAME} with --param \"NAME=VALUE\", to provide the value"]
        )
    }

    // MARK: Sources

    private func environmentValue(_ lookup: VariableLookup) throws(VariableFailure) -> ConfigurationValue? {
        guard let name = try lookup.addressText() else {
            throw .error(lookup.error(.invalidVariableArgument, "'env' has no name", help: ["write '${env:NAME}'"]))
        }
        if let value = environment[name] { return ConfigurationValue(.string(value)) }
        missingEnvironment.insert(name)
        return nil
    }

    private func optionValue(_ lookup: VariableLookup) throws(VariableFailure) -> ConfigurationValue? {
        guard let name = try lookup.addressText() else { return ConfigurationValue(.object(context.options)) }
        if context.options[name] == nil, isEarly { throw .unavailable(source: "opt:\(name)") }
        return context.options[name].map { ConfigurationValue($0) }
    }

    private func serverlessValue(_ lookup: VariableLookup) async throws(VariableFailure) -> ConfigurationValue? {
        let known = ["instanceId", "stage"]
        guard let name = try lookup.addressText() else {
            throw .error(
                lookup.error(.invalidVariableArgument, "'sls' has no address", help: ["use one of \(known.quoted())"])
            )
        }
        switch name {
        case "instanceId":
            if isEarly { throw .unavailable(source: "sls:instanceId") }
            return ConfigurationValue(.string(context.instanceID))
        case "stage": return try await stageValue()
        default:
            throw .error(
                lookup.error(
                    .invalidVariableArgument,
                    "'sls' has no value '\(name)'",
                    help: ["use one of \(known.quoted())"]
                )
            )
        }
    }

    /// The stage: `--stage`, `provider.stage`, or `dev`.
    func stage() async throws(VariableFailure) -> String {
        JavaScriptText.text(of: try await stageValue())
    }

    /// The stage as it is written, which can be a number.
    private func stageValue() async throws(VariableFailure) -> ConfigurationValue {
        if let stage = context.options["stage"]?.stringValue, !stage.isEmpty {
            return ConfigurationValue(.string(stage))
        }
        if let stage = try await value(at: ["provider", "stage"]), stage.isTruthy { return stage }
        return ConfigurationValue(.string("dev"))
    }

    private func parameterValue(_ lookup: VariableLookup) async throws(VariableFailure) -> ConfigurationValue? {
        guard let name = try lookup.addressText() else {
            throw .error(lookup.error(.invalidVariableArgument, "'param' has no name", help: ["write '${param:name}'"]))
        }
        if let value = context.parameters[name] { return ConfigurationValue(.string(value)) }
        let stage = try await stage()
        if let node = try await value(at: ["params", stage, name]), !node.isNull { return node }
        return try await value(at: ["params", "default", name])
    }

    private func booleanValue(_ lookup: VariableLookup) throws(VariableFailure) -> ConfigurationValue? {
        guard let input = lookup.parameters?.first, !input.isNull else {
            throw .error(
                lookup.error(
                    .invalidVariableArgument,
                    "'strToBool' has no input",
                    help: ["write '${strToBool(${env:NAME})}'"]
                )
            )
        }
        switch JavaScriptText.text(of: input).trimmed().lowercased() {
        case "true", "1": return ConfigurationValue(.bool(true))
        case "false", "0": return ConfigurationValue(.bool(false))
        default:
            let text = JavaScriptText.text(of: input)
            throw .error(
                lookup.error(
                    .invalidVariableArgument,
                    "the input of 'strToBool' must be 'true', 'false', '1' or '0', found '\(text)'",
                    help: ["give the input one of these values"]
                )
            )
        }
    }

    private func awsValue(_ lookup: VariableLookup) async throws(VariableFailure) -> ConfigurationValue? {
        try lookup.addressText() == "region" ? try await region() : try await remoteValue(.aws, lookup)
    }

    // MARK: Errors

    private func checkSource(_ type: String, _ written: String, _ owner: VariableOwner) throws(VariableFailure) {
        guard VariableParser.sources.contains(type) else { throw .error(unknownSource(type, written, owner)) }
        if let allowedSources, !allowedSources.contains(type) { throw .unavailable(source: type) }
    }
}

/// A query of one source, with resolved arguments.
struct VariableLookup {
    let type: String
    let parameters: [ConfigurationValue]?
    /// The address; `nil` if it is omitted.
    let address: ConfigurationValue?
    /// The whole variable as it is written.
    let written: String
    let owner: VariableOwner

    /// The address as a string.
    func addressText() throws(VariableFailure) -> String? {
        guard let address else { return nil }
        guard address.map == nil else {
            throw .error(
                error(
                    .invalidVariableArgument,
                    "the address of '\(type)' is a mapping",
                    help: ["refer to a string in the mapping"]
                )
            )
        }
        return JavaScriptText.text(of: address)
    }

    /// The steps of an address that must be a string, such as that of a property; empty for the whole configuration.
    func addressSteps() throws(VariableFailure) -> [String] {
        guard let address, address.isTruthy else { return [] }
        guard let text = address.string else {
            let found = JavaScriptText.text(of: address)
            throw .error(
                error(
                    .invalidVariableArgument,
                    "the address of '\(type)' must be a string, found '\(found)'",
                    help: ["write a path such as 'custom.name'"]
                )
            )
        }
        return text.steps()
    }

    /// An error of this variable.
    func error(
        _ code: DiagnosticCode,
        _ message: String,
        notes: [String] = [],
        help: [String] = []
    ) -> VariableError {
        owner.error(code, message, written, notes: notes, help: help)
    }
}

extension [String] {
    /// The names in quotes, separated by commas.
    func quoted() -> String { map { "'\($0)'" }.joined(separator: ", ") }
}
