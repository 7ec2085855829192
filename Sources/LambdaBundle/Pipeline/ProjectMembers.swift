import Diagnostics
import GlobMatching
import HostSystem

extension ProjectFiles {
    /// The files of an artifact, with the names that they have in it.
    ///
    /// - Parameters:
    ///   - tree: the service's directories.
    ///   - development: what is left out where development dependencies are.
    ///   - subject: what the artifact is called in messages.
    ///   - mayBeEmpty: whether something else goes into the artifact in any case.
    /// - Returns: the files.
    /// - Throws: a `DiagnosticError` where there are none, and none may not be, or where a pattern cannot be
    ///   looked for; `FileSystemError`.
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
            "No file matches include / exclude patterns of \(subject)",
            category: .bundle,
            notes: module.map { ["only files below its module '\($0)' and those that a pattern names count"] } ?? [],
            help: ["let package.patterns take in at least one file; later patterns count over earlier ones"]
        )
    }

    /// The files of a module with the module's folder as root, and those outside that a pattern names.
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
    /// Whether the pattern that takes a file in begins with a name, so that it means this place and not any.
    fileprivate func name(_ path: String) -> Bool {
        let bytes = Array(path.utf8)
        guard let rule = rules.last(where: { $0.glob.matches(bytes) }) else { return false }
        return rule.isPositive && !rule.glob.base.isEmpty
    }
}
