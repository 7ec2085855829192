package import Diagnostics
package import HostSystem

/// Creates the directory of a new service from a template.
package struct ServiceCreator: Sendable {
    /// Where the files come from.
    package enum Source: Sendable {
        /// A template of the program.
        case builtIn(BuiltInTemplate)
        /// A directory with the files.
        case directory(LocalPath)
        /// A git repository, or a directory in it.
        case repository(TemplateAddress)
    }

    /// A service that was created.
    package struct Report: Sendable {
        /// The name in the configuration; `nil` if it is that of the template.
        package let name: ServiceName?
        /// The directory of the service.
        package let directory: LocalPath
        /// The created files, relative to the directory.
        package let files: [String]
        /// Warnings about parts of the template that were not used.
        package let warnings: [Diagnostic]
    }

    /// Directories of a template that are not part of the service.
    private static let skipped: Set<String> = [".git", ".serverless", "node_modules"]

    private let services: HostServices

    /// Makes a creator that uses the system.
    package init(_ services: HostServices) { self.services = services }

    /// Creates a service; no existing file is changed, and after an error no new one remains.
    ///
    /// - Parameters:
    ///   - source: where the files come from.
    ///   - path: the directory to create; `nil` for one that is named after the service or the template.
    ///   - current: the working directory, in which a template of the program is created if there is no path.
    ///   - schema: the schema that the configurations of built-in templates refer to, for editors.
    ///   - name: the name of the service; `nil` for that of the template, or of the directory for a template of the
    ///     program.
    /// - Returns: what was created.
    /// - Throws: ``DiagnosticError`` if the template cannot be read or files exist, `FileSystemError`.
    package func create(
        from source: Source,
        at path: LocalPath?,
        in current: LocalPath,
        schema: TemplateFile? = nil,
        name: ServiceName?
    ) async throws -> Report {
        let directory: LocalPath
        var finalName = name
        switch source {
        case .builtIn:
            directory = path ?? current
            finalName = name ?? ServiceName(of: directory.lastComponent)
        case .directory(let template): directory = path ?? current / (name?.text ?? template.lastComponent)
        case .repository(let address): directory = path ?? current / (name?.text ?? address.name)
        }
        if directory != current, services.files.statusIfPresent(of: directory, followingLinks: false) != nil {
            throw DiagnosticError(
                .fileExists,
                "'\(directory.relative(to: current))' already exists",
                help: [
                    "use another directory: --path DIRECTORY",
                    "create the service in an existing directory: --path . in that directory",
                ]
            )
        }
        var (files, warnings) = try await read(source)
        if case .builtIn = source, let schema { files.append(schema) }
        if let finalName, !ServiceRenaming.rename(&files, to: finalName) {
            warnings.append(
                Diagnostic(
                    .warning,
                    .serviceNotRenamed,
                    "the template has no name of a service that can be replaced with '\(finalName.text)'",
                    help: ["set 'service' in the configuration yourself"]
                )
            )
        }
        try write(files, to: directory, isNew: directory != current)
        return Report(name: finalName, directory: directory, files: files.map(\.path), warnings: warnings)
    }

    // MARK: Reading

    private func read(_ source: Source) async throws -> ([TemplateFile], [Diagnostic]) {
        switch source {
        case .builtIn(let template): return (template.files, [])
        case .directory(let directory):
            guard services.files.isDirectory(directory) else {
                throw DiagnosticError(
                    .missingTemplate,
                    "the template '\(directory)' is not a directory",
                    help: ["check the path: --template-path DIRECTORY"]
                )
            }
            return try read(directory)
        case .repository(let address):
            return try await TemplateRepository(services: services).with(address) { try read($0) }
        }
    }

    /// Reads the files of a directory except links, which could lead to files that are not part of it.
    private func read(_ directory: LocalPath) throws -> ([TemplateFile], [Diagnostic]) {
        var files: [TemplateFile] = []
        var warnings: [Diagnostic] = []
        try services.files.walk(directory) { path, kind in
            let place = directory / path
            switch kind {
            case .directory: return !Self.skipped.contains(place.lastComponent)
            case .file:
                let isExecutable = try services.files.status(of: place).isExecutable
                files.append(
                    TemplateFile(path: path, content: try services.files.read(place), isExecutable: isExecutable)
                )
            case .symbolicLink, .other:
                warnings.append(
                    Diagnostic(
                        .warning,
                        .templateFileSkipped,
                        "'\(path)' is skipped because it is not a regular file",
                        help: ["create it yourself if the service needs it"]
                    )
                )
            }
            return false
        }
        return (files, warnings)
    }

    // MARK: Writing

    private func write(_ files: [TemplateFile], to directory: LocalPath, isNew: Bool) throws {
        if isNew {
            // The directory appears with all of its files, or not at all.
            try services.files.createDirectory(directory.parent)
            let staging = directory.parent / ".\(directory.lastComponent)-\(UInt64.random(in: .min ... .max))"
            do {
                try services.files.createDirectory(staging)
                for file in files { try write(file, to: staging) }
                try services.files.rename(staging, to: directory)
            } catch {
                try? services.files.remove(staging)
                throw error
            }
            return
        }
        let existing = files.filter {
            services.files.statusIfPresent(of: directory / $0.path, followingLinks: false) != nil
        }
        guard existing.isEmpty else {
            throw DiagnosticError(
                existing.map { file in
                    Diagnostic(
                        .error,
                        .fileExists,
                        "'\(file.path)' already exists",
                        help: ["move it, or create the service in another directory: --path DIRECTORY"]
                    )
                }
            )
        }
        var written: [LocalPath] = []
        do {
            for file in files {
                written.append(directory / file.path)
                try write(file, to: directory)
            }
        } catch {
            for path in written { try? services.files.remove(path) }
            throw error
        }
    }

    private func write(_ file: TemplateFile, to directory: LocalPath) throws {
        let path = directory / file.path
        try services.files.createDirectory(path.parent)
        try services.files.write(
            file.content,
            to: path,
            options: FileWriteOptions(mode: file.isExecutable ? 0o777 : 0o666)
        )
    }
}
