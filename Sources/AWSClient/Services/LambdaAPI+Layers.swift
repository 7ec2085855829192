import HostSystem
package import OrderedJSON

extension LambdaAPI {
    /// Publishes a version of a layer.
    ///
    /// - Parameters:
    ///   - layer: the name or ARN of the layer.
    ///   - source: the archive with the content; an image has no effect.
    ///   - settings: the properties of the version, with the names of the API, such as `CompatibleRuntimes`.
    /// - Returns: the ARN of the version.
    /// - Throws: ``AWSError``, errors of the credentials, `CancellationError`.
    package func publishLayer(
        _ layer: String,
        _ source: CodeSource,
        settings: JSONValue = [:]
    ) async throws -> String {
        var content: JSONValue = [:]
        switch source {
        case .archive(let bytes): content["ZipFile"] = .string(Base64.encode(bytes))
        case .object(let bucket, let key, let version):
            content["S3Bucket"] = .string(bucket)
            content["S3Key"] = .string(key)
            content["S3ObjectVersion"] = version.map { .string($0) }
        case .image: break
        }
        var body: JSONValue = ["Content": content]
        for name in ["Description", "CompatibleRuntimes", "CompatibleArchitectures", "LicenseInfo"] {
            body[name] = settings[name]
        }
        let path = ["2018-10-31", "layers", layer, "versions"]
        var call = AWSCall.rest(.lambda, "PublishLayerVersion", "POST", path, body: body)
        call.isIdempotent = false
        call.stall = .seconds(120)
        let json = try await client.json(call)
        guard let arn = json["LayerVersionArn"]?.stringValue else {
            throw client.error(.invalidResponse(detail: "the response has no ARN of the version"), of: call)
        }
        return arn
    }
}
