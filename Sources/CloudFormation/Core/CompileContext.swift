package import HostSystem
package import OrderedJSON
package import ServerlessConfig

/// All that a resource family may read.
package struct CompileContext: Sendable {
    /// The service.
    package let service: Service
    /// The artifacts that the functions and layers run.
    package let artifacts: ArtifactReferences
    /// The functions with their names in the template, in the order of the file.
    package let functions: [CompiledFunction]

    /// Makes a context.
    package init(service: Service, artifacts: ArtifactReferences) {
        self.service = service
        self.artifacts = artifacts
        functions = service.functions.map { CompiledFunction($0, of: service) }
    }

    /// All events of one source, with their functions, in the order of the file.
    package func events(_ source: String) -> [(function: CompiledFunction, event: Event)] {
        functions.flatMap { function in
            function.function.events.filter { $0.source == source }.map { (function, $0) }
        }
    }
}

/// A function with what other resources need to refer to it.
package struct CompiledFunction: Sendable {
    /// The function's configuration.
    package let function: Function
    /// The key in `functions`.
    package var key: String { function.key }
    /// The name in AWS.
    package var name: String { function.name }
    /// The key as logical IDs hold it, such as `PriceDashquote`.
    package let normalizedName: String
    /// The logical ID of the function, such as `PriceDashquoteLambdaFunction`.
    package let logicalID: String
    /// The alias that events call instead of the function (provisioned concurrency, SnapStart, durable functions).
    package let alias: TargetAlias?

    /// The ARN that events call: that of the function, or of its alias.
    package var target: TemplateValue { alias.map { .ref($0.logicalID) } ?? .getAtt(logicalID, "Arn") }
    /// What resources that call the function depend on besides it: the alias.
    package var targetDependencies: [String] { alias.map { [$0.logicalID] } ?? [] }

    init(_ function: Function, of service: Service) {
        self.function = function
        normalizedName = Naming.normalizedFunctionName(function.key)
        logicalID = normalizedName + "LambdaFunction"
        alias = TargetAlias(function, of: service)
    }
}

/// An alias of a function that events call instead of the function itself.
package struct TargetAlias: Hashable, Sendable {
    /// The alias's name: `provisioned`, `snapstart` or `durable`.
    package let name: String
    /// The alias's logical ID, such as `PriceDashquoteProvConcLambdaAlias`.
    package let logicalID: String

    /// The alias of a function, `nil` where events call the function itself.
    init?(_ function: Function, of service: Service) {
        // Filled in by the family of versions and aliases.
        nil
    }
}

/// Where the artifacts of a service lie, in the terms of the template.
package struct ArtifactReferences: Sendable {
    /// One zip: its file name below the deployment's folder in S3 and the hash of its bytes.
    package struct Artifact: Hashable, Sendable {
        /// The file name, such as `orders.zip`.
        package let fileName: String
        /// The SHA-256 of the zip, in base64, as `CodeSha256` of a version has it.
        package let sha256Base64: String

        /// Makes a reference.
        package init(fileName: String, sha256Base64: String) {
            self.fileName = fileName
            self.sha256Base64 = sha256Base64
        }
    }

    /// The artifact of each function that is no image, by the key in `functions`.
    package var functions: [String: Artifact]
    /// The artifact of each layer, by the key in `layers`.
    package var layers: [String: Artifact]
    /// The folder in the bucket: `serverless/<service>/<stage>/<milliseconds>-<ISO time>`.
    package var directory: String

    /// Makes references.
    package init(functions: [String: Artifact], layers: [String: Artifact], directory: String) {
        self.functions = functions
        self.layers = layers
        self.directory = directory
    }
}
