import LambdaBundle

/// What a change of the configuration would save, computed from the files in the artifacts.
package struct Saving: Hashable, Sendable {
    /// The changes that are considered.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case slim, omission, copyOfLayer, layer
    }

    /// What the user would change.
    package let kind: Kind
    /// What would be omitted, such as a name and a version.
    package let subject: String
    /// The artifacts that would be smaller.
    package let artifacts: [String]
    /// The bytes of the omitted files, unzipped, in all artifacts together.
    package let unzippedBytes: Int
    /// The bytes of the omitted files as they are compressed, in all artifacts together.
    package let zippedBytes: Int

    /// The distributions that the Python runtimes of Lambda have.
    static let inRuntime: Set<String> = [
        "boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3",
    ]
    /// The distributions that install others, which functions do not need when they run.
    static let installers: Set<String> = ["pip", "setuptools", "wheel"]

    /// Finds what can be saved.
    ///
    /// - Parameters:
    ///   - artifacts: the artifacts.
    ///   - functions: the functions with their layers.
    /// - Returns: the savings, the largest one first within each kind.
    static func all(in artifacts: [AnalyzedArtifact], functions: [FunctionUse]) -> [Saving] {
        [slim(artifacts), omissions(artifacts), copies(artifacts, functions), shared(artifacts)]
            .flatMap { savings in
                savings.filter { $0.unzippedBytes > 0 }
                    .sorted { ($1.unzippedBytes, $0.subject) < ($0.unzippedBytes, $1.subject) }
            }
    }

    private init(_ kind: Kind, _ subject: String, _ parts: [(artifact: String, files: [AnalyzedArtifact.File])]) {
        self.kind = kind
        self.subject = subject
        artifacts = parts.map(\.artifact)
        unzippedBytes = parts.reduce(0) { $0 + $1.files.reduce(0) { $0 + $1.unzippedBytes } }
        zippedBytes = parts.reduce(0) { $0 + $1.files.reduce(0) { $0 + $1.zippedBytes } }
    }

    // MARK: Kinds

    /// The files that the default patterns of `slim` match, by artifact.
    private static func slim(_ artifacts: [AnalyzedArtifact]) -> [Saving] {
        var matcher = SlimMatcher(SlimRules())
        return artifacts.map { artifact in
            let files = artifact.parts.filter { $0.version != nil }.flatMap(\.files)
                .filter { file in
                    matcher.omits(file.path)
                }
            return Saving(.slim, artifact.fileName, files.isEmpty ? [] : [(artifact.fileName, files)])
        }
    }

    /// The distributions that Lambda has, or that functions do not need.
    private static func omissions(_ artifacts: [AnalyzedArtifact]) -> [Saving] {
        Copies.all(in: artifacts, byContent: false)
            .filter { copies in
                inRuntime.contains(copies.name) || installers.contains(copies.name)
            }
            .map { Saving(.omission, $0.subject, $0.parts.map { ($0.artifact.fileName, $0.part.files) }) }
    }

    /// The distributions in a function that one of its layers has, too.
    private static func copies(_ artifacts: [AnalyzedArtifact], _ functions: [FunctionUse]) -> [Saving] {
        Duplicate.all(in: artifacts, functions: functions)
            .map { duplicate in
                Saving(.copyOfLayer, duplicate.subject, [(duplicate.artifact, duplicate.files)])
            }
    }

    /// The distributions that several artifacts for a target have, of which a layer would have one copy.
    private static func shared(_ artifacts: [AnalyzedArtifact]) -> [Saving] {
        let ofFunctions = artifacts.filter { $0.layer == nil }
        return Copies.all(in: ofFunctions, byContent: true).filter { $0.parts.count > 1 }
            .map { Saving(.layer, $0.subject, $0.parts.dropFirst().map { ($0.artifact.fileName, $0.part.files) }) }
    }
}

/// The parts of artifacts that are the same distribution.
struct Copies {
    /// The name of the distribution.
    let name: String
    /// The name and the version.
    let subject: String
    /// The artifacts with their parts, in the order of the artifacts.
    var parts: [(artifact: AnalyzedArtifact, part: AnalyzedArtifact.Part)]

    /// The distributions in artifacts, in the order of their names and versions.
    ///
    /// - Parameters:
    ///   - artifacts: the artifacts.
    ///   - byContent: whether copies are only the same if their targets and files are equal.
    /// - Returns: the distributions with all of their copies.
    static func all(in artifacts: [AnalyzedArtifact], byContent: Bool) -> [Copies] {
        struct Key: Hashable {
            let owner: AnalyzedArtifact.Part.Owner
            let target: String?
            let files: [AnalyzedArtifact.File]
        }
        var found: [Key: Copies] = [:]
        for artifact in artifacts {
            for part in artifact.parts {
                guard let version = part.version else { continue }
                let key = Key(
                    owner: part.owner,
                    target: byContent ? artifact.target : nil,
                    files: byContent ? part.files : []
                )
                let subject = "\(part.name) \(version)"
                found[key, default: Copies(name: part.name, subject: subject, parts: [])].parts.append((artifact, part))
            }
        }
        return found.values.sorted { left, right in
            (left.subject, left.parts.first?.artifact.fileName ?? "")
                < (right.subject, right.parts.first?.artifact.fileName ?? "")
        }
    }
}
