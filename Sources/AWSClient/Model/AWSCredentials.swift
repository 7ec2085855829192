package import HostSystem

/// The keys that sign requests to AWS.
package struct AWSCredentials: Hashable, Sendable {
    /// The identifier of the access key, which is not secret.
    package var accessKeyID: String
    /// The secret access key.
    package var secretAccessKey: Secret
    /// The token of temporary credentials; `nil` for those of a user.
    package var sessionToken: Secret?
    /// The time when they expire, in milliseconds since 1970; `nil` for never.
    package var expiration: Int64?
    /// The place where they were found, such as `the profile 'work'`.
    package var origin: String

    /// Creates credentials from their parts.
    package init(
        accessKeyID: String,
        secretAccessKey: Secret,
        sessionToken: Secret? = nil,
        expiration: Int64? = nil,
        origin: String
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
        self.origin = origin
    }
}

/// A source of credentials.
package protocol AWSCredentialsProvider: Sendable {
    /// Finds credentials that are valid now.
    ///
    /// - Throws: an error that can be shown as diagnostics if there are none.
    func credentials() async throws -> AWSCredentials
}

/// Credentials that are known in advance.
package struct StaticCredentials: AWSCredentialsProvider {
    private let known: AWSCredentials

    /// Creates a source that always has the same credentials.
    package init(_ known: AWSCredentials) { self.known = known }

    package func credentials() async throws -> AWSCredentials { known }
}
