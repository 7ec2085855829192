package import OrderedJSON
import StackDiff

extension ServiceAnalysis {
    /// The whole analysis with every file, for other programs.
    package var json: JSONValue {
        var members = facts
        members["artifacts"] = .array(
            artifacts.map { artifact in
                [
                    "fileName": .string(artifact.fileName),
                    "functions": .strings(artifact.functions),
                    "layer": artifact.layer.map { .string($0) } ?? .null,
                    "target": artifact.target.map { .string($0) } ?? .null,
                    "zippedBytes": .bytes(artifact.zippedBytes),
                    "unzippedBytes": .bytes(artifact.unzippedBytes),
                    "headerBytes": .bytes(artifact.overheadBytes),
                    "parts": .array(artifact.parts.map(Self.json)),
                ]
            }
        )
        return .object(members)
    }

    private static func json(_ part: AnalyzedArtifact.Part) -> JSONValue {
        let kind: JSONValue =
            switch part.owner {
            case .distribution: "distribution"
            case .service: "service"
            case .bundler: "furoshiki"
            }
        return [
            "name": .string(part.name),
            "kind": kind,
            "version": part.version.map { .string($0) } ?? .null,
            "license": part.license.map { .string($0) } ?? .null,
            "zippedBytes": .bytes(part.zippedBytes),
            "unzippedBytes": .bytes(part.unzippedBytes),
            "files": .array(
                part.files.map { file in
                    [
                        "path": .string(file.path), "zippedBytes": .bytes(file.zippedBytes),
                        "unzippedBytes": .bytes(file.unzippedBytes),
                    ]
                }
            ),
        ]
    }

    /// Everything but the content of artifacts.
    private var facts: OrderedMap<JSONValue> {
        [
            "service": .string(service),
            "stage": .string(stage),
            "limits": [
                "unzippedBytes": .bytes(Self.unzippedLimit), "directUploadBytes": .bytes(Self.directUploadLimit),
            ],
            "artifacts": [],
            "functions": .array(
                functions.map { function in
                    [
                        "key": .string(function.use.key),
                        "runtime": .string(function.use.runtime),
                        "architecture": .string(function.use.architecture),
                        "target": function.target.map { .string($0) } ?? .null,
                        "artifact": function.artifact.map { .string($0) } ?? .null,
                        "layers": .strings(function.layers),
                        "otherLayers": .bytes(function.use.otherLayers),
                        "unzippedBytes": .bytes(function.unzippedBytes),
                    ]
                }
            ),
            "distributions": .array(
                distributions.map { distribution in
                    [
                        "name": .string(distribution.name),
                        "version": .string(distribution.version),
                        "license": distribution.license.map { .string($0) } ?? .null,
                        "artifacts": .strings(distribution.artifacts),
                        "zippedBytes": .bytes(distribution.zippedBytes),
                        "unzippedBytes": .bytes(distribution.unzippedBytes),
                    ]
                }
            ),
            "duplicates": .array(
                duplicates.map { duplicate in
                    [
                        "name": .string(duplicate.name),
                        "version": .string(duplicate.version),
                        "artifact": .string(duplicate.artifact),
                        "layerVersion": .string(duplicate.layerVersion),
                        "layerArtifact": .string(duplicate.layerArtifact),
                        "functions": .strings(duplicate.functions),
                        "unzippedBytes": .bytes(duplicate.unzippedBytes),
                    ]
                }
            ),
            "savings": .array(
                savings.map { saving in
                    [
                        "kind": .string(saving.kind.rawValue),
                        "subject": .string(saving.subject),
                        "artifacts": .strings(saving.artifacts),
                        "zippedBytes": .bytes(saving.zippedBytes),
                        "unzippedBytes": .bytes(saving.unzippedBytes),
                    ]
                }
            ),
            "changes": changes.map { .array($0.map(\.json)) } ?? .null,
        ]
    }
}

extension ArtifactChange {
    /// The change for other programs.
    fileprivate var json: JSONValue {
        [
            "fileName": .string(fileName),
            "isNew": .bool(isNew),
            "isRemoved": .bool(difference == nil && !isNew),
            "zippedBytes": .bytes(zippedBytes),
            "unzippedBytes": .bytes(unzippedBytes),
            "distributions": .array(
                (difference?.distributions ?? [])
                    .map { change in
                        [
                            "name": .string(change.name),
                            "old": change.old.map { .string($0) } ?? .null,
                            "new": change.new.map { .string($0) } ?? .null,
                        ]
                    }
            ),
            "added": .strings(difference?.added ?? []),
            "removed": .strings(difference?.removed ?? []),
            "changed": .strings(difference?.changed ?? []),
        ]
    }
}

extension JSONValue {
    /// A number of bytes, or another count.
    static func bytes(_ count: Int) -> JSONValue { .number(Double(count)) }

    /// A list of strings.
    static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
