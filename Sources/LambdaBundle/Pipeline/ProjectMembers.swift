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
    ///   - mayBeEmpty: whether the artifact has other content.
    /// - Returns: the files.
    /// - Throws: a `DiagnosticError` if the artifact would be empty, or if a pattern searches below a file;
    ///   `FileSystemError`.
    func select(
        from tree: FileTree,
        without development: DevelopmentDependencies,
        subject: String,
        mayBeEmpty: Bool = false
    ) throws -> [SelectedFile] {
        try rules.refuseSearchBelowFiles(in: tree.root / folder, files: tree.files, subject: subject)
        var files = try tree.select(in: folder, by: rules)
        if excludesDevelopmentDependencies {
            files = try development.removing(from: files)
        }
        if let module { files = moved(files, up: module) }
        guard files.isEmpty, !mayBeEmpty else { return files }
        throw DiagnosticError(
            .emptyArtifact,
            "no file matches the include and exclude patterns of \(subject)",
            notes: module.map { ["it contains files below its module '\($0)', and files that a pattern names"] } ?? [],
            help: ["include at least one file with package.patterns; later patterns override earlier ones"]
        )
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
        let bytes = Array(path.utf8)
        guard let rule = rules.last(where: { $0.glob.matches(bytes) }) else { return false }
        return rule.isPositive && !rule.glob.base.isEmpty
    }
}
