import HostSystem
import OrderedJSON
import ServerlessConfig

/// The functions, each with its version, alias, URL and settings for asynchronous calls.
enum Functions: ResourceFamily {
    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        var destinations = DestinationPermissions()
        var later: [(function: CompiledFunction, archives: Int)] = []
        // Serverless asks for images before it does anything else with a function, so what they add comes after all
        // zips.
        let images = context.functions.filter { $0.node["image"]?.isTruthy == true }
        let zips = context.functions.filter { $0.node["image"]?.isTruthy != true }
        for function in zips + images {
            try FunctionChecks.check(function, context)
            let image = try FunctionImage(function, context)
            let resource = try FunctionResource(function, image, context).value(&template)
            template.resources[function.logicalID] = resource
            let isVersioned = FunctionVersion.add(function, image, context, into: &template)
            FunctionVersion.addLateSettings(function, context, into: &template)
            FunctionURL.add(function, into: &template)
            // Serverless reads the artifact before it looks at the destinations of a function that has versions, so
            // their statements come after those of all functions without.
            if isVersioned, image == nil {
                later.append((function, VersionDigest.ownLayers(of: resource, context, template).count))
            } else {
                if isVersioned { destinations.aliased.insert(function.key) }
                try EventInvokeConfig.add(function, context, &destinations, into: &template)
            }
        }
        // It reads the archives of the service's layers one after another too; sorting keeps the order of equals.
        for (function, _) in later.sorted(by: { $0.archives < $1.archives }) {
            destinations.aliased.insert(function.key)
            try EventInvokeConfig.add(function, context, &destinations, into: &template)
        }
    }
}

/// What cannot be said of a function by its configuration's schema alone.
enum FunctionChecks {
    static func check(_ function: CompiledFunction, _ context: CompileContext) throws(DiagnosticError) {
        let node = function.node
        let hasHandler = node["handler"]?.isTruthy == true
        if hasHandler == (node["image"]?.isTruthy == true) {
            throw DiagnosticError(
                "the function '\(function.key)' has \(hasHandler ? "both 'handler' and 'image'" : "neither 'handler' nor 'image'")",
                at: (hasHandler ? node["image"]?.keyPlace : nil) ?? node.keyPlace ?? node.place,
                help: [hasHandler ? "take one of the two away" : "set 'handler' to MODULE.FUNCTION, or 'image'"]
            )
        }
        if let start = node["snapStart"], start.isTruthy, node["provisionedConcurrency"]?.isTruthy == true {
            throw DiagnosticError(
                "the function '\(function.key)' has both 'snapStart' and 'provisionedConcurrency'",
                at: start.keyPlace ?? start.place,
                notes: ["Lambda offers either for a function"],
                help: ["take one of the two away"]
            )
        }
        if function.isDurable { try checkDurable(function, context) }
    }

    private static let durableRuntimes: Set<String> = [
        "nodejs22.x", "nodejs24.x", "python3.13", "python3.14", "java17", "java21", "java25",
    ]

    /// Events whose mapping waits for the function.
    private static let waitingSources: Set<String> = [
        "sqs", "stream", "kafka", "msk", "activemq", "rabbitmq",
    ]

    private static func checkDurable(
        _ function: CompiledFunction,
        _ context: CompileContext
    ) throws(DiagnosticError) {
        let settings = function.node["durableConfig"]
        let place = settings?.keyPlace ?? settings?.place
        if let runtime = function.node["runtime"] ?? context.service.provider["runtime"],
            function.node["image"] == nil, !durableRuntimes.contains(runtime.string ?? "")
        {
            throw DiagnosticError(
                "the function '\(function.key)' has 'durableConfig', which the runtime '\(runtime.json.text)' does not know",
                at: place,
                help: ["use one of \(durableRuntimes.sorted().joined(separator: ", ")), or an image"]
            )
        }
        if let destinations = function.node["destinations"], destinations.isTruthy {
            throw DiagnosticError(
                "the function '\(function.key)' has both 'durableConfig' and 'destinations'",
                at: destinations.keyPlace ?? destinations.place,
                notes: ["Lambda offers no destinations for durable functions"],
                help: ["let the function itself call what comes next"]
            )
        }
        if let timeout = settings?["executionTimeout"], (timeout.number ?? 0) > 900,
            function.function.events.contains(where: { waitingSources.contains($0.source) })
        {
            throw DiagnosticError(
                "the function '\(function.key)' is called by an event source mapping, but its 'executionTimeout' is "
                    + "\(timeout.json.text) seconds",
                at: timeout.place,
                notes: ["event source mappings wait for the function, 900 seconds at most"],
                help: ["set 'durableConfig.executionTimeout' to 900 or less"]
            )
        }
    }
}

extension CompiledFunction {
    /// Whether the function's executions are durable (`durableConfig`).
    var isDurable: Bool { node["durableConfig"]?.isTruthy == true }
}
