import HostSystem

/// The plugins that a service names.
enum Plugins {
    /// Plugins whose work is part of this program.
    private static let builtIn: Set<String> = ["serverless-python-requirements"]

    /// Plugins that change nothing that is packaged or deployed, and what their users miss without them.
    private static let harmless: [String: String] = [
        "serverless-offline": "'offline' commands",
        "serverless-offline-sqs": "'offline' commands",
        "serverless-offline-sns": "'offline' commands",
        "serverless-dynamodb-local": "'dynamodb' commands",
        "serverless-s3-local": "'offline' commands",
        "serverless-plugin-offline": "'offline' commands",
    ]

    /// What is to be told of plugins that are not there: a warning for each, with what is lost.
    static func warnings(_ root: Node) -> [Diagnostic] {
        let list = root["plugins"]?.list ?? root["plugins"]?["modules"]?.list ?? []
        return list.compactMap { node in
            guard let name = node.string, !builtIn.contains(name) else { return nil }
            if let commands = harmless[name] {
                return Diagnostic(
                    .note,
                    "the plugin '\(name)' is not run: its \(commands) are not there",
                    at: node.place
                )
            }
            return Diagnostic(
                .warning,
                "the plugin '\(name)' is not run: what it adds to the configuration, the package or the template is missing",
                at: node.place,
                notes: ["built in is 'serverless-python-requirements'"]
            )
        }
    }
}
