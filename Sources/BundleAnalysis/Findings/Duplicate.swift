/// A distribution that is in the artifact of functions and in a layer that they use.
package struct Duplicate: Hashable, Sendable {
    /// The name of the distribution.
    package let name: String
    /// The version in the artifact of the functions, which takes precedence.
    package let version: String
    /// The version in the layer.
    package let layerVersion: String
    /// The artifact of the functions.
    package let artifact: String
    /// The artifact of the layer.
    package let layerArtifact: String
    /// The functions that use both.
    package let functions: [String]
    /// The files in the artifact of the functions.
    let files: [AnalyzedArtifact.File]

    /// The name and the version.
    var subject: String { "\(name) \(version)" }

    /// The number of bytes in the artifact of the functions, unzipped.
    package var unzippedBytes: Int { files.reduce(0) { $0 + $1.unzippedBytes } }

    /// Finds the distributions in both.
    static func all(in artifacts: [AnalyzedArtifact], functions: [FunctionUse]) -> [Duplicate] {
        let uses = Dictionary(functions.map { ($0.key, Set($0.layers)) }) { first, _ in first }
        var found: [Duplicate] = []
        for artifact in artifacts where artifact.layer == nil {
            for layer in artifacts {
                guard let key = layer.layer else { continue }
                let users = artifact.functions.filter { uses[$0]?.contains(key) == true }
                guard !users.isEmpty else { continue }
                for part in artifact.parts {
                    guard let version = part.version,
                        let other = layer.parts.first(where: { $0.version != nil && $0.name == part.name })
                    else { continue }
                    found.append(
                        Duplicate(
                            name: part.name,
                            version: version,
                            layerVersion: other.version ?? "",
                            artifact: artifact.fileName,
                            layerArtifact: layer.fileName,
                            functions: users,
                            files: part.files
                        )
                    )
                }
            }
        }
        return found
    }
}
