import AWSClient
import CloudFormation
import ConfigurationValues
import Diagnostics
import HostSystem
package import OrderedJSON
import ServerlessConfig

/// What users want to know of a deployed service.
package struct ServiceInformation: Hashable, Sendable {
    /// A key of an API.
    package struct APIKey: Hashable, Sendable {
        /// The name in API Gateway.
        package let name: String
        /// The value, which is secret.
        package let value: String
        /// What the key is for, if the configuration says it.
        package let description: String?
    }

    /// A function of the service.
    package struct Function: Hashable, Sendable {
        /// The key in the configuration.
        package let key: String
        /// The name in AWS.
        package let name: String
    }

    /// A layer of the service.
    package struct Layer: Hashable, Sendable {
        /// The key in the configuration.
        package let key: String
        /// The ARN of the version that the stack has.
        package let arn: String
    }

    /// An output of the stack.
    package struct Output: Hashable, Sendable {
        /// The key in the template's outputs.
        package let key: String
        /// The value that CloudFormation computed.
        package let value: String
    }

    /// The name of the service.
    package let service: String
    /// The stage that is deployed.
    package let stage: String
    /// The region of the stack.
    package let region: String
    /// The name of the stack.
    package let stack: String
    /// The keys of APIs, in the order of the stack.
    package internal(set) var apiKeys: [APIKey] = []
    /// The addresses that invoke functions, each with what leads there, such as `GET - https://…`.
    package internal(set) var endpoints: [String] = []
    /// The functions, in the order of the configuration.
    package internal(set) var functions: [Function] = []
    /// The layers, in the order of the configuration.
    package internal(set) var layers: [Layer] = []
    /// The outputs of the stack.
    package internal(set) var outputs: [Output] = []

    /// The information as a JSON object.
    ///
    /// - Parameter isConcealed: whether secrets are omitted.
    /// - Returns: the object.
    package func json(isConcealed: Bool) -> JSONValue {
        [
            "service": .string(service), "stage": .string(stage), "region": .string(region), "stack": .string(stack),
            "apiKeys": .array(
                apiKeys.map { key in
                    var json: JSONValue = ["name": .string(key.name)]
                    if !isConcealed { json["value"] = .string(key.value) }
                    json["description"] = key.description.map { .string($0) }
                    return json
                }
            ),
            "endpoints": .array(endpoints.map { .string($0) }),
            "functions": .object(OrderedMap(functions.map { ($0.key, .string($0.name)) })),
            "layers": .object(OrderedMap(layers.map { ($0.key, .string($0.arn)) })),
            "outputs": .object(OrderedMap(outputs.map { ($0.key, .string($0.value)) })),
        ]
    }
}

extension ServiceInformation {
    /// Finds the information of a deployed service.
    ///
    /// - Throws: ``DiagnosticError`` if the service is not deployed, `AWSError`.
    package static func find(_ context: DeploymentContext) async throws -> ServiceInformation {
        async let stack = context.aws.cloudFormation.stack(context.names.stack)
        async let resources = context.aws.cloudFormation.resources(of: context.names.stack)
        guard let found = try await stack, !found.isOnlyReviewed else { throw DiagnosticError.missingStack(context) }
        return try await make(context, found, try await resources)
    }

    static func make(
        _ context: DeploymentContext,
        _ stack: Stack,
        _ resources: [StackResource]
    ) async throws -> ServiceInformation {
        let service = context.service
        var result = ServiceInformation(
            service: service.name,
            stage: service.stage,
            region: context.aws.region,
            stack: stack.name
        )
        let httpAPI = try await externalHTTPAPI(context)
        result.apiKeys = try await apiKeys(context, resources)
        result.endpoints = Endpoints(context: context, stack: stack, externalHTTPAPI: httpAPI).all
        result.functions = service.functions.map { Function(key: $0.key, name: $0.name) }
        result.layers = service.layers.compactMap { layer in
            stack.output("\(Naming.layerID(layer.key))QualifiedArn").map { Layer(key: layer.key, arn: $0) }
        }
        result.outputs = stack.outputs.map { Output(key: $0.key, value: $0.value) }
        return result
    }

    private static func apiKeys(_ context: DeploymentContext, _ resources: [StackResource]) async throws -> [APIKey] {
        let identifiers = resources.filter { $0.type == "AWS::ApiGateway::ApiKey" }.compactMap(\.physicalID)
        return try await identifiers.concurrentMap(limit: DeploymentContext.concurrentCalls) { identifier in
            let key = try await context.aws.apiGateway.apiKey(identifier)
            return APIKey(
                name: key["name"]?.stringValue ?? identifier,
                value: key["value"]?.stringValue ?? "",
                description: key["description"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
            )
        }
    }

    /// The address of an HTTP API that another stack made (`provider.httpApi.id`).
    private static func externalHTTPAPI(_ context: DeploymentContext) async throws -> String? {
        guard let identifier = context.service.provider["httpApi"]?["id"]?.string,
            context.service.functions.contains(where: { $0.events.contains { $0.source == "httpApi" } })
        else { return nil }
        return try await context.aws.apiGateway.api(identifier)?["apiEndpoint"]?.stringValue
    }
}
