import LambdaBundle
import RequirementFormats

/// Why a distribution is installed, as a tree from the distribution to the requirements of the service.
package struct DependencyTree: Hashable, Sendable {
    /// A reason, and those for the distribution that requires it.
    package struct Branch: Hashable, Sendable {
        /// The requirement that is the reason.
        package let reason: DependencyGraph.Reason
        /// The version of the distribution that requires it; `nil` for a requirement of the service.
        package let version: String?
        /// Why the distribution that requires it is installed.
        package let branches: [Branch]
        /// Whether the branches are above in the tree already, and so are not repeated.
        package let isRepeated: Bool
    }

    /// The normalized name of the distribution.
    package let name: String
    /// The version of the distribution.
    package let version: String
    /// The functions that use it.
    package private(set) var functions: [String]
    /// The key of the layer that has it; `nil` if it is in the artifacts of functions.
    package let layer: String?
    /// The target of the wheel.
    package let target: String
    /// The reasons for the distribution.
    package let branches: [Branch]

    /// The tree of a distribution; `nil` if the functions do not use it.
    ///
    /// - Parameters:
    ///   - name: the normalized name.
    ///   - graph: what requires what.
    ///   - keys: the functions that are of interest.
    package init?(of name: String, in graph: DependencyGraph, for keys: Set<String>) {
        guard let version = graph.versions[name] else { return nil }
        self.name = name
        self.version = version
        functions = graph.use.functions.filter(keys.contains)
        layer = graph.use.layer
        target = "\(graph.use.target)"
        var shown: Set<String> = []
        branches = Self.branches(to: name, in: graph, path: [name], shown: &shown)
    }

    /// The trees without those that only differ in their functions, which are in the first one.
    package static func merged(_ trees: [DependencyTree]) -> [DependencyTree] {
        var result: [DependencyTree] = []
        for tree in trees {
            let same = result.firstIndex { known in
                known.target == tree.target && known.version == tree.version && known.branches == tree.branches
                    && known.layer == tree.layer
            }
            if let same {
                result[same].functions += tree.functions.filter { !result[same].functions.contains($0) }
            } else {
                result.append(tree)
            }
        }
        return result
    }

    private static func branches(
        to name: String,
        in graph: DependencyGraph,
        path: Set<String>,
        shown: inout Set<String>
    ) -> [Branch] {
        var branches: [Branch] = []
        for reason in (graph.reasons[name] ?? []).sorted(by: Self.precedes) {
            guard let requirer = reason.requirer else {
                branches.append(Branch(reason: reason, version: nil, branches: [], isRepeated: false))
                continue
            }
            // Distributions that require each other do not explain each other.
            guard !path.contains(requirer) else { continue }
            let isRepeated = !shown.insert(requirer).inserted
            branches.append(
                Branch(
                    reason: reason,
                    version: graph.versions[requirer],
                    branches: isRepeated
                        ? [] : Self.branches(to: requirer, in: graph, path: path.union([requirer]), shown: &shown),
                    isRepeated: isRepeated
                )
            )
        }
        return branches
    }

    private static func precedes(_ left: DependencyGraph.Reason, _ right: DependencyGraph.Reason) -> Bool {
        (left.requirer ?? "", left.requirement) < (right.requirer ?? "", right.requirement)
    }
}
