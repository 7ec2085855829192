/// The properties that plugins add to the configuration.
///
/// That such a plugin is not run is reported at its name, so that its properties are not reported as unknown.
enum PluginProperties {
    /// The properties that a plugin adds, by the place where they are allowed.
    private struct Additions {
        var root: Set<String> = []
        var function: Set<String> = []
        /// The properties of `http` and `httpApi` events.
        var route: Set<String> = []
    }

    private static let known: [String: Additions] = [
        "serverless-step-functions": Additions(root: ["stepFunctions"]),
        "serverless-appsync-plugin": Additions(root: ["appSync"]),
        "serverless-lift": Additions(root: ["constructs"]),
        "serverless-iam-roles-per-function": Additions(function: [
            "iamRoleStatements", "iamRoleStatementsName", "iamRoleStatementsInherit", "iamPermissionsBoundary",
        ]),
        "serverless-plugin-warmup": Additions(function: ["warmup"]),
        "serverless-plugin-canary-deployments": Additions(function: ["deploymentSettings"]),
        "serverless-plugin-aws-alerts": Additions(function: ["alarms"]),
        "serverless-plugin-lambda-dead-letter": Additions(function: ["deadLetter"]),
        "serverless-plugin-conditional-functions": Additions(function: ["enabled"]),
        "serverless-provisioned-concurrency-autoscaling": Additions(function: ["concurrencyAutoscaling"]),
        "serverless-webpack": Additions(function: ["entrypoint"]),
        "serverless-api-gateway-caching": Additions(route: ["caching"]),
        "serverless-api-gateway-throttling": Additions(route: ["throttling"]),
        "serverless-reqvalidator-plugin": Additions(route: ["reqValidatorName"]),
        "serverless-openapi-documentation": Additions(route: ["documentation"]),
        "serverless-openapi-documenter": Additions(route: ["documentation"]),
        "serverless-aws-documentation": Additions(route: ["documentation"]),
    ]

    /// Whether one of the plugins adds a property.
    ///
    /// - Parameters:
    ///   - name: the property.
    ///   - path: the keys and indexes that lead to the mapping that contains it.
    ///   - plugins: the names of the service's plugins.
    /// - Returns: whether a plugin adds it.
    static func have(_ name: String, at path: [String], of plugins: [String]) -> Bool {
        plugins.contains { plugin in
            guard let additions = known[plugin] else { return false }
            return switch path.count {
            case 0: additions.root.contains(name)
            case 2 where path[0] == "functions": additions.function.contains(name)
            case 5 where path[0] == "functions" && path[2] == "events" && ["http", "httpApi"].contains(path[4]):
                additions.route.contains(name)
            default: false
            }
        }
    }
}
