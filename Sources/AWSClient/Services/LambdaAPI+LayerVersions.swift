package import OrderedJSON

extension LambdaAPI {
    /// The versions of a layer, as Lambda lists them.
    ///
    /// - Returns: none if the layer does not exist.
    /// - Throws: ``AWSError``, errors of the credentials, `CancellationError`.
    package func layerVersions(of layer: String) async throws -> [JSONValue] {
        do {
            return try await client.pages { mark in
                let path = ["2018-10-31", "layers", layer, "versions"]
                var call = AWSCall.rest(.lambda, "ListLayerVersions", "GET", path)
                if let mark { call.query = [("Marker", mark)] }
                let json = try await client.json(call)
                return (json["LayerVersions"]?.arrayValue ?? [], json["NextMarker"]?.stringValue)
            }
        } catch let error as AWSError where error.status == 404 {
            return []
        }
    }

    /// Deletes a version of a layer; functions that use it keep it.
    package func deleteLayerVersion(_ layer: String, _ version: Int) async throws {
        let path = ["2018-10-31", "layers", layer, "versions", String(version)]
        _ = try await client.send(.rest(.lambda, "DeleteLayerVersion", "DELETE", path))
    }
}
