import HostSystem
import OrderedJSON

/// A request to a service before it has an address and a signature.
struct AWSCall: Sendable {
    /// The service to call.
    var service: AWSService
    /// The operation, such as `DescribeStacks`.
    var operation: String
    /// The method, in capitals.
    var method = "POST"
    /// The encoded path below the endpoint.
    var path = "/"
    /// The query, in order; the values are encoded when it is sent, and one that is `nil` is only a name.
    var query: [(name: String, value: String?)] = []
    /// Header fields that belong to the operation.
    var headers: [HTTPHeader] = []
    /// The content that is sent.
    var body: HTTPRequest.Body = .none
    /// The digest of the content, which is calculated if it is in memory.
    var digest: SHA256Digest?
    /// Whether the call has a signature.
    var isSigned = true
    /// Whether a call that may have had its effect is sent again.
    var isIdempotent = true
    /// The bucket that the call is for, whose name becomes a part of the address.
    var bucket: String?
    /// The region to call; `nil` for that of the client.
    var region: String?
    /// The maximum size of a response in bytes.
    var limitBytes = 32 << 20
    /// The longest time in which nothing is sent or received, for calls that take long; `nil` for that of the client.
    var stall: Duration?
    /// Whether a response with status 200 can hold an error, as for long operations of S3.
    var mayFailLate = false
    /// Gets the number of bytes that were sent, and their total; after a retry, the number starts again from 0.
    var uploadProgress: (@Sendable (_ sentBytes: Int64, _ totalBytes: Int64) -> Void)?

    /// Creates a call of an operation.
    init(_ service: AWSService, _ operation: String) {
        self.service = service
        self.operation = operation
    }

    /// Creates a call of a service with form parameters.
    static func query(_ service: AWSService, _ operation: String, _ parameters: QueryParameters = .init()) -> AWSCall {
        var call = AWSCall(service, operation)
        guard case .query(let version) = service.wire else { preconditionFailure("\(service.name) has no forms") }
        call.headers = [HTTPHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]
        call.body = .bytes(parameters.form(operation: operation, version: version))
        return call
    }

    /// Creates a call of a service whose operations are JSON documents.
    static func json(_ service: AWSService, _ operation: String, _ parameters: JSONValue) -> AWSCall {
        var call = AWSCall(service, operation)
        guard case .json(let prefix) = service.wire else { preconditionFailure("\(service.name) has no documents") }
        call.headers = [
            HTTPHeader("Content-Type", "application/x-amz-json-1.1"),
            HTTPHeader("X-Amz-Target", "\(prefix).\(operation)"),
        ]
        call.body = .bytes(JSONWriter().bytes(of: parameters))
        return call
    }

    /// Creates a call of a service with resources.
    ///
    /// - Parameters:
    ///   - service: the service.
    ///   - operation: the name of the operation in policies and errors.
    ///   - method: the method.
    ///   - path: the components of the path, which are encoded here.
    ///   - body: the JSON document to send.
    /// - Returns: the call.
    static func rest(
        _ service: AWSService,
        _ operation: String,
        _ method: String,
        _ path: [String],
        body: JSONValue? = nil
    ) -> AWSCall {
        var call = AWSCall(service, operation)
        call.method = method
        call.path = "/" + path.map { PercentCoding.encode($0) }.joined(separator: "/")
        if let body {
            call.headers = [HTTPHeader("Content-Type", "application/json")]
            call.body = .bytes(JSONWriter().bytes(of: body))
        }
        return call
    }

    /// The encoded query; `nil` if there is none.
    var encodedQuery: String? {
        guard !query.isEmpty else { return nil }
        return query.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value ?? ""))" }
            .joined(separator: "&")
    }
}

/// The parameters of a query operation, in order, as names with values.
struct QueryParameters {
    private var pairs: [(name: String, value: String)] = []

    /// Adds a parameter; `nil` adds nothing.
    mutating func add(_ name: String, _ value: String?) {
        if let value { pairs.append((name, value)) }
    }

    /// Adds a flag; `nil` adds nothing.
    mutating func add(_ name: String, _ value: Bool?) { add(name, value.map { $0 ? "true" : "false" }) }

    /// Adds a number; `nil` adds nothing.
    mutating func add(_ name: String, _ value: Int?) { add(name, value.map(String.init)) }

    /// Adds a list of strings; an empty list means that the operation removes what there is.
    mutating func add(_ name: String, _ values: [String]?) {
        guard let values else { return }
        if values.isEmpty { add(name, "") }
        for (index, value) in values.enumerated() { add("\(name).member.\(index + 1)", value) }
    }

    /// Adds a list of structures.
    mutating func add(_ name: String, _ items: [[(String, String?)]]?) {
        guard let items else { return }
        if items.isEmpty { add(name, "") }
        for (index, item) in items.enumerated() {
            for (key, value) in item { add("\(name).member.\(index + 1).\(key)", value) }
        }
    }

    /// The content of a request.
    func form(operation: String, version: String) -> [UInt8] {
        let all = [("Action", operation), ("Version", version)] + pairs.map { ($0.name, $0.value) }
        let text = all.map { "\(PercentCoding.encode($0.0))=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        return Array(text.utf8)
    }
}
