import Diagnostics
import OrderedJSON
import StackDiff

/// The output of `diff` as a JSON object.
struct DifferenceJSON {
    let difference: StackDifference

    /// The object; it names properties, and no values, which may be secrets.
    var value: JSONValue {
        [
            "stack": .string(difference.stack),
            "hasDifferences": .bool(!difference.isEmpty),
            "isNew": .bool(difference.isNew),
            "method": .string(difference.method.rawValue),
            "resources": .array(difference.changes.map(Self.value)),
            "artifacts": .array(difference.artifacts.map(Self.value)),
            "settings": .array(difference.settings.map { .string($0) }),
        ]
    }

    private static func value(_ change: ResourceChange) -> JSONValue {
        var members: OrderedMap<JSONValue> = [
            "action": .string(change.action.rawValue), "certainty": .string(change.certainty.rawValue),
            "logicalID": .string(change.logicalID), "type": .string(change.type),
            "holdsData": .bool(change.holdsData), "keepsOld": .bool(change.keepsOld),
        ]
        members["properties"] = .array(
            change.properties.map { property in
                var members: OrderedMap<JSONValue> = ["path": .string(property.path)]
                members["replaces"] = property.replaces.map { JSONValue.bool($0) } ?? .null
                if property.hasDrifted { members["hasDrifted"] = true }
                return .object(members)
            }
        )
        if let drift = change.drift { members["drift"] = .string(drift) }
        if let place = change.place {
            members["file"] = .string(place.file)
            if place.line > 0 {
                members["line"] = .number(Double(place.line))
                members["column"] = .number(Double(place.column))
            }
        }
        return .object(members)
    }

    private static func value(_ artifact: ArtifactDifference) -> JSONValue {
        func names(_ names: [String]) -> JSONValue { .array(names.map { .string($0) }) }
        let state =
            artifact.isNew
            ? "new" : artifact.isUnknown ? "unknown" : artifact.isReplacedElsewhere ? "replaced-elsewhere" : "changed"
        return [
            "fileName": .string(artifact.fileName),
            "state": .string(state),
            "resources": names(artifact.resources),
            "distributions": .array(
                artifact.distributions.map { change in
                    [
                        "name": .string(change.name), "old": change.old.map { JSONValue.string($0) } ?? .null,
                        "new": change.new.map { JSONValue.string($0) } ?? .null,
                    ]
                }
            ),
            "added": names(artifact.added), "changed": names(artifact.changed), "removed": names(artifact.removed),
        ]
    }
}
