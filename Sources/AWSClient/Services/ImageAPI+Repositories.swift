package import HostSystem
import OrderedJSON

extension ImageAPI {
    /// Creates a repository, unless another run has just created it.
    ///
    /// - Parameters:
    ///   - name: the name of the repository.
    ///   - scansOnPush: whether images are checked for vulnerabilities when they are pushed.
    /// - Returns: the URI that images are pushed to, without a tag.
    /// - Throws: ``AWSError``, errors of the credentials, `CancellationError`.
    package func createRepository(_ name: String, scansOnPush: Bool) async throws -> String? {
        let parameters: JSONValue = [
            "repositoryName": .string(name), "imageScanningConfiguration": ["scanOnPush": .bool(scansOnPush)],
        ]
        do {
            let json = try await client.json(.json(.ecr, "CreateRepository", parameters))
            return json["repository"]?["repositoryUri"]?.stringValue
        } catch let error as AWSError where error.code == "RepositoryAlreadyExistsException" {
            return try await repository(name)?["repositoryUri"]?.stringValue
        }
    }

    /// Lets ECR delete all but the newest images of a repository.
    package func keepImages(_ count: Int, of repository: String) async throws {
        let policy: JSONValue = [
            "rules": [
                [
                    "rulePriority": 1, "action": ["type": "expire"],
                    "selection": [
                        "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": .number(Double(count)),
                    ],
                ]
            ]
        ]
        let parameters: JSONValue = [
            "repositoryName": .string(repository), "lifecyclePolicyText": .string(JSONWriter().text(of: policy)),
        ]
        _ = try await client.json(.json(.ecr, "PutLifecyclePolicy", parameters))
    }

    /// The user and the password with which a container engine logs in to the registry of the account, for 12 hours.
    ///
    /// - Returns: `nil` if the response has none.
    package func authorization() async throws -> (user: String, password: Secret)? {
        let json = try await client.json(.json(.ecr, "GetAuthorizationToken", [:]))
        let token = json["authorizationData"]?.arrayValue?.first?["authorizationToken"]?.stringValue
        guard let bytes = token.flatMap({ Base64.decode($0) }) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1)
        return parts.count == 2 ? (String(parts[0]), Secret(String(parts[1]))) : nil
    }

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
