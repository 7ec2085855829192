import OrderedJSON

/// The data of the treemap in the page: the artifacts, whose equal parts are there once.
struct TreemapData {
    /// The number of files and directories that the page lists at most; the smallest are grouped if there are more.
    ///
    /// It keeps the page of a large service below 1 MB. The sums stay right to the byte.
    static let maximumNodes = 12_000

    /// The data as JSON.
    let json: JSONValue

    init(_ artifacts: [AnalyzedArtifact]) {
        var indexes: [FileNode: Int] = [:]
        var distinct: [FileNode] = []
        var details: [JSONValue] = []
        var rows: [JSONValue] = []
        for artifact in artifacts {
            var parts: [JSONValue] = []
            for part in artifact.parts {
                let node = FileNode(part.name + (part.version.map { " " + $0 } ?? ""), part.files)
                if indexes[node] == nil {
                    indexes[node] = distinct.count
                    distinct.append(node)
                    details.append(part.license.map { .string($0) } ?? .null)
                }
                parts.append(.bytes(indexes[node] ?? 0))
            }
            rows.append([
                .string(artifact.fileName), .bytes(artifact.zippedBytes), .bytes(artifact.overheadBytes), .array(parts),
            ])
        }
        json = [
            "artifacts": .array(rows),
            "parts": .array(Self.limited(distinct).map(\.json)),
            "licenses": .array(details),
        ]
    }

    /// The trees with at most as many nodes as the page may have.
    private static func limited(_ nodes: [FileNode]) -> [FileNode] {
        guard nodes.reduce(0, { $0 + $1.nodeCount }) > maximumNodes else { return nodes }
        var sizes: [Int] = []
        for node in nodes { node.addSizes(to: &sizes) }
        sizes.sort(by: >)
        // The limit is the size of the first node that is too many; groups add nodes, so a few more are grouped.
        var index = maximumNodes - 1
        while index > 0 {
            let limited = nodes.map { $0.pruned(below: sizes[index] + 1) }
            if limited.reduce(0, { $0 + $1.nodeCount }) <= maximumNodes { return limited }
            index = index * 4 / 5
        }
        return nodes.map { $0.pruned(below: .max) }
    }
}
