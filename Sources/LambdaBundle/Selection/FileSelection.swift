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
        let walk = SelectionWalk(tree: self, rules: rules)
        let start = root / folder
        var directories = [SelectionWalk.Directory(path: start, segments: [], hiding: .none(rules.views.count))]
        for base in rules.outsideBases {
            let path = start / base.joined(separator: "/")
            directories.append(.init(path: path, segments: base[...], hiding: .none(rules.views.count)))
        }
        return try walk.files(in: directories)
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
