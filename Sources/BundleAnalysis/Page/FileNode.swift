import OrderedJSON

/// A directory or a file in a part of an artifact, for the treemap.
///
/// In the page it is a list: the name, the bytes unzipped, the bytes zipped, and for a directory its members, or the number
/// of files if they are not listed.
struct FileNode: Hashable {
    /// The name, without its directory.
    let name: String
    /// The number of bytes of all files below it, unzipped.
    let unzippedBytes: Int
    /// The number of compressed bytes of all files below it.
    let zippedBytes: Int
    /// The members of a directory, the largest first; `nil` for a file, and for a directory whose files are not listed.
    private(set) var members: [FileNode]?
    /// The number of files in it.
    let fileCount: Int

    /// Makes the tree of some files.
    init(_ name: String, _ files: [AnalyzedArtifact.File]) {
        self.init(name, files[...], depth: 0)
    }

    /// Makes the tree of files whose paths have a beginning in common, with its length in UTF-8 bytes.
    private init(_ name: String, _ files: ArraySlice<AnalyzedArtifact.File>, depth: Int) {
        var members: [FileNode] = []
        var index = files.startIndex
        while index < files.endIndex {
            let rest = Self.rest(of: files[index], depth)
            let head = rest.prefix { $0 != UInt8(ascii: "/") }
            let label = String(decoding: head, as: UTF8.self)
            if head.count == rest.count {
                members.append(FileNode(file: files[index], name: label))
                index += 1
                continue
            }
            var end = index
            while end < files.endIndex {
                let other = Self.rest(of: files[end], depth)
                guard other.starts(with: head), other.dropFirst(head.count).first == UInt8(ascii: "/") else { break }
                end += 1
            }
            members.append(FileNode(label, files[index..<end], depth: depth + head.count + 1))
            index = end
        }
        self.init(name, members)
    }

    private init(file: AnalyzedArtifact.File, name: String) {
        self.name = name
        unzippedBytes = file.unzippedBytes
        zippedBytes = file.zippedBytes
        members = nil
        fileCount = 1
    }

    private init(_ name: String, _ members: [FileNode]) {
        self.name = name
        unzippedBytes = members.reduce(0) { $0 + $1.unzippedBytes }
        zippedBytes = members.reduce(0) { $0 + $1.zippedBytes }
        self.members = members.sorted { ($1.unzippedBytes, $0.name) < ($0.unzippedBytes, $1.name) }
        fileCount = members.reduce(0) { $0 + $1.fileCount }
    }

    private init(_ name: String, grouping nodes: [FileNode]) {
        self.init(name, nodes)
        members = nil
    }

    private static func rest(of file: AnalyzedArtifact.File, _ depth: Int) -> Substring.UTF8View.SubSequence {
        file.path.utf8.dropFirst(depth)
    }

    /// The number of nodes that the page would have for the tree.
    var nodeCount: Int { 1 + (members ?? []).reduce(0) { $0 + $1.nodeCount } }

    /// The sizes of all nodes below it.
    func addSizes(to sizes: inout [Int]) {
        for member in members ?? [] {
            sizes.append(member.unzippedBytes)
            member.addSizes(to: &sizes)
        }
    }

    /// The tree in which what is smaller than a limit is not listed by itself: all such members of a directory are one.
    func pruned(below limit: Int) -> FileNode {
        guard let members else { return self }
        let large = members.filter { $0.unzippedBytes >= limit }
        let small = members.filter { $0.unzippedBytes < limit }
        var result = self
        result.members = large.map { $0.pruned(below: limit) }
        if small.count == 1 {
            result.members?.append(small[0].members == nil ? small[0] : FileNode(small[0].name, grouping: [small[0]]))
        } else if !small.isEmpty {
            let count = small.reduce(0) { $0 + $1.fileCount }
            if large.isEmpty {
                result.members = nil
            } else {
                result.members?.append(FileNode("\(count) small files", grouping: small))
            }
        }
        return result
    }

    /// The node in the data of the page.
    var json: JSONValue {
        var items: [JSONValue] = [.string(name), .bytes(unzippedBytes), .bytes(zippedBytes)]
        if let members {
            items.append(.array(members.map(\.json)))
        } else if fileCount != 1 {
            items.append(.bytes(fileCount))
        }
        return .array(items)
    }
}
