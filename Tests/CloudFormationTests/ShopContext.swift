import ConfigurationValues
import HostSystem
import OrderedJSON
import ServerlessConfig

@testable import CloudFormation

extension CompileContext {
    /// What is needed to compile a small service `shop`.
    ///
    /// - Parameters:
    ///   - functions: The functions by their keys.
    ///   - provider: What the provider says besides its name and a runtime.
    ///   - resources: The user's own resources.
    /// - Returns: The context, at a fixed time.
    static func shop(
        functions: JSONValue,
        provider: OrderedMap<JSONValue> = [:],
        resources: JSONValue = .object([:])
    ) -> CompileContext {
        var all: OrderedMap<JSONValue> = ["name": "aws", "runtime": "python3.13"]
        for (key, value) in provider { all[key] = value }
        let root: JSONValue = [
            "service": "shop", "provider": .object(all), "functions": functions, "resources": resources,
        ]
        return CompileContext(
            service: Service(root: ConfigurationValue(root), directory: "/service"),
            artifactDirectory: .shop
        )
    }
}

extension ArtifactDirectory {
    /// The directory of a deployment of the service `shop`, at a fixed time.
    static let shop = ArtifactDirectory(path: "serverless/shop/dev/0", milliseconds: 1_700_000_000_000)
}
