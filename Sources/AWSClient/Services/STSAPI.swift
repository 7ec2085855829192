package import HostSystem

/// The operations of the Security Token Service.
package struct STSAPI: Sendable {
    let client: AWSClient

    /// Who the credentials belong to.
    package struct Identity: Hashable, Sendable {
        /// The number of the account.
        package var account: String
        /// The ARN of the user or of the session of a role.
        package var arn: String
        /// The unique identifier of the user or role.
        package var userID: String
    }

    /// A role to assume.
    package struct RoleRequest: Hashable, Sendable {
        /// The role to assume.
        package var roleARN: String
        /// The name of the session, which is a part of the identity.
        package var sessionName: String
        /// The identifier that the role's owner requires.
        package var externalID: String?
        /// How long the credentials are valid.
        package var durationSeconds: Int?
        /// The device for multi-factor authentication.
        package var mfaSerial: String?
        /// The code of the device.
        package var mfaCode: Secret?

        /// Creates a request for a role.
        package init(roleARN: String, sessionName: String) {
            self.roleARN = roleARN
            self.sessionName = sessionName
        }
    }

    /// Finds out who the credentials belong to.
    package func callerIdentity() async throws -> Identity {
        let result = try await client.xml(.query(.sts, "GetCallerIdentity"))
        return Identity(
            account: result.text("Account") ?? "",
            arn: result.text("Arn") ?? "",
            userID: result.text("UserId") ?? ""
        )
    }

    /// Assumes a role with the credentials of the client.
    package func assumeRole(_ request: RoleRequest, origin: String) async throws -> AWSCredentials {
        var parameters = QueryParameters()
        parameters.add("RoleArn", request.roleARN)
        parameters.add("RoleSessionName", request.sessionName)
        parameters.add("ExternalId", request.externalID)
        parameters.add("DurationSeconds", request.durationSeconds)
        parameters.add("SerialNumber", request.mfaSerial)
        parameters.add("TokenCode", request.mfaCode?.revealed)
        let call = AWSCall.query(.sts, "AssumeRole", parameters)
        return try await credentials(call, origin: origin)
    }

    /// Assumes a role with the token of an identity provider, without other credentials.
    package func assumeRole(
        withWebIdentity token: Secret,
        _ request: RoleRequest,
        origin: String
    ) async throws -> AWSCredentials {
        var parameters = QueryParameters()
        parameters.add("RoleArn", request.roleARN)
        parameters.add("RoleSessionName", request.sessionName)
        parameters.add("WebIdentityToken", token.revealed)
        var call = AWSCall.query(.sts, "AssumeRoleWithWebIdentity", parameters)
        call.isSigned = false
        return try await credentials(call, origin: origin)
    }

    private func credentials(_ call: AWSCall, origin: String) async throws -> AWSCredentials {
        let result = try await client.xml(call)["Credentials"]
        guard let result, let key = result.text("AccessKeyId"), let secret = result.text("SecretAccessKey"),
            let token = result.text("SessionToken")
        else { throw client.error(.invalidResponse(detail: "the response has no credentials"), of: call) }
        return AWSCredentials(
            accessKeyID: key,
            secretAccessKey: Secret(secret),
            sessionToken: Secret(token),
            expiration: result.text("Expiration").flatMap { AWSTimestamp.iso8601($0) },
            origin: origin
        )
    }
}

extension AWSClient {
    /// The operations of the Security Token Service.
    package var sts: STSAPI { STSAPI(client: self) }
}
