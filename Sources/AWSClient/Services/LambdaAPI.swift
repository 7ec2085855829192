import HostSystem
package import OrderedJSON

/// The operations of Lambda.
package struct LambdaAPI: Sendable {
    let client: AWSClient

    /// A function, with what Lambda says of it.
    package struct Function: Hashable, Sendable {
        /// The configuration, with the names of the API, such as `MemorySize`.
        package var configuration: JSONValue
        /// Where the code is: `RepositoryType`, `Location`, `ImageUri`, `ResolvedImageUri`.
        package var code: JSONValue
        /// The tags of the function.
        package var tags: JSONValue

        /// The name of the function.
        package var name: String? { configuration["FunctionName"]?.stringValue }
        /// The ARN of the function.
        package var arn: String? { configuration["FunctionArn"]?.stringValue }
        /// The SHA-256 of the archive in Base64, or the digest of the image in hexadecimal.
        package var codeDigest: String? { configuration["CodeSha256"]?.stringValue }
        /// `Successful`, `InProgress` or `Failed`.
        package var updateStatus: String? { configuration["LastUpdateStatus"]?.stringValue }
        /// `Active`, `Pending`, `Inactive` or `Failed`.
        package var state: String? { configuration["State"]?.stringValue }
    }

    /// The function with a name or ARN.
    ///
    /// - Returns: `nil` if there is none.
    package func function(_ name: String, qualifier: String? = nil) async throws -> Function? {
        var call = AWSCall.rest(.lambda, "GetFunction", "GET", ["2015-03-31", "functions", name])
        if let qualifier { call.query = [("Qualifier", qualifier)] }
        do {
            let json = try await client.json(call)
            return Function(
                configuration: json["Configuration"] ?? [:],
                code: json["Code"] ?? [:],
                tags: json["Tags"] ?? [:]
            )
        } catch let error as AWSError where error.status == 404 {
            return nil
        }
    }

    /// A page of the list of all functions of the region, which are in no particular order.
    ///
    /// - Parameter mark: where the page begins, as the page before says; `nil` for the first.
    /// - Returns: the functions with their configurations only, and where the next page begins.
    /// - Throws: `AWSError`, `CancellationError`.
    package func functions(after mark: String?) async throws -> (functions: [Function], next: String?) {
        var call = AWSCall.rest(.lambda, "ListFunctions", "GET", ["2015-03-31", "functions"])
        if let mark { call.query = [("Marker", mark)] }
        let json = try await client.json(call)
        let functions = json["Functions"]?.arrayValue ?? []
        return (functions.map { Function(configuration: $0, code: [:], tags: [:]) }, json["NextMarker"]?.stringValue)
    }

    /// The configuration of a function.
    ///
    /// - Returns: `nil` if there is none.
    package func configuration(of name: String, qualifier: String? = nil) async throws -> JSONValue? {
        let path = ["2015-03-31", "functions", name, "configuration"]
        var call = AWSCall.rest(.lambda, "GetFunctionConfiguration", "GET", path)
        if let qualifier { call.query = [("Qualifier", qualifier)] }
        do {
            return try await client.json(call)
        } catch let error as AWSError where error.status == 404 {
            return nil
        }
    }

    /// Where the new code of a function comes from.
    package enum CodeSource: Sendable {
        /// An archive, of at most 50 MB.
        case archive([UInt8])
        /// An object in S3.
        case object(bucket: String, key: String, version: String?)
        /// An image in ECR.
        case image(uri: String)
    }

    /// Replaces the code of a function.
    ///
    /// - Returns: the configuration of the function.
    package func updateCode(
        of name: String,
        _ source: CodeSource,
        architectures: [String]? = nil
    ) async throws -> JSONValue {
        var body: JSONValue = [:]
        switch source {
        case .archive(let bytes): body["ZipFile"] = .string(Base64.encode(bytes))
        case .object(let bucket, let key, let version):
            body["S3Bucket"] = .string(bucket)
            body["S3Key"] = .string(key)
            body["S3ObjectVersion"] = version.map { .string($0) }
        case .image(let uri): body["ImageUri"] = .string(uri)
        }
        body["Architectures"] = architectures.map { .array($0.map { .string($0) }) }
        let path = ["2015-03-31", "functions", name, "code"]
        var call = AWSCall.rest(.lambda, "UpdateFunctionCode", "PUT", path, body: body)
        call.stall = .seconds(120)
        return try await client.json(call)
    }

    /// Changes the configuration of a function; properties that are not given stay as they are.
    ///
    /// - Returns: the configuration of the function.
    package func updateConfiguration(of name: String, _ changes: JSONValue) async throws -> JSONValue {
        let path = ["2015-03-31", "functions", name, "configuration"]
        return try await client.json(.rest(.lambda, "UpdateFunctionConfiguration", "PUT", path, body: changes))
    }

    /// Publishes the code and configuration of a function as a version.
    ///
    /// - Returns: the configuration of the version.
    package func publishVersion(of name: String, description: String? = nil) async throws -> JSONValue {
        var body: JSONValue = [:]
        body["Description"] = description.map { .string($0) }
        let path = ["2015-03-31", "functions", name, "versions"]
        return try await client.json(.rest(.lambda, "PublishVersion", "POST", path, body: body))
    }

    /// The configurations of all versions of a function, oldest first.
    package func versions(of name: String) async throws -> [JSONValue] {
        try await listed("ListVersionsByFunction", ["2015-03-31", "functions", name, "versions"], "Versions")
    }

    /// The aliases of a function.
    package func aliases(of name: String) async throws -> [JSONValue] {
        try await listed("ListAliases", ["2015-03-31", "functions", name, "aliases"], "Aliases")
    }

    private func listed(_ operation: String, _ path: [String], _ key: String) async throws -> [JSONValue] {
        try await client.pages { mark in
            var call = AWSCall.rest(.lambda, operation, "GET", path)
            if let mark { call.query = [("Marker", mark)] }
            let json = try await client.json(call)
            return (json[key]?.arrayValue ?? [], json["NextMarker"]?.stringValue)
        }
    }

    /// Deletes a version of a function, or with `nil` the function.
    package func deleteFunction(_ name: String, version: String?) async throws {
        var call = AWSCall.rest(.lambda, "DeleteFunction", "DELETE", ["2015-03-31", "functions", name])
        if let version { call.query = [("Qualifier", version)] }
        _ = try await client.send(call)
    }

    /// A version of a layer.
    ///
    /// - Returns: `nil` if there is none.
    package func layerVersion(_ layer: String, _ version: Int) async throws -> JSONValue? {
        let path = ["2018-10-31", "layers", layer, "versions", String(version)]
        do {
            return try await client.json(.rest(.lambda, "GetLayerVersion", "GET", path))
        } catch let error as AWSError where error.status == 404 {
            return nil
        }
    }

    /// A request to run a function.
    package struct Invocation: Hashable, Sendable {
        /// Whether to wait for the function.
        package enum Kind: String, Hashable, Sendable {
            case requestResponse = "RequestResponse"
            case event = "Event"
            case dryRun = "DryRun"
        }

        /// The name or ARN.
        package var function: String
        /// The version or alias.
        package var qualifier: String?
        /// Whether to wait for the function.
        package var kind = Kind.requestResponse
        /// Whether the end of the log is returned.
        package var returnsLog = false
        /// The context of the client, as JSON.
        package var clientContext: String?
        /// The event, as JSON.
        package var payload: [UInt8] = []

        /// Creates a request with an empty event.
        package init(function: String) { self.function = function }
    }

    /// What a function returned.
    package struct InvocationResult: Hashable, Sendable {
        /// The status of the call, such as 200.
        package var status: Int
        /// `Handled` or `Unhandled` if the function failed.
        package var error: String?
        /// The last 4 KB of the log.
        package var log: String?
        /// The version that ran.
        package var version: String?
        /// The result, or the error of the function, as JSON.
        package var payload: [UInt8]
    }

    /// Runs a function; if it may have run, the call is not repeated.
    package func invoke(_ invocation: Invocation) async throws -> InvocationResult {
        let path = ["2015-03-31", "functions", invocation.function, "invocations"]
        var call = AWSCall.rest(.lambda, "Invoke", "POST", path)
        if let qualifier = invocation.qualifier { call.query = [("Qualifier", qualifier)] }
        call.headers = [HTTPHeader("X-Amz-Invocation-Type", invocation.kind.rawValue)]
        if invocation.returnsLog { call.headers.append(HTTPHeader("X-Amz-Log-Type", "Tail")) }
        if let context = invocation.clientContext {
            call.headers.append(HTTPHeader("X-Amz-Client-Context", Base64.encode(Array(context.utf8))))
        }
        call.headers.append(HTTPHeader("Content-Type", "application/json"))
        call.body = .bytes(invocation.payload)
        call.isIdempotent = false
        // A function runs up to 15 minutes, in which nothing is sent.
        call.stall = .seconds(960)
        let response = try await client.send(call)
        return InvocationResult(
            status: response.status,
            error: response.header("X-Amz-Function-Error"),
            log: response.header("X-Amz-Log-Result").flatMap { Base64.decode($0) }
                .map { String(decoding: $0, as: UTF8.self) },
            version: response.header("X-Amz-Executed-Version"),
            payload: response.body
        )
    }
}

extension AWSClient {
    /// The operations of Lambda.
    package var lambda: LambdaAPI { LambdaAPI(client: self) }
}
