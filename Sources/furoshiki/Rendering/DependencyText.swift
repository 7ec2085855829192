import BundleAnalysis
import Diagnostics
import OrderedJSON

/// Why a distribution is installed, as text and as JSON.
struct DependencyText {
    /// The trees of the distribution, one for each group of functions.
    let trees: [DependencyTree]

    /// Trees with lines between the distributions.
    var text: String {
        trees.map { tree in
            let users = (tree.layer.map { ["layer \($0)"] } ?? []) + tree.functions
            let head = "\(tree.name) \(tree.version), \(tree.target)"
            let lines = ["\(head): \(users.joined(separator: ", "))"] + Self.lines(of: tree.branches, indentation: "")
            return lines.map { $0 + "\n" }.joined()
        }
        .joined(separator: "\n")
    }

    private static func lines(of branches: [DependencyTree.Branch], indentation: String) -> [String] {
        branches.enumerated()
            .flatMap { index, branch in
                let isLast = index == branches.count - 1
                let line = indentation + (isLast ? "└── " : "├── ") + words(of: branch)
                return [line] + lines(of: branch.branches, indentation: indentation + (isLast ? "    " : "│   "))
            }
    }

    private static func words(of branch: DependencyTree.Branch) -> String {
        let reason = branch.reason
        guard let requirer = reason.requirer else {
            let place = reason.place.map { "\($0.file):\($0.line)" } ?? "the service"
            return "\(place): \(reason.requirement)"
        }
        let extra = reason.neededExtra.map { "[\($0)]" } ?? ""
        return "\(requirer)\(extra) \(branch.version ?? "") requires \(reason.requirement)"
            + (branch.isRepeated ? " (see above)" : "")
    }

    /// The trees for other programs.
    var json: JSONValue {
        .array(
            trees.map { tree in
                [
                    "name": .string(tree.name),
                    "version": .string(tree.version),
                    "target": .string(tree.target),
                    "functions": .array(tree.functions.map { .string($0) }),
                    "layer": tree.layer.map { .string($0) } ?? .null,
                    "reasons": .array(tree.branches.map(Self.json)),
                ]
            }
        )
    }

    private static func json(of branch: DependencyTree.Branch) -> JSONValue {
        let reason = branch.reason
        var members: OrderedMap<JSONValue> = ["requirement": .string(reason.requirement)]
        if let requirer = reason.requirer {
            members["requiredBy"] = .string(requirer)
            members["version"] = branch.version.map { .string($0) } ?? .null
            members["extra"] = reason.neededExtra.map { .string($0) } ?? .null
            members["isRepeated"] = .bool(branch.isRepeated)
            members["reasons"] = .array(branch.branches.map(json))
        }
        if let place = reason.place {
            members["file"] = .string(place.file)
            members["line"] = .number(Double(place.line))
        }
        return .object(members)
    }
}
