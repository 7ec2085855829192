import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// Checks the settings that conflict with durable executions, or limit their duration.
///
/// Specification: "Lambda durable functions" in the AWS Lambda developer guide.
enum DurableFunctionChecks {
    private static let runtimes = [
        "java17", "java21", "java25", "nodejs22.x", "nodejs24.x", "python3.13", "python3.14",
    ]

    /// The events whose event source mapping invokes the function synchronously.
    private static let waitingSources: Set<String> = [
        "sqs", "stream", "kafka", "msk", "activemq", "rabbitmq",
    ]

    /// Checks a durable function.
    ///
    /// - Throws: ``DiagnosticError`` for settings that Lambda rejects together with `durableConfig`.
    static func check(_ function: CompiledFunction, _ context: CompileContext) throws(DiagnosticError) {
        let settings = function.node["durableConfig"]
        try checkRuntime(function, context, at: settings?.keyPlace ?? settings?.place)
        try refuse("destinations", of: function, help: "call the next function or service in the function itself")
        if let attempts = function.node["maximumRetryAttempts"] {
            throw conflict(
                attempts,
                "'maximumRetryAttempts'",
                of: function,
                help: "set retries in the steps of the function"
            )
        }
        if function.isAtEdge {
            let event = function.function.events.first { $0.source == "cloudFront" }
            throw conflict(
                event?.node,
                "a cloudFront event",
                of: function,
                help: "use another function at the edge"
            )
        }
        if let timeout = settings?["executionTimeout"], (timeout.number ?? 0) > 900,
            function.function.events.contains(where: { waitingSources.contains($0.source) })
        {
            throw DiagnosticError(
                .durableTimeoutTooLong,
                "\(function.label) has an event source mapping, but its 'executionTimeout' is "
                    + "\(timeout.json.text) seconds",
                at: timeout.place,
                notes: ["event source mappings wait at most 900 seconds for a function"],
                help: ["set 'durableConfig.executionTimeout' to at most 900"]
            )
        }
        if function.node["snapStart"]?.isTruthy == true { try checkSnapStart(function) }
    }

    private static func checkRuntime(
        _ function: CompiledFunction,
        _ context: CompileContext,
        at place: SourcePlace?
    ) throws(DiagnosticError) {
        guard let runtime = function.node["runtime"] ?? context.service.provider["runtime"],
            function.node["image"] == nil
        else { return }
        let name = runtime.string ?? runtime.json.text
        let hasSnapStart = function.node["snapStart"]?.isTruthy == true
        let known = hasSnapStart ? runtimes.filter { !$0.hasPrefix("nodejs") } : runtimes
        guard !known.contains(name) else { return }
        let settings = hasSnapStart ? "'durableConfig' and 'snapStart'" : "'durableConfig'"
        throw DiagnosticError(
            .unsupportedDurableRuntime,
            "the runtime '\(name)' of \(function.label) does not support \(settings)",
            at: place,
            help: ["use one of \(known.joined(separator: ", "))" + (hasSnapStart ? "" : ", or an image")]
        )
    }

    /// Checks the limits of SnapStart, which Lambda only reports during the deployment.
    private static func checkSnapStart(_ function: CompiledFunction) throws(DiagnosticError) {
        for setting in ["image", "fileSystemConfig"] {
            try refuse(setting, of: function, beside: "snapStart", help: "remove 'snapStart' or '\(setting)'")
        }
        if let size = function.node["ephemeralStorageSize"], (size.number ?? 0) > 512 {
            throw DiagnosticError(
                .unsupportedCombination,
                "\(function.label) has 'snapStart', but its 'ephemeralStorageSize' is \(size.json.text) MB",
                at: size.place,
                notes: ["SnapStart supports at most 512 MB"],
                help: ["set 'ephemeralStorageSize' to 512, or remove 'snapStart'"]
            )
        }
    }

    private static func refuse(
        _ setting: String,
        of function: CompiledFunction,
        beside other: String = "durableConfig",
        help: String
    ) throws(DiagnosticError) {
        guard let node = function.node[setting], node.isTruthy else { return }
        throw conflict(node, "'\(setting)'", beside: other, of: function, help: help)
    }

    private static func conflict(
        _ node: ConfigurationValue?,
        _ what: String,
        beside other: String = "durableConfig",
        of function: CompiledFunction,
        help: String
    ) -> DiagnosticError {
        DiagnosticError(
            .unsupportedCombination,
            "\(what) cannot be used with '\(other)', in \(function.label)",
            at: node?.keyPlace ?? node?.place,
            notes: ["Lambda does not support the combination"],
            help: [help]
        )
    }
}
