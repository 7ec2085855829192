package import OrderedJSON

/// The operations of the Elastic Container Registry.
package struct ImageAPI: Sendable {
    let client: AWSClient

    /// The repository with a name.
    ///
    /// - Returns: `nil` if there is none.
    package func repository(_ name: String, registry: String? = nil) async throws -> JSONValue? {
        var parameters: JSONValue = ["repositoryNames": [.string(name)]]
        parameters["registryId"] = registry.map { .string($0) }
        do {
            let json = try await client.json(.json(.ecr, "DescribeRepositories", parameters))
            return json["repositories"]?.arrayValue?.first
        } catch let error as AWSError where error.code == "RepositoryNotFoundException" {
            return nil
        }
    }

    /// An image of a repository, by tag.
    ///
    /// - Returns: `nil` if there is none.
    package func image(tag: String, of repository: String, registry: String? = nil) async throws -> JSONValue? {
        var parameters: JSONValue = [
            "repositoryName": .string(repository), "imageIds": [["imageTag": .string(tag)]],
        ]
        parameters["registryId"] = registry.map { .string($0) }
        do {
            let json = try await client.json(.json(.ecr, "DescribeImages", parameters))
            return json["imageDetails"]?.arrayValue?.first
        } catch let error as AWSError
            where ["RepositoryNotFoundException", "ImageNotFoundException"].contains(error.code)
        {
            return nil
        }
    }
}

extension AWSClient {
    /// The operations of the Elastic Container Registry.
    package var images: ImageAPI { ImageAPI(client: self) }
}
