package import OrderedJSON

/// The operations of API Gateway for REST APIs, and those for HTTP and WebSocket APIs that deployments need.
package struct APIGatewayAPI: Sendable {
    let client: AWSClient

    /// A change of a property, as JSON Patch has it.
    package struct Patch: Hashable, Sendable {
        /// `add`, `replace`, `remove` or `copy`.
        package var operation: String
        /// The path of the property.
        package var path: String
        /// The new value of the property.
        package var value: String?

        /// Creates a change of a property.
        package init(_ operation: String, _ path: String, _ value: String? = nil) {
            self.operation = operation
            self.path = path
            self.value = value
        }

        fileprivate var json: JSONValue {
            var json: JSONValue = ["op": .string(operation), "path": .string(path)]
            json["value"] = value.map { .string($0) }
            return json
        }
    }

    /// All REST APIs of the region.
    package func restAPIs() async throws -> [JSONValue] { try await items("GetRestApis", ["restapis"]) }

    /// The deployments of a REST API.
    package func deployments(of api: String) async throws -> [JSONValue] {
        try await items("GetDeployments", ["restapis", api, "deployments"])
    }

    /// A stage of a REST API.
    ///
    /// - Returns: `nil` if there is none.
    package func stage(_ name: String, of api: String) async throws -> JSONValue? {
        do {
            return try await client.json(.rest(.apiGateway, "GetStage", "GET", ["restapis", api, "stages", name]))
        } catch let error as AWSError where error.status == 404 {
            return nil
        }
    }

    /// Changes properties of a stage.
    package func updateStage(_ name: String, of api: String, _ patches: [Patch]) async throws {
        let path = ["restapis", api, "stages", name]
        _ = try await client.json(Self.patch("UpdateStage", path, patches))
    }

    /// Changes properties of a usage plan.
    package func updateUsagePlan(_ plan: String, _ patches: [Patch]) async throws {
        _ = try await client.json(Self.patch("UpdateUsagePlan", ["usageplans", plan], patches))
    }

    /// All usage plans of the region.
    package func usagePlans() async throws -> [JSONValue] { try await items("GetUsagePlans", ["usageplans"]) }

    /// An API key with its value.
    package func apiKey(_ identifier: String) async throws -> JSONValue {
        var call = AWSCall.rest(.apiGateway, "GetApiKey", "GET", ["apikeys", identifier])
        call.query = [("includeValue", "true")]
        return try await client.json(call)
    }

    /// Adds tags to a resource.
    package func tag(_ arn: String, _ tags: [String: String]) async throws {
        _ = try await client.json(.rest(.apiGateway, "TagResource", "PUT", ["tags", arn], body: Self.body(tags)))
    }

    /// Removes tags from a resource.
    package func untag(_ arn: String, _ keys: [String]) async throws {
        var call = AWSCall.rest(.apiGateway, "UntagResource", "DELETE", ["tags", arn])
        call.query = keys.map { ("tagKeys", $0) }
        _ = try await client.json(call)
    }

    /// An HTTP or WebSocket API.
    ///
    /// - Returns: `nil` if there is none.
    package func api(_ identifier: String) async throws -> JSONValue? {
        do {
            return try await client.json(.rest(.apiGatewayV2, "GetApi", "GET", ["v2", "apis", identifier]))
        } catch let error as AWSError where error.status == 404 {
            return nil
        }
    }

    private static func body(_ tags: [String: String]) -> JSONValue {
        ["tags": .object(OrderedMap(tags.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))]
    }

    private static func patch(_ operation: String, _ path: [String], _ patches: [Patch]) -> AWSCall {
        .rest(.apiGateway, operation, "PATCH", path, body: ["patchOperations": .array(patches.map(\.json))])
    }

    private func items(_ operation: String, _ path: [String]) async throws -> [JSONValue] {
        try await client.pages { mark in
            var call = AWSCall.rest(.apiGateway, operation, "GET", path)
            call.query = [("limit", "500")]
            if let mark { call.query.append(("position", mark)) }
            let json = try await client.json(call)
            // The service calls the list `item`, and some stand-ins `items`.
            let list = json["item"]?.arrayValue ?? json["items"]?.arrayValue ?? json["item"].map { [$0] } ?? []
            return (list, json["position"]?.stringValue)
        }
    }
}

extension AWSClient {
    /// The operations of API Gateway.
    package var apiGateway: APIGatewayAPI { APIGatewayAPI(client: self) }
}
