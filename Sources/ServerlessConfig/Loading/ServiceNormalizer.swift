import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// A normalizer that gives a resolved configuration the form that validation and `print` expect: with defaults, and
/// with lists of functions and resources merged.
struct ServiceNormalizer {
    /// The value of `--stage`; `nil` if it is not given.
    var stage: String?
    /// The value of `--region`; `nil` if it is not given.
    var region: String?
    /// The name of the configuration file.
    var file: String

    /// The configuration in its normal form.
    ///
    /// - Throws: ``DiagnosticError`` if the service or its provider has no name, or a part has a type that cannot be
    ///   handled.
    func normalized(_ configuration: ConfigurationValue) throws(DiagnosticError) -> ConfigurationValue {
        var root = configuration
        try checkNames(root)
        try checkForms(root)
        root["provider"] = provider(root)
        for key in ["resources", "functions"] {
            guard let whole = root[key], let parts = whole.list else { continue }
            root[key] = try merged(parts, of: key, in: whole)
        }
        let stage = stage ?? root["provider"]?["stage"].map(JavaScriptText.text(of:)) ?? "dev"
        let service = root["service"].map(JavaScriptText.text(of:)) ?? ""
        if let functions = root["functions"] {
            root["functions"] = try named(functions, prefix: "\(service)-\(stage)-")
        }
        return root
    }

    /// Checks that the events of each function are a list, which is required even if the validation only warns.
    func checkEvents(_ root: ConfigurationValue) throws(DiagnosticError) {
        for (key, function) in root["functions"]?.map ?? [:] {
            guard let events = function["events"], events.list == nil else { continue }
            throw DiagnosticError(
                .invalidType,
                "'functions.\(key).events' must be a list",
                at: events.place,
                help: ["start each event with '- '"]
            )
        }
    }

    /// A validated configuration with the properties that only `print` adds.
    func completed(_ configuration: ConfigurationValue) -> ConfigurationValue {
        var root = configuration
        if let bucket = root["provider"]?["deploymentBucket"], bucket.map != nil {
            let name = bucket["name"].flatMap { $0.isTruthy ? $0 : nil }
            root["provider"]?["deploymentBucketObject"] = bucket
            root["provider"]?["deploymentBucket"] =
                name ?? ConfigurationValue(.null, at: bucket.place, keyAt: bucket.keyPlace)
        }
        if root["package"]?.map != nil {
            let service = root["service"].map(JavaScriptText.text(of:)) ?? ""
            let stage = stage ?? root["provider"]?["stage"].map(JavaScriptText.text(of:)) ?? "dev"
            let folder = "\(deploymentPrefix(root))/\(service)/\(stage)/code-artifacts"
            root["package"]?["artifactsS3KeyDirname"] = ConfigurationValue(.string(folder))
        }
        return root
    }

    private func checkNames(_ root: ConfigurationValue) throws(DiagnosticError) {
        let start = root.place ?? SourcePlace(file: file)
        let provider = root["provider"]
        guard let provider, provider.isTruthy else {
            throw DiagnosticError(
                .missingProperty,
                "'\(file)' lacks the property 'provider'",
                at: start,
                help: ["add 'provider: { name: aws }'"]
            )
        }
        if provider.string == nil {
            guard let name = provider["name"], name.isTruthy else {
                throw DiagnosticError(
                    .missingProperty,
                    "'provider' lacks the property 'name'",
                    at: provider.place,
                    help: ["add 'name: aws'"]
                )
            }
        }
        guard let service = root["service"], service.isTruthy else {
            throw DiagnosticError(
                .missingProperty,
                "'\(file)' lacks the property 'service'",
                at: start,
                help: ["add 'service: <name>'"]
            )
        }
        guard service.map == nil, service.list == nil else {
            throw DiagnosticError(
                .invalidType,
                "'service' must be the name of the service, found a \(service.map == nil ? "list" : "mapping")",
                at: service.place,
                help: ["write 'service: \(service["name"]?.string ?? "<name>")'"]
            )
        }
    }

    /// Checks what Serverless rejects before the validation.
    private func checkForms(_ root: ConfigurationValue) throws(DiagnosticError) {
        if let region = root["provider"]?["region"], region.isTruthy, region.string == nil {
            throw DiagnosticError(.invalidType, "'provider.region' must be the name of a region", at: region.place)
        }
        let plugins = root["plugins"]
        for plugin in plugins?.list ?? plugins?["modules"]?.list ?? [] where plugin.string == nil {
            throw DiagnosticError(
                .invalidType,
                "'plugins' must contain the names of plugins",
                at: plugin.place ?? plugins?.place
            )
        }
    }

    /// The provider as a mapping, with stage, region and versioning.
    private func provider(_ root: ConfigurationValue) -> ConfigurationValue {
        var provider = root["provider"] ?? ConfigurationValue(.map([:]))
        if provider.map == nil {
            provider.content = .map(["name": ConfigurationValue(provider.content, at: provider.place)])
        }
        if provider["stage"] == nil { provider["stage"] = ConfigurationValue(.string("dev")) }
        if let region {
            provider["region"] = ConfigurationValue(.string(region))
        } else if provider["region"]?.isTruthy != true {
            provider["region"] = ConfigurationValue(.string("us-east-1"))
        }
        if provider["versionFunctions"] == nil { provider["versionFunctions"] = ConfigurationValue(.bool(true)) }
        return provider
    }

    private func deploymentPrefix(_ root: ConfigurationValue) -> String {
        root["provider"]?["deploymentPrefix"].map(JavaScriptText.text(of:)) ?? "serverless"
    }

    /// The result of merging a list of mappings; empty items are skipped.
    private func merged(
        _ parts: [ConfigurationValue],
        of key: String,
        in whole: ConfigurationValue?
    ) throws(DiagnosticError) -> ConfigurationValue {
        var result = ConfigurationValue(.map([:]), at: whole?.place, keyAt: whole?.keyPlace)
        for part in parts where part.isTruthy {
            guard part.map != nil || part.list != nil else {
                throw DiagnosticError(
                    .invalidType,
                    "the items of the list '\(key)' must be mappings, found '\(JavaScriptText.text(of: part))'",
                    at: part.place,
                    help: ["write the properties of each item below its name, as '\(JavaScriptText.text(of: part)):'"]
                )
            }
            result = result.merging(part)
        }
        return result
    }

    /// The functions with their events and names; those that are `null` are removed.
    private func named(_ functions: ConfigurationValue, prefix: String) throws(DiagnosticError) -> ConfigurationValue {
        guard let members = functions.map else {
            if !functions.isTruthy { return functions }
            throw DiagnosticError(
                .invalidType,
                "'functions' must be a mapping or a list of mappings",
                at: functions.place
            )
        }
        var result = OrderedMap<ConfigurationValue>()
        for (key, node) in members where !node.isNull {
            guard node.map != nil else {
                throw DiagnosticError(
                    .invalidType,
                    "\(ServiceFunction.label(ofKey: key)) must be a mapping, found '\(JavaScriptText.text(of: node))'",
                    at: node.keyPlace ?? node.place,
                    help: ["indent '\(key)' if it is a property of the function above it"]
                )
            }
            try checkParts(of: node, key)
            var function = node
            if function["events"]?.isTruthy != true { function["events"] = ConfigurationValue(.list([])) }
            if function["name"]?.isTruthy != true { function["name"] = ConfigurationValue(.string(prefix + key)) }
            result[key] = function
        }
        return ConfigurationValue(.map(result), at: functions.place, keyAt: functions.keyPlace)
    }

    /// Checks the parts of a function that must not be empty.
    private func checkParts(of function: ConfigurationValue, _ key: String) throws(DiagnosticError) {
        if let settings = function.map?["package"], settings.isNull {
            throw DiagnosticError(
                .emptyProperty,
                "'package' of \(ServiceFunction.label(ofKey: key)) is empty",
                at: settings.keyPlace ?? settings.place,
                help: ["add settings such as 'patterns', or remove it"]
            )
        }
        if let event = function["events"]?.list?.first(where: \.isNull) {
            throw DiagnosticError(
                .emptyProperty,
                "an event of \(ServiceFunction.label(ofKey: key)) is empty",
                at: event.place,
                help: ["write the event after its '- ', or remove the item"]
            )
        }
    }
}
