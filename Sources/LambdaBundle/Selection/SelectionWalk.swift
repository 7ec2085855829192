import GlobMatching
import HostSystem

/// A traversal of the directories of a service.
struct SelectionWalk: Sendable {
    let tree: FileTree
    let rules: SelectionRules

    /// A directory to visit.
    struct Directory: Sendable {
        /// The path on disk.
        let path: LocalPath
        /// The path relative to the start of the traversal.
        let segments: ArraySlice<Substring>
        /// The views that hide the directory or one of its parents.
        let hiding: HiddenDepths
    }

    /// How deep the directories are that views hide.
    struct HiddenDepths: Sendable {
        /// For each view, the number of segments of the deepest parent directory that it hides, or 0 if it hides none.
        private(set) var depths: [Int]
        /// For each view, the largest depth of the views after it.
        private var deepestAfter: [Int] = []

        /// The depths if nothing is hidden.
        static func none(_ count: Int) -> HiddenDepths { HiddenDepths(depths: Array(repeating: 0, count: count)) }

        private init(depths: [Int]) { self.depths = depths }

        /// The last view that hides something, or `nil` if none does.
        var last: Int? { deepestAfter.isEmpty ? nil : depths.lastIndex { $0 > 0 } }

        /// Whether no view hides anything.
        var isEmpty: Bool { deepestAfter.isEmpty }

        /// The largest depth of the views after one.
        func deepest(after view: Int) -> Int { deepestAfter.isEmpty ? 0 : deepestAfter[view] }

        /// These depths, with views that hide a directory of a number of segments.
        func hiding(_ views: [Int], at depth: Int) -> HiddenDepths {
            guard !views.isEmpty else { return self }
            var result = self
            for view in views { result.depths[view] = depth }
            result.deepestAfter = Array(repeating: 0, count: depths.count)
            for view in depths.indices.dropLast().reversed() {
                result.deepestAfter[view] = max(result.deepestAfter[view + 1], result.depths[view + 1])
            }
            return result
        }
    }

    /// The selected files of a directory.
    private struct Group: Sendable {
        let prefix: String
        var files: [SelectedFile] = []
    }

    /// The selected files in directories and below them, sorted by the bytes of their names.
    ///
    /// - Throws: `FileSystemError` if a directory cannot be read.
    func files(in directories: [Directory]) throws(FileSystemError) -> [SelectedFile] {
        let groups = try concurrentVisit(directories) { directory throws(FileSystemError) in try visit(directory) }
        // The groups are sorted first, as sorting is fast for what is nearly in order.
        return groups.sorted { $0.prefix.precedesInBytes($1.prefix) }.flatMap(\.files)
            .sorted { $0.name.precedesInBytes($1.name) }
    }

    /// Visits the entries of a directory.
    private func visit(_ directory: Directory) throws(FileSystemError) -> (found: Group, next: [Directory]) {
        let prefix = directory.segments.isEmpty ? "" : directory.segments.joined(separator: "/") + "/"
        let isOutside = directory.segments.first == ".."
        var group = Group(prefix: prefix)
        var below: [Directory] = []
        for entry in try tree.entries(of: directory.path) {
            let path = prefix + entry.name
            let bytes = Array(path.utf8)
            if entry.status.kind == .directory {
                let segments = directory.segments + [entry.name[...]]
                let hiding = directory.hiding.hiding(hidingViews(bytes), at: segments.count)
                if mayTakeIn(below: segments, bytes, hiding) {
                    below.append(Directory(path: entry.path(in: directory.path), segments: segments, hiding: hiding))
                }
            } else if isTakenIn(bytes, directory.hiding, isOutside: isOutside) {
                let name = isOutside ? Self.name(of: path) : path
                let source = entry.path(in: directory.path)
                group.files.append(SelectedFile(name: name, source: source, status: entry.status))
            }
        }
        return (group, below)
    }

    /// The name in the artifact, without leading `..`.
    private static func name(of path: String) -> String {
        var rest = path[...]
        while rest.hasPrefix("../") { rest = rest.dropFirst(3) }
        return String(rest)
    }

    /// The views that hide a directory with everything below it.
    private func hidingViews(_ path: [UInt8]) -> [Int] {
        rules.views(near: path).filter { rules.views[$0].hidesDirectories && rules.views[$0].glob.matches(path) }
    }

    /// Whether views show a file and the last rule that matches it includes it.
    private func isTakenIn(_ path: [UInt8], _ hiding: HiddenDepths, isOutside: Bool) -> Bool {
        // The cheap check is first, as rules exclude most of the files.
        let isAllowed = rules.lastRule(matching: path).map { rules.rules[$0].isPositive } ?? true
        guard isAllowed || rules.showsDots else { return false }
        for index in rules.views(near: path) {
            let view = rules.views[index]
            if !view.isPositive {
                if view.matches(file: path) { return false }
            } else if isAllowed || view.keepsDot, view.isStatic || hiding.deepest(after: index) <= view.base.count,
                view.matches(file: path)
            {
                return true
            }
        }
        return isAllowed && !isOutside && hiding.isEmpty
    }

    /// Whether files below a directory may be included; `true` if this is uncertain.
    private func mayTakeIn(below directory: ArraySlice<Substring>, _ path: [UInt8], _ hiding: HiddenDepths) -> Bool {
        let segments = Array(directory)
        let excluding = rules.lastRule(matching: path) { $0.coversDirectories && !$0.isPositive }
        if let excluding,
            !rules.rules[(excluding + 1)...].contains(where: { $0.isPositive && $0.glob.mightMatch(below: segments) })
        {
            return false
        }
        guard let last = hiding.last else { return true }
        return rules.views.enumerated()
            .contains { index, view in
                view.isPositive && view.glob.mightMatch(below: segments)
                    && (index > last || view.isStatic || view.base.count >= hiding.depths[last])
            }
    }
}
