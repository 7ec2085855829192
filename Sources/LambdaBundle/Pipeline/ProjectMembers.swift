import Diagnostics
import GlobMatching
import HostSystem

extension ProjectFiles {
    /// The files of an artifact, with their names in the artifact.
    ///
    /// - Parameters:
    ///   - tree: the service's directories.
    ///   - development: the development dependencies, which are removed if the service excludes them.
    ///   - subject: the description of the artifact in messages.
    /// - Returns: the files, which can be empty.
    /// - Throws: a `DiagnosticError` if a pattern searches below a file; `FileSystemError`.
    func select(
        from tree: FileTree,
        without development: DevelopmentDependencies,
        subject: String
    ) throws -> [SelectedFile] {
        try rules.refuseSearchBelowFiles(in: tree.root / folder, files: tree.files, subject: subject)
        var files = try tree.select(in: folder, by: rules)
        if excludesDevelopmentDependencies {
            files = try development.removing(from: files)
        }
        return module.map { moved(files, up: $0) } ?? files
    }

    /// The files of a module relative to its directory, and files outside of it that a pattern names.
    private func moved(_ files: [SelectedFile], up module: String) -> [SelectedFile] {
        let prefix = module + "/"
        let own = files.filter { $0.name.hasPrefix(prefix) }
            .map { file in
                var file = file
                file.name = String(file.name.dropFirst(prefix.count))
                return file
            }
        let names = Set(own.map(\.name))
        let others = files.filter { file in
            !file.name.hasPrefix(prefix) && !names.contains(file.name) && rules.name(file.name)
        }
        return own + others
    }
}

extension SelectionRules {
    /// Whether the pattern that includes a file begins with a name, so that it refers to this location.
    fileprivate func name(_ path: String) -> Bool {
        guard let position = lastRule(matching: Array(path.utf8)) else { return false }
        return rules[position].isPositive && !rules[position].glob.base.isEmpty
    }
}
