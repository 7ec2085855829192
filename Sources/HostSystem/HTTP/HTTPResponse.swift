/// The response of a server.
package struct HTTPResponse: Hashable, Sendable {
    /// The status (RFC 9110 section 15); the caller decides which ones are errors.
    package var status: Int
    /// The header fields of the last response, after redirects.
    package var headers: [HTTPHeader]
    /// The content, which may be empty.
    package var body: [UInt8]

    /// Creates a response from its parts.
    package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header field; the case of its name does not matter.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Whether the status means success (2xx).
    package var isSuccess: Bool { (200..<300).contains(status) }
}
