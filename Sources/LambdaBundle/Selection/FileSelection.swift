import GlobMatching
package import HostSystem

/// A file of a service that goes into an artifact.
package struct SelectedFile: Hashable, Sendable {
    /// The name in the artifact, relative to its root.
    package var name: String
    /// Where the file lies.
    package var source: LocalPath
    /// What the system knows of it, links followed.
    package var status: FileStatus

    /// Makes a file.
    package init(name: String, source: LocalPath, status: FileStatus) {
        self.name = name
        self.source = source
        self.status = status
    }
}

extension FileTree {
    /// The files below a folder that rules take in, sorted by the bytes of their names.
    ///
    /// Names are relative to the folder. What patterns such as `../shared/**` take in from outside of it has its
    /// name without the leading `..`.
    ///
    /// - Parameters:
    ///   - folder: the folder, relative to the tree's root.
    ///   - rules: what is taken in.
    /// - Returns: the files; none where nothing is taken in.
    /// - Throws: `FileSystemError` where a directory cannot be read.
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
    /// The folders outside of the service in which patterns look for files.
    fileprivate var outsideBases: [[Substring]] {
        var bases: [[Substring]] = []
        for view in views where view.isPositive && view.base.first == ".." {
            let base = view.isStatic ? view.base.dropLast() : view.base
            if !bases.contains(base) { bases.append(base) }
        }
        return bases
    }
}

/// One walk through the directories of a service.
private struct SelectionWalk {
    let tree: FileTree
    let rules: SelectionRules
    var found: [SelectedFile] = []

    init(tree: FileTree, rules: SelectionRules) {
        self.tree = tree
        self.rules = rules
    }

    /// Visits a directory.
    ///
    /// - Parameters:
    ///   - directory: where it lies.
    ///   - segments: its path relative to where the walk began.
    ///   - hiddenDepths: for each view the number of segments of the deepest directory on the way here that it
    ///     hides, 0 where it hides none.
    /// - Throws: `FileSystemError` for a directory that cannot be read.
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

    /// The name in the artifact: without what leads out of it.
    private func name(of path: String) -> String {
        var rest = path[...]
        while rest.hasPrefix("../") { rest = rest.dropFirst(3) }
        return String(rest)
    }

    /// Whether a file is one that patterns show, and that the last rule that matches it takes in.
    private func isTakenIn(_ path: [UInt8], _ hiddenDepths: [Int], isOutside: Bool) -> Bool {
        // What is cheap to tell comes first: most of what is left out is left out by a rule.
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

    /// Whether anything below a directory may be taken in; `true` where that is not sure.
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
