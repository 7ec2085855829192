import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The functions, each with its version, alias, URL and settings for asynchronous invocations.
enum Functions: ResourceFamily {
    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        var destinations = DestinationPermissions()
        var later: [(function: CompiledFunction, archives: Int)] = []
        // Serverless looks up images before it compiles such functions, so they come after all zip files.
        let images = context.functions.filter { $0.node["image"]?.isTruthy == true }
        let zips = context.functions.filter { $0.node["image"]?.isTruthy != true }
        for function in zips + images {
            template.begin(.function(function))
            try FunctionChecks.check(function, context)
            let image = try FunctionImage(function, context)
            let resource = try FunctionResource(function, image, context).value(&template)
            template.resources[function.logicalID] = resource
            let isVersioned = FunctionVersion.add(function, image, context, into: &template)
            FunctionVersion.addLateSettings(function, context, into: &template)
            FunctionURL.add(function, into: &template)
            // Serverless reads the artifact of a function with versions before its destinations, so their statements
            // come after those of all functions without versions.
            if isVersioned, image == nil {
                later.append((function, VersionDigest.ownLayers(of: resource, context, template).count))
            } else {
                if isVersioned { destinations.aliased.insert(function.key) }
                try EventInvokeConfig.add(function, context, &destinations, into: &template)
            }
        }
        // Serverless also reads the archives of layers one after another; the sort is stable.
        for (function, _) in later.sorted(by: { $0.archives < $1.archives }) {
            template.begin(.function(function))
            destinations.aliased.insert(function.key)
            try EventInvokeConfig.add(function, context, &destinations, into: &template)
        }
    }
}

/// Checks of functions that the configuration schema cannot express.
enum FunctionChecks {
    static func check(_ function: CompiledFunction, _ context: CompileContext) throws(DiagnosticError) {
        let node = function.node
        let hasHandler = node["handler"]?.isTruthy == true
        if hasHandler == (node["image"]?.isTruthy == true) {
            throw DiagnosticError(
                hasHandler ? .conflictingProperties : .missingHandler,
                hasHandler
                    ? "conflicting properties 'handler' and 'image' of \(function.label)"
                    : "missing 'handler' or 'image' of \(function.label)",
                at: (hasHandler ? node["image"]?.keyPlace : nil) ?? node.keyPlace ?? node.place,
                help: [hasHandler ? "remove one of the two" : "set 'handler' to MODULE.FUNCTION, or 'image'"]
            )
        }
        if let start = node["snapStart"], start.isTruthy, node["provisionedConcurrency"]?.isTruthy == true {
            throw DiagnosticError(
                .conflictingProperties,
                "conflicting properties 'snapStart' and 'provisionedConcurrency' of \(function.label)",
                at: start.keyPlace ?? start.place,
                notes: ["Lambda supports only one of them for a function"],
                help: ["remove one of the two"]
            )
        }
        if function.isDurable { try DurableFunctionChecks.check(function, context) }
    }
}
