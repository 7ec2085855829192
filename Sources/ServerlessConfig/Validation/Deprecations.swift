import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// The properties and defaults that are deprecated in Serverless 3.
enum Deprecations {
    /// The deprecations in a configuration, as notes.
    ///
    /// `disabledDeprecations` and `SLS_DEPRECATION_DISABLE` remove those with some codes, or all with `*`.
    ///
    /// - Throws: ``DiagnosticError`` for the first one if `deprecationNotificationMode` or
    ///   `SLS_DEPRECATION_NOTIFICATION_MODE` is `error`.
    static func found(
        in root: ConfigurationValue,
        environment: [String: String]
    ) throws(DiagnosticError) -> [Diagnostic] {
        try reported(all(in: root), root, environment, after: [])
    }

    /// The note that problems are only warnings, for a service that does not set a mode.
    ///
    /// - Parameters:
    ///   - root: the configuration.
    ///   - environment: variables that turn deprecations off or make them errors.
    ///   - errors: the diagnostics to report with the note if it is an error.
    /// - Returns: the note; `nil` if it is turned off.
    /// - Throws: ``DiagnosticError`` if deprecations are errors.
    static func missingMode(
        _ root: ConfigurationValue,
        environment: [String: String],
        after errors: [Diagnostic]
    ) throws(DiagnosticError) -> Diagnostic? {
        let deprecation = Deprecation(
            .validationModeNotSet,
            code: "CONFIG_VALIDATION_MODE_DEFAULT_V3",
            message: "problems like these are only warnings, because 'configValidationMode' is not set",
            place: nil,
            help: "set 'configValidationMode: error' to make them errors, or 'warn' to keep the warnings"
        )
        return try reported([deprecation], root, environment, after: errors).first
    }

    private static func reported(
        _ deprecations: [Deprecation],
        _ root: ConfigurationValue,
        _ environment: [String: String],
        after errors: [Diagnostic]
    ) throws(DiagnosticError) -> [Diagnostic] {
        let disabled = disabledCodes(root, environment)
        guard !disabled.contains("*") else { return [] }
        let found = deprecations.filter { !disabled.contains($0.code) }
        if areErrors(root, environment), let first = found.first {
            let error = Diagnostic(
                .error,
                first.diagnosticCode,
                first.message,
                at: first.place,
                notes: [
                    "'deprecationNotificationMode' makes deprecations errors; the code of this one is \(first.code)"
                ],
                help: [first.help]
            )
            throw DiagnosticError(errors + [error])
        }
        return found.map { deprecation in
            Diagnostic(
                .note,
                deprecation.diagnosticCode,
                deprecation.message,
                at: deprecation.place,
                help: [deprecation.help]
            )
        }
    }

    /// Whether deprecations are errors; the environment takes precedence over the configuration.
    private static func areErrors(_ root: ConfigurationValue, _ environment: [String: String]) -> Bool {
        if let mode = environment["SLS_DEPRECATION_NOTIFICATION_MODE"], ["error", "warn"].contains(mode) {
            return mode == "error"
        }
        return root["deprecationNotificationMode"]?.string == "error"
    }

    private struct Deprecation {
        let diagnosticCode: DiagnosticCode
        /// The code that Serverless gives the deprecation.
        let code: String
        let message: String
        let place: SourcePlace?
        let help: String

        init(_ diagnosticCode: DiagnosticCode, code: String, message: String, place: SourcePlace?, help: String) {
            self.diagnosticCode = diagnosticCode
            self.code = code
            self.message = message
            self.place = place
            self.help = help
        }
    }

    private static func disabledCodes(_ root: ConfigurationValue, _ environment: [String: String]) -> Set<String> {
        let configured = root["disabledDeprecations"]
        let codes = configured?.string.map { [$0] } ?? configured?.list?.compactMap(\.string) ?? []
        let variables = environment["SLS_DEPRECATION_DISABLE"]?.split(separator: ",").map(String.init) ?? []
        return Set(codes + variables)
    }

    private static func all(in root: ConfigurationValue) -> [Deprecation] {
        roleProperties(root) + rootProperties(root) + providerProperties(root) + packagePatterns(root)
    }

    private static func roleProperties(_ root: ConfigurationValue) -> [Deprecation] {
        let replaced: [([String], String)] = [
            (["role"], "iam.role"), (["rolePermissionsBoundary"], "iam.role.permissionsBoundary"),
            (["iam", "role", "permissionBoundary"], "iam.role.permissionsBoundary"),
            (["iamManagedPolicies"], "iam.role.managedPolicies"), (["iamRoleStatements"], "iam.role.statements"),
            (["cfnRole"], "iam.deploymentRole"),
        ]
        return replaced.compactMap { keys, replacement in
            var node = root["provider"]
            for key in keys { node = node?[key] }
            guard let node else { return nil }
            return Deprecation(
                .deprecatedProperty,
                code: "PROVIDER_IAM_SETTINGS_V3",
                message: "'provider.\(keys.joined(separator: "."))' is deprecated",
                place: node.keyPlace ?? node.place,
                help: "use 'provider.\(replacement)' instead"
            )
        }
    }

    private static func rootProperties(_ root: ConfigurationValue) -> [Deprecation] {
        let removed = [
            ("projectDir", "PROJECT_DIR"), ("variablesResolutionMode", "VARIABLES_RESOLUTION_MODE"),
            ("console", "CONSOLE_CONFIGURATION"),
        ]
        return removed.compactMap { key, code in
            root[key].map { ineffective(key, $0, code) }
        }
    }

    private static func providerProperties(_ root: ConfigurationValue) -> [Deprecation] {
        let provider = root["provider"]
        var result: [Deprecation] = []
        if let version = provider?["lambdaHashingVersion"] {
            result.append(ineffective("provider.lambdaHashingVersion", version, "LAMBDA_HASHING_VERSION_PROPERTY"))
        }
        if let tags = provider?[path: "httpApi", "useProviderTags"], tags.isTruthy {
            result.append(
                ineffective("provider.httpApi.useProviderTags", tags, "AWS_HTTP_API_USE_PROVIDER_TAGS_PROPERTY")
            )
        }
        let events = (root["functions"]?.map?.values ?? []).flatMap { $0["events"]?.list ?? [] }
        if let native = provider?[path: "eventBridge", "useCloudFormation"] {
            let usesCustomResource = native.bool == false && events.contains { $0["eventBridge"]?.isTruthy == true }
            result.append(
                Deprecation(
                    usesCustomResource ? .deprecatedProperty : .ineffectiveProperty,
                    code: "AWS_EVENT_BRIDGE_CUSTOM_RESOURCE_LEGACY_OPT_IN",
                    message: usesCustomResource
                        ? "event buses and rules that a custom resource creates are deprecated"
                        : "'provider.eventBridge.useCloudFormation' no longer has an effect",
                    place: native.keyPlace ?? native.place,
                    help: "remove 'provider.eventBridge.useCloudFormation'"
                        + (usesCustomResource ? "; CloudFormation then creates the rules itself" : "")
                )
            )
        }
        let namesService = provider?[path: "kinesis", "consumerNamingMode"]?.string == "serviceSpecific"
        if !namesService,
            let stream = events.compactMap({ $0["stream"] }).first(where: { $0["consumer"]?.isTruthy == true })
        {
            result.append(
                Deprecation(
                    .deprecatedDefault,
                    code: "KINESIS_CONSUMER_NAME_CONTAINING_SERVICE",
                    message: "Kinesis consumers whose name lacks that of the service are deprecated",
                    place: stream.place,
                    help: "set 'provider.kinesis.consumerNamingMode: serviceSpecific', which replaces the consumers"
                )
            )
        }
        return result + eventHabits(events, provider)
    }

    private static func eventHabits(_ events: [ConfigurationValue], _ provider: ConfigurationValue?) -> [Deprecation] {
        var result: [Deprecation] = []
        if let skill = events.first(where: { $0.string == "alexaSkill" }) {
            result.append(
                Deprecation(
                    .deprecatedDefault,
                    code: "ALEXA_SKILL_EVENT_WITHOUT_APP_ID",
                    message: "an event 'alexaSkill' without an application ID is deprecated",
                    place: skill.place,
                    help: "write 'alexaSkill: <application ID>'"
                )
            )
        }
        let usesTags = provider?[path: "websocket", "useProviderTags"]?.isTruthy == true
        if let tags = provider?["tags"], !usesTags, events.contains(where: { $0["websocket"]?.isTruthy == true }),
            provider?[path: "apiGateway", "websocketApiId"]?.isTruthy != true
        {
            result.append(
                Deprecation(
                    .deprecatedDefault,
                    code: "AWS_WEBSOCKET_API_USE_PROVIDER_TAGS",
                    message: "a WebSocket API without the tags of 'provider.tags' is deprecated",
                    place: tags.keyPlace ?? tags.place,
                    help: "set 'provider.websocket.useProviderTags: true' to add the tags"
                )
            )
        }
        return result
    }

    private static func packagePatterns(_ root: ConfigurationValue) -> [Deprecation] {
        let members = ["functions", "layers"].flatMap { root[$0]?.map?.values ?? [] }
        let owners = [root["package"]] + members.map { $0["package"] }
        let used =
            owners.compactMap { owner in
                [owner?["include"], owner?["exclude"]].compactMap(\.self).first(where: \.isTruthy)
            }
            .first
        return used.map { node in
            [
                Deprecation(
                    .deprecatedProperty,
                    code: "PACKAGE_PATTERNS",
                    message: "'package.include' and 'package.exclude' are deprecated",
                    place: node.keyPlace ?? node.place,
                    help: "use 'package.patterns', with '!' before patterns that exclude files"
                )
            ]
        } ?? []
    }

    private static func ineffective(_ name: String, _ node: ConfigurationValue, _ code: String) -> Deprecation {
        Deprecation(
            .ineffectiveProperty,
            code: code,
            message: "'\(name)' no longer has an effect",
            place: node.keyPlace ?? node.place,
            help: "remove it"
        )
    }
}
