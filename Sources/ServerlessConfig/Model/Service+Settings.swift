/// The rest of what the configuration says of the service as a whole.
extension Service {
    /// The value of `provider.runtime`, `nil` where it is not set.
    package var runtime: Node? { provider["runtime"] }

    /// The value of `custom.pythonRequirements`, `nil` where it is not set.
    package var pythonRequirements: Node? { custom?["pythonRequirements"] }

    /// The plugins by their names, in order.
    package var plugins: [String] {
        let list = root["plugins"]?.list ?? root["plugins"]?["modules"]?.list ?? []
        return list.compactMap(\.string)
    }

    /// Whether `.env` files are read.
    package var usesDotenv: Bool { root["useDotenv"]?.isTruthy ?? false }

    /// The versions of Serverless that the service works with, as it is written; `nil` where it does not say.
    package var frameworkVersion: String? { root["frameworkVersion"].map(JavaScriptText.text(of:)) }

    /// A parameter of the configuration for the stage, without those of the command line.
    package func parameter(_ name: String) -> Node? {
        root["params"]?[stage]?[name] ?? root["params"]?["default"]?[name]
    }

    /// The runtime of a function: its own, else the provider's; `nil` where neither says.
    package func runtime(of function: Function) -> Node? { function.runtime ?? runtime }

    /// The architecture of a function: its own, else the provider's, else `x86_64`.
    package func architecture(of function: Function) -> String {
        (function.node["architecture"] ?? provider["architecture"])?.string ?? "x86_64"
    }
}
