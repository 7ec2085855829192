/// The zip files that functions and layers use, as the template refers to them.
package struct ArtifactReferences: Sendable {
    /// One zip file in the directory of the deployment.
    package struct Artifact: Hashable, Sendable {
        /// The file name, such as `orders.zip`.
        package let fileName: String
        /// The SHA-256 of the zip file in base64, as `CodeSha256` of a version has it.
        package let sha256Base64: String

        /// Makes a reference.
        package init(fileName: String, sha256Base64: String) {
            self.fileName = fileName
            self.sha256Base64 = sha256Base64
        }
    }

    /// The artifact of each function that is not a container image, by the key in `functions`.
    package var functions: [String: Artifact]
    /// The artifact of each layer, by its key; layers of requirements are among them.
    package var layers: [String: Artifact]

    /// Makes references.
    package init(functions: [String: Artifact] = [:], layers: [String: Artifact] = [:]) {
        self.functions = functions
        self.layers = layers
    }
}
