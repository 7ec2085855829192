/// The zip files of functions and layers, to which the template refers.
package struct ArtifactReferences: Sendable {
    /// A zip file in the directory of the deployment.
    package struct Artifact: Hashable, Sendable {
        /// The file name, such as `orders.zip`.
        package let fileName: String
        /// The SHA-256 of the zip file in Base64, for `CodeSha256` of a version.
        package let sha256Base64: String

        /// Creates a reference from a file name and a digest.
        package init(fileName: String, sha256Base64: String) {
            self.fileName = fileName
            self.sha256Base64 = sha256Base64
        }
    }

    /// The artifact of each function that is not a container image, by the key in `functions`.
    package var functions: [String: Artifact]
    /// The artifact of each layer, including requirement layers, by its key.
    package var layers: [String: Artifact]

    /// Creates references for functions and layers.
    package init(functions: [String: Artifact] = [:], layers: [String: Artifact] = [:]) {
        self.functions = functions
        self.layers = layers
    }
}
