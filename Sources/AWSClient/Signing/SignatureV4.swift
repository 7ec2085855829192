package import HostSystem

/// Signs requests with Signature Version 4 (AWS4-HMAC-SHA256) in the field `Authorization`.
package struct SignatureV4: Sendable {
    /// What the signature says of the content.
    package enum Payload: Hashable, Sendable {
        /// The digest of the content.
        case digest(SHA256Digest)
        /// The content is not part of the signature, which S3 accepts over TLS.
        case unsigned

        var text: String {
            switch self {
            case .digest(let digest): digest.hexadecimal
            case .unsigned: "UNSIGNED-PAYLOAD"
            }
        }
    }

    /// The keys to sign with.
    package var credentials: AWSCredentials
    /// The region in the scope of the signature.
    package var region: String
    /// The service in the scope of the signature, such as `s3`.
    package var service: String
    /// The time of the signature, in milliseconds since 1970.
    package var nowMilliseconds: Int64

    /// Creates a signer for one service at one time.
    package init(credentials: AWSCredentials, region: String, service: String, nowMilliseconds: Int64) {
        self.credentials = credentials
        self.region = region
        self.service = service
        self.nowMilliseconds = nowMilliseconds
    }

    /// The fields that proxies and clients change, which are not signed.
    private static let unsignedFields: Set<String> = [
        "authorization", "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
    ]

    /// S3 signs the path as it is sent; other services sign it normalized and encoded once more.
    private var isS3: Bool { service == "s3" || service == "s3-outposts" || service == "s3express" }

    /// Adds the date, the session token and the signature to a request.
    ///
    /// - Parameters:
    ///   - request: the complete request, whose path and query are encoded.
    ///   - payload: what the signature says of the content.
    package func sign(_ request: inout HTTPRequest, payload: Payload) {
        request.headers.removeAll {
            ["x-amz-date", "authorization", "x-amz-security-token", "x-amz-content-sha256"]
                .contains($0.name.lowercased())
        }
        request.headers.append(HTTPHeader("X-Amz-Date", timestamp))
        if let token = credentials.sessionToken { request.headers.append(HTTPHeader("X-Amz-Security-Token", token)) }
        if isS3 { request.headers.append(HTTPHeader("X-Amz-Content-SHA256", payload.text)) }
        let (fields, names) = canonicalFields(request)
        let canonical = canonicalRequest(request, payload: payload.text, fields: fields, names: names)
        let signature = signature(of: stringToSign(canonical))
        request.headers.append(
            HTTPHeader(
                "Authorization",
                Secret(
                    "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), SignedHeaders=\(names), "
                        + "Signature=\(signature)"
                )
            )
        )
    }

    // MARK: Steps

    /// The time as `20260203T040506Z`.
    private var timestamp: String {
        InstantText.iso8601(milliseconds: nowMilliseconds).prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    private var scope: String { "\(timestamp.prefix(8))/\(region)/\(service)/aws4_request" }

    /// The lines of the signed fields, and their names separated by semicolons.
    private func canonicalFields(_ request: HTTPRequest) -> (lines: String, names: String) {
        let address = request.address
        let isDefaultPort = address.port == nil || address.port == (address.scheme == "https" ? 443 : 80)
        var values: [String: [String]] = [:]
        for header in request.headers where !Self.unsignedFields.contains(header.name.lowercased()) {
            values[header.name.lowercased(), default: []].append(Self.collapsed(header.value))
        }
        if values["host"] == nil { values["host"] = [isDefaultPort ? address.host : address.authority] }
        let sorted = values.sorted { $0.key < $1.key }
        return (
            sorted.map { "\($0.key):\($0.value.joined(separator: ","))\n" }.joined(),
            sorted.map(\.key).joined(separator: ";")
        )
    }

    /// A value without white space around it, and with single spaces in it.
    private static func collapsed(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.joined(separator: " ")
    }

    /// The first step of the algorithm: the request in one form.
    func canonicalRequest(_ request: HTTPRequest, payload: String, fields: String, names: String) -> String {
        [
            request.method, canonicalPath(request.address.path), Self.canonicalQuery(request.address.query), fields,
            names, payload,
        ]
        .joined(separator: "\n")
    }

    private func canonicalPath(_ path: String) -> String {
        if isS3 { return path.isEmpty ? "/" : path }
        var components: [Substring] = []
        for component in path.split(separator: "/") where component != "." {
            if component == ".." { _ = components.popLast() } else { components.append(component) }
        }
        let hasSlash = path.hasSuffix("/") && !components.isEmpty
        let normalized = "/" + components.joined(separator: "/") + (hasSlash ? "/" : "")
        return PercentCoding.encode(normalized, allowing: "/")
    }

    private static func canonicalQuery(_ query: String?) -> String {
        let pairs = (query ?? "").split(separator: "&")
            .map { pair in
                let equals = pair.firstIndex(of: "=") ?? pair.endIndex
                return (name: String(pair[..<equals]), value: String(pair[equals...].dropFirst()))
            }
        return
            pairs.sorted { left, right in
                left.name == right.name
                    ? left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
                    : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
            }
            .map { "\($0.name)=\($0.value)" }
            .joined(separator: "&")
    }

    /// The second step: the time, the scope and the digest of the canonical request.
    private func stringToSign(_ canonicalRequest: String) -> String {
        ["AWS4-HMAC-SHA256", timestamp, scope, SHA256.digest(of: canonicalRequest).hexadecimal].joined(separator: "\n")
    }

    /// The third and fourth step: the signature with a key that is derived from the scope.
    private func signature(of text: String) -> String {
        var key = Array("AWS4\(credentials.secretAccessKey.revealed)".utf8)
        for part in [String(timestamp.prefix(8)), region, service, "aws4_request"] {
            key = HMACSHA256.code(of: part, key: key)
        }
        return Hexadecimal.text(of: HMACSHA256.code(of: text, key: key))
    }
}
