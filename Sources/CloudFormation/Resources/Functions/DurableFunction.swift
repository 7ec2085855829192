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
        try refuse("destinations", of: function, help: "let the function itself call what comes next")
        if let attempts = function.node["maximumRetryAttempts"] {
            throw conflict(
                attempts,
                "'maximumRetryAttempts'",
                of: function,
                help: "set retries at the function's steps"
            )
        }
        if function.isAtEdge {
            let event = function.function.events.first { $0.source == "cloudFront" }
            throw conflict(
                event?.node,
                "a cloudFront event",
                of: function,
                help: "let another function stand at the edge"
            )
        }
        if let timeout = settings?["executionTimeout"], (timeout.number ?? 0) > 900,
            function.function.events.contains(where: { waitingSources.contains($0.source) })
        {
            throw DiagnosticError(
                "\(function.label) is called by an event source mapping, but its 'executionTimeout' is "
                    + "\(timeout.json.text) seconds",
                at: timeout.place,
                notes: ["event source mappings wait for the function, 900 seconds at most"],
                help: ["set 'durableConfig.executionTimeout' to 900 or less"]
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
            "\(function.label) has \(settings), which the runtime '\(name)' does not know",
            at: place,
            help: ["use one of \(known.joined(separator: ", "))" + (hasSnapStart ? "" : ", or an image")]
        )
    }

    /// Checks the limits of SnapStart, which Lambda only reports during the deployment.
    private static func checkSnapStart(_ function: CompiledFunction) throws(DiagnosticError) {
        for setting in ["image", "fileSystemConfig"] {
            try refuse(setting, of: function, beside: "snapStart", help: "take 'snapStart' or '\(setting)' away")
        }
        if let size = function.node["ephemeralStorageSize"], (size.number ?? 0) > 512 {
            throw DiagnosticError(
                "\(function.label) has 'snapStart', but its 'ephemeralStorageSize' is \(size.json.text) MB",
                at: size.place,
                notes: ["Lambda takes snapshots of functions with 512 MB at most"],
                help: ["set 'ephemeralStorageSize' to 512, or take 'snapStart' away"]
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
            "\(function.label) has both '\(other)' and \(what)",
            at: node?.keyPlace ?? node?.place,
            notes: ["Lambda does not offer the two together"],
            help: [help]
        )
    }
}
