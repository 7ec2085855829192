import GlobMatching
package import HostSystem

/// A file of a service that is part of an artifact.
package struct SelectedFile: Hashable, Sendable {
    /// The name in the artifact, relative to its root.
    package var name: String
    /// The path of the file on disk.
    package var source: LocalPath
    /// The status of the file; links are followed.
    package var status: FileStatus

    /// Creates a file from its name, path and status.
    package init(name: String, source: LocalPath, status: FileStatus) {
        self.name = name
        self.source = source
        self.status = status
    }
}

extension FileTree {
    /// Selects the files in a directory that rules include, sorted by the bytes of their names.
    ///
    /// Names are relative to the directory. Files outside the directory, which patterns such as `../shared/**` include,
    /// have names without the leading `..`.
    ///
    /// - Parameters:
    ///   - folder: the directory, relative to the root of the tree.
    ///   - rules: the patterns that include and exclude files.
    /// - Returns: the selected files, which can be empty.
    /// - Throws: `FileSystemError` if a directory cannot be read.
    package func select(
        in folder: String = ".",
        by rules: SelectionRules
    ) throws(FileSystemError) -> [SelectedFile] {
        var walk = SelectionWalk(tree: self, rules: rules)
        let start = root / folder
        try walk.visit(start, [], Array(repeating: 0, count: rules.views.count))
        for base in rules.outsideBases {
            try walk.visit(
                start / base.joined(separator: "/"),
                base[...],
                Array(repeating: 0, count: rules.views.count)
            )
        }
        return walk.found.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}

extension SelectionRules {
    /// The directories outside the service in which patterns look for files.
    fileprivate var outsideBases: [[Substring]] {
        var bases: [[Substring]] = []
        for view in views where view.isPositive && view.base.first == ".." {
            let base = view.isStatic ? view.base.dropLast() : view.base
            if !bases.contains(base) { bases.append(base) }
        }
        return bases
    }
}

/// A traversal of the directories of a service.
private struct SelectionWalk {
    let tree: FileTree
    let rules: SelectionRules
    var found: [SelectedFile] = []

    init(tree: FileTree, rules: SelectionRules) {
        self.tree = tree
        self.rules = rules
    }

    /// Visits a directory and everything below it.
    ///
    /// - Parameters:
    ///   - directory: the path of the directory.
    ///   - segments: the path relative to the start of the traversal.
    ///   - hiddenDepths: for each view, the number of segments of the deepest parent directory that it hides, or 0 if it
    ///     hides none.
    /// - Throws: `FileSystemError` if a directory cannot be read.
    mutating func visit(
        _ directory: LocalPath,
        _ segments: ArraySlice<Substring>,
        _ hiddenDepths: [Int]
    ) throws(FileSystemError) {
        let prefix = segments.isEmpty ? "" : segments.joined(separator: "/") + "/"
        for entry in try tree.entries(of: directory) {
            let path = prefix + entry.name
            let bytes = Array(path.utf8)
            if entry.status.kind == .directory {
                let below = segments + [entry.name[...]]
                var depths = hiddenDepths
                for (index, view) in rules.views.enumerated() where view.hidesDirectories && view.glob.matches(bytes) {
                    depths[index] = below.count
                }
                if mayTakeIn(below: below, bytes, depths) { try visit(directory / entry.name, below, depths) }
            } else if isTakenIn(bytes, hiddenDepths, isOutside: segments.first == "..") {
                found.append(SelectedFile(name: name(of: path), source: directory / entry.name, status: entry.status))
            }
        }
    }

    /// The name in the artifact, without leading `..`.
    private func name(of path: String) -> String {
        var rest = path[...]
        while rest.hasPrefix("../") { rest = rest.dropFirst(3) }
        return String(rest)
    }

    /// Whether views show a file and the last rule that matches it includes it.
    private func isTakenIn(_ path: [UInt8], _ hiddenDepths: [Int], isOutside: Bool) -> Bool {
        // The cheap check is first, as rules exclude most of the files.
        let isAllowed = rules.rules.last { $0.glob.matches(path) }?.isPositive ?? true
        guard isAllowed || rules.showsDots else { return false }
        var hiddenDepth = 0
        for (index, view) in rules.views.enumerated().reversed() {
            if !view.isPositive {
                if view.matches(file: path) { return false }
                hiddenDepth = max(hiddenDepth, hiddenDepths[index])
            } else if isAllowed || view.keepsDot, view.isStatic || hiddenDepth <= view.base.count,
                view.matches(file: path)
            {
                return true
            }
        }
        return isAllowed && !isOutside && hiddenDepth == 0
    }

    /// Whether files below a directory may be included; `true` if this is uncertain.
    private func mayTakeIn(below directory: ArraySlice<Substring>, _ path: [UInt8], _ hiddenDepths: [Int]) -> Bool {
        let segments = Array(directory)
        if let index = rules.rules.lastIndex(where: { $0.coversDirectories && !$0.isPositive && $0.glob.matches(path) }
        ),
            !rules.rules[(index + 1)...].contains(where: { $0.isPositive && $0.glob.mightMatch(below: segments) })
        {
            return false
        }
        guard let hiding = hiddenDepths.lastIndex(where: { $0 > 0 }) else { return true }
        return rules.views.enumerated()
            .contains { index, view in
                view.isPositive && view.glob.mightMatch(below: segments)
                    && (index > hiding || view.isStatic || view.base.count >= hiddenDepths[hiding])
            }
    }
}
