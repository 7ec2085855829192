/// A header field (RFC 9110 section 6.3); its value is not shown.
package struct HTTPHeader: Hashable, Sendable {
    /// The name, as it is sent.
    package var name: String
    /// The value.
    package var value: Secret

    /// Makes a header field.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = Secret(value)
    }
}

/// Who asks, for basic authentication (RFC 7617).
package struct HTTPCredentials: Hashable, Sendable {
    /// The user's name.
    package var user: String
    /// The password or token.
    package var password: Secret

    /// Makes credentials.
    package init(user: String, password: Secret) {
        self.user = user
        self.password = password
    }
}

/// How long a transfer may take.
package struct HTTPTimeouts: Hashable, Sendable {
    /// To be connected.
    package var connect: Duration
    /// Without a byte coming or going.
    package var stall: Duration
    /// From begin to end; `nil` for no limit.
    package var total: Duration?

    /// Makes limits.
    package init(connect: Duration = .seconds(15), stall: Duration = .seconds(30), total: Duration? = nil) {
        self.connect = connect
        self.stall = stall
        self.total = total
    }
}

/// What is asked of a server.
package struct HTTPRequest: Sendable {
    /// What is sent with the request.
    package enum Body: Hashable, Sendable {
        /// Nothing.
        case none
        /// These bytes.
        case bytes([UInt8])
        /// What a file holds.
        case file(LocalPath)
    }

    /// The method, in capitals.
    package var method: String
    /// The address; credentials in it count where `credentials` is `nil`.
    package var address: WebAddress
    /// Header fields beside those that the transport sets.
    package var headers: [HTTPHeader]
    /// What is sent.
    package var body: Body
    /// Basic credentials, which only the address's own origin gets.
    package var credentials: HTTPCredentials?
    /// Whether the user's netrc file is asked for credentials.
    package var usesNetrc: Bool
    /// Whether answers 301 to 308 are followed; `Authorization` is never sent to another origin.
    package var followsRedirects: Bool
    /// The largest answer that `send` keeps.
    package var limitBytes: Int
    /// How long it may take.
    package var timeouts: HTTPTimeouts
    /// The trusted certificates (PEM); `nil` for those that the environment or the system names.
    package var certificates: LocalPath?
    /// Whether the server must prove who it is; false only where the user said so (`--trusted-host`).
    package var verifiesServer: Bool

    /// Describes a request, by default a `GET` that follows redirects and keeps up to 32 MiB.
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
        timeouts = HTTPTimeouts()
        verifiesServer = true
    }
}

/// A server's answer.
package struct HTTPResponse: Hashable, Sendable {
    /// The status (RFC 9110 section 15); any is an answer, the caller judges it.
    package var status: Int
    /// The header fields of the last answer, after redirects.
    package var headers: [HTTPHeader]
    /// The content.
    package var body: [UInt8]

    /// Makes an answer.
    package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header field, whatever the case of its name.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value.revealed
    }

    /// Whether the status is one of success.
    package var isSuccess: Bool { (200..<300).contains(status) }
}

/// Where a download goes.
package struct HTTPDownload: Sendable {
    /// The file, which is made or, with `resumes`, continued.
    package var destination: LocalPath
    /// Whether what the file holds already is kept and only the rest asked for.
    package var resumes: Bool
    /// The most bytes that the file may hold.
    package var limitBytes: Int64
    /// Whether the bytes have reached the disk when the download ends.
    package var isDurable: Bool
    /// Gets the bytes that the file holds and those it will hold, where known; called on a thread of the transport.
    package var progress: (@Sendable (_ receivedBytes: Int64, _ totalBytes: Int64?) -> Void)?

    /// Describes a download.
    package init(
        to destination: LocalPath,
        resumes: Bool = false,
        limitBytes: Int64 = 4 << 30,
        isDurable: Bool = false,
        progress: (@Sendable (_ receivedBytes: Int64, _ totalBytes: Int64?) -> Void)? = nil
    ) {
        self.destination = destination
        self.resumes = resumes
        self.limitBytes = limitBytes
        self.isDurable = isDurable
        self.progress = progress
    }
}

/// What a download brought.
package struct HTTPDownloadResult: Sendable {
    /// The answer without its content.
    ///
    /// Where the status is not one of success, the body holds the beginning of what the server said, and the file
    /// holds what it held before.
    package var response: HTTPResponse
    /// The digest of all that the file holds.
    package var sha256: SHA256Digest
    /// The bytes that the file holds.
    package var size: Int64

    /// Makes a result.
    package init(response: HTTPResponse, sha256: SHA256Digest, size: Int64) {
        self.response = response
        self.sha256 = sha256
        self.size = size
    }
}
