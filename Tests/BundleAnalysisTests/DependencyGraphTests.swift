import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import LambdaBundle
import OrderedJSON
import Testing

@testable import BundleAnalysis

struct DependencyGraphTests {
    private static let wheels = [
        WheelBuilder("alpha", "1.0", dependencies: ["beta[fast]>=1", "gamma; python_version < '3.9'"]),
        WheelBuilder("beta", "2.0", dependencies: ["delta<3; extra == 'fast'", "epsilon; extra == 'slow'"]),
        WheelBuilder("gamma", "1.0"),
        WheelBuilder("delta", "2.1", dependencies: ["alpha"]),
        WheelBuilder("epsilon", "1.0"),
    ]

    private func graph(_ requirements: String, _ body: (DependencyGraph) -> Void) async throws {
        try await AnalyzedService.with(Self.wheels, files: ["requirements.txt": requirements]) { service in
            let uses = try await service.bundler.requirementUses(of: service.request)
            #expect(uses.count == 1)
            body(try DependencyGraph(try #require(uses.first)))
        }
    }

    @Test
    func `a tree leads to the line of the requirement, over the extra that is needed`() async throws {
        try await graph("# first\nalpha>=1\n") { graph in
            let tree = DependencyTree(of: "delta", in: graph, for: ["main"])
            #expect(tree?.version == "2.1")
            #expect(tree?.target == "python3.12/x86_64")
            let beta = tree?.branches.first
            #expect(beta?.reason.requirer == "beta")
            #expect(beta?.reason.requirement == "delta<3")
            #expect(beta?.reason.neededExtra == "fast")
            let alpha = beta?.branches.first
            #expect(alpha?.reason.requirement == "beta[fast]>=1")
            #expect(alpha?.reason.neededExtra == nil)
            let root = alpha?.branches.first
            #expect(root?.reason.requirer == nil)
            #expect(root?.reason.requirement == "alpha>=1")
            #expect(root?.reason.place?.line == 2)
            // Alpha is required by delta itself, which explains nothing.
            #expect(alpha?.branches.count == 1)
        }
    }

    @Test
    func `markers count for the target, and extras only if something requires them`() async throws {
        try await graph("alpha\n") { graph in
            #expect(graph.reasons["gamma"] == nil)
            #expect(graph.reasons["epsilon"] == nil)
        }
        try await graph("beta[slow]; python_version >= '3.12'\ngamma; python_version < '3.12'\n") { graph in
            #expect(graph.reasons["epsilon"]?.map(\.neededExtra) == ["slow"])
            #expect(graph.reasons["delta"] == nil)
            #expect(graph.reasons["gamma"] == nil)
        }
    }

    @Test
    func `a distribution that is not used has no tree`() async throws {
        try await graph("alpha\n") { graph in
            #expect(DependencyTree(of: "zeta", in: graph, for: ["main"]) == nil)
        }
    }

    @Test
    func `functions with the same reasons share a tree`() async throws {
        let files = ["requirements.txt": "alpha\n"]
        try await AnalyzedService.with(Self.wheels, files: files, functions: ["a", "b"]) { service in
            let uses = try await service.bundler.requirementUses(of: service.individually().request)
            #expect(uses.count == 2)
            let graphs = try uses.map { try DependencyGraph($0) }
            let trees = DependencyTree.merged(
                graphs.compactMap { DependencyTree(of: "beta", in: $0, for: ["a", "b"]) }
            )
            #expect(trees.map(\.functions) == [["a", "b"]])
        }
    }
}
