/// Credentials for basic authentication (RFC 7617).
package struct HTTPCredentials: Hashable, Sendable {
    /// The name of the user.
    package var user: String
    /// The password or token.
    package var password: Secret

    /// Creates the credentials of a user.
    package init(user: String, password: Secret) {
        self.user = user
        self.password = password
    }
}

/// The time limits of a transfer.
package struct HTTPTimeouts: Hashable, Sendable {
    /// The limit for connecting.
    package var connect: Duration
    /// The limit for a period in which no byte is sent or received.
    package var stall: Duration
    /// The limit for the whole transfer; `nil` for none.
    package var total: Duration?

    /// Creates limits; by default a transfer may take any time while bytes are sent or received.
    package init(connect: Duration = .seconds(15), stall: Duration = .seconds(30), total: Duration? = nil) {
        self.connect = connect
        self.stall = stall
        self.total = total
    }
}

/// A request to a server, with everything that decides how it is sent.
package struct HTTPRequest: Sendable {
    /// The content of a request.
    package enum Body: Hashable, Sendable {
        /// The request has no content.
        case none
        /// The content is in memory.
        case bytes([UInt8])
        /// The content is read from a file.
        case file(LocalPath)
        /// The content is a part of a file, which has to be there completely.
        case filePart(LocalPath, offset: Int64, length: Int64)
    }

    /// The method, in capitals.
    package var method: String
    /// The address; credentials in it are used if `credentials` is `nil`.
    package var address: WebAddress
    /// Header fields in addition to those of the transport; a `User-Agent` replaces that of the transport.
    package var headers: [HTTPHeader]
    /// The content that is sent.
    package var body: Body
    /// Credentials for basic authentication, which are sent only to the origin of the address.
    package var credentials: HTTPCredentials?
    /// Whether credentials are looked up in the user's netrc file.
    package var usesNetrc: Bool
    /// Whether redirects are followed (statuses 301 to 308); `Authorization` is never sent to another origin, and an
    /// `https` address never leads to an `http` address.
    package var followsRedirects: Bool
    /// The maximum size of a response that `send` accepts, in bytes.
    package var limitBytes: Int
    /// Whether `.` and `..` in the path are sent as they are; by default they are resolved first.
    package var keepsDotSegments: Bool
    /// The time limits of the transfer.
    package var timeouts: HTTPTimeouts
    /// The certificates that prove the identity of the server.
    package var trust: ServerTrust
    /// Whether the proxy of the environment is used; false for servers that only this machine can reach, such as the
    /// instance metadata service.
    package var usesProxy: Bool
    /// When the request is sent again after it failed.
    package var retries: RetryPolicy
    /// Completes the request just before each attempt, for header fields that depend on the time, such as a signature.
    package var prepare: (@Sendable (inout HTTPRequest) async throws -> Void)?
    /// Gets the number of bytes of the content that were sent, and its size; called on a thread of the transport.
    ///
    /// After a retry or a redirect, the number starts again from 0.
    package var uploadProgress: (@Sendable (_ sentBytes: Int64, _ totalBytes: Int64) -> Void)?

    /// Creates a request; by default a `GET` that follows redirects and accepts a response of up to 32 MiB.
    package init(
        _ method: String = "GET",
        _ address: WebAddress,
        headers: [HTTPHeader] = [],
        body: Body = .none,
        limitBytes: Int = 32 << 20
    ) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
        self.limitBytes = limitBytes
        usesNetrc = false
        followsRedirects = true
        keepsDotSegments = false
        timeouts = HTTPTimeouts()
        trust = .standard
        usesProxy = true
        retries = .standard(for: method)
    }

    /// The request as it is sent in one attempt: completed by `prepare`, which it no longer has.
    package func prepared() async throws -> HTTPRequest {
        var request = self
        request.prepare = nil
        try await prepare?(&request)
        return request
    }
}
