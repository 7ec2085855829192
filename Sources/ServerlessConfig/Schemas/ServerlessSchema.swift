package import SchemaValidation

/// The schema of a Serverless configuration for the provider `aws`, as outlines that ``SchemaLibrary`` reads.
package enum ServerlessSchema {
    /// The rules of all outlines.
    package static func library() -> SchemaLibrary {
        SchemaLibrary(outlines: [
            service, function, provider, providerInterfaces, s3Bucket, resources, otherEvents, apiEvents,
            messageEvents, intrinsics, shared,
        ])
    }
}
