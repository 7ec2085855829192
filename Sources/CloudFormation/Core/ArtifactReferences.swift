package import ServerlessConfig

/// Where the artifacts of a service lie, in the terms of the template.
package struct ArtifactReferences: Sendable {
    /// One zip: its file name below the deployment's folder in S3 and the hash of its bytes.
    package struct Artifact: Hashable, Sendable {
        /// The file name, such as `orders.zip`.
        package let fileName: String
        /// The SHA-256 of the zip, in base64, as `CodeSha256` of a version has it.
        package let sha256Base64: String

        /// Makes a reference.
        package init(fileName: String, sha256Base64: String) {
            self.fileName = fileName
            self.sha256Base64 = sha256Base64
        }
    }

    /// The artifact of each function that is no image, by the key in `functions`.
    package var functions: [String: Artifact]
    /// The artifact of each layer, by the key in `layers`.
    package var layers: [String: Artifact]
    /// Layers that are made of dependencies, beside those that the file names: their settings are those of `layers`.
    package var dependencyLayers: [ServiceLayer]
    /// The logical ID that a reference in a function's `layers` stands for, by the function's key and what it says.
    package var layerReferences: [String: [String: String]]
    /// The folder in the bucket: `serverless/<service>/<stage>/<milliseconds>-<ISO time>`.
    package var directory: String

    /// Makes references.
    package init(
        functions: [String: Artifact],
        layers: [String: Artifact],
        dependencyLayers: [ServiceLayer] = [],
        layerReferences: [String: [String: String]] = [:],
        directory: String
    ) {
        self.functions = functions
        self.layers = layers
        self.dependencyLayers = dependencyLayers
        self.layerReferences = layerReferences
        self.directory = directory
    }
}
