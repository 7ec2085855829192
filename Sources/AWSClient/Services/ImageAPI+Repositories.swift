import OrderedJSON

extension ImageAPI {
    /// Deletes a repository with all its images.
    ///
    /// - Returns: whether there was one.
    /// - Throws: ``AWSError``, errors of the credentials, `CancellationError`.
    package func deleteRepository(_ name: String, registry: String? = nil) async throws -> Bool {
        var parameters: JSONValue = ["repositoryName": .string(name), "force": true]
        parameters["registryId"] = registry.map { .string($0) }
        do {
            _ = try await client.json(.json(.ecr, "DeleteRepository", parameters))
            return true
        } catch let error as AWSError where error.code == "RepositoryNotFoundException" {
            return false
        }
    }
}
