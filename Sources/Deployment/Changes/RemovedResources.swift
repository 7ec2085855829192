import Diagnostics
import OrderedJSON
import StackDiff

/// The resources that a deployment removes from a stack.
struct RemovedResources: Hashable, Sendable {
    struct Resource: Hashable, Sendable {
        let logicalID: String
        let type: String

        /// Whether its data is lost with it.
        var holdsData: Bool { StatefulTypes.contains(type) }
    }

    /// The resources: those that hold data first, each group in the order of the template.
    let resources: [Resource]

    /// Compares the template that a stack has with the one that it gets.
    init(from old: JSONValue, to new: JSONValue) {
        let kept = new["Resources"]?.objectValue ?? [:]
        let removed = (old["Resources"]?.objectValue ?? [:])
            .compactMap { id, resource -> Resource? in
                guard kept[id] == nil, let type = resource["Type"]?.stringValue, !StatefulTypes.isVersion(type),
                    resource["DeletionPolicy"]?.stringValue != "Retain"
                else { return nil }
                return Resource(logicalID: id, type: type)
            }
        resources = removed.filter(\.holdsData) + removed.filter { !$0.holdsData }
    }

    /// The warning that lists them; `nil` if there are none.
    var warning: Diagnostic? {
        guard !resources.isEmpty else { return nil }
        let count = resources.count == 1 ? "a resource" : "\(resources.count) resources"
        return Diagnostic(
            .warning,
            .resourcesRemoved,
            "the deployment removes \(count) from the stack",
            notes: resources.map { "\($0.logicalID) (\($0.type))\($0.holdsData ? ", with its data" : "")" }
        )
    }
}
