/// The operations of IAM.
package struct IAMAPI: Sendable {
    let client: AWSClient

    /// The ARN of a role.
    ///
    /// - Returns: `nil` if there is none.
    package func roleARN(_ name: String) async throws -> String? {
        var parameters = QueryParameters()
        parameters.add("RoleName", name)
        do {
            return try await client.xml(.query(.iam, "GetRole", parameters))["Role"]?.text("Arn")
        } catch let error as AWSError where error.code == "NoSuchEntity" {
            return nil
        }
    }
}

extension AWSClient {
    /// The operations of IAM.
    package var iam: IAMAPI { IAMAPI(client: self) }
}
