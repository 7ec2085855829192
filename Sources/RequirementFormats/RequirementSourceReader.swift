package import Diagnostics
package import HostSystem
import PythonPackaging

/// Finds and reads the requirement source of a service or module.
package struct RequirementSourceReader: Sendable {
    private let context: ReadingContext

    /// Makes a reader for a service.
    ///
    /// - Parameters:
    ///   - files: The file system that sources are read from.
    ///   - serviceFolder: The directory of the service, absolute.
    ///   - options: The options that select sources and groups.
    package init(
        files: any FileSystem,
        serviceFolder: LocalPath,
        options: RequirementSourceOptions = RequirementSourceOptions()
    ) {
        context = ReadingContext(files: files, serviceFolder: serviceFolder, options: options)
    }

    /// Finds the source of a module, in the module's directory or, if that has none, in the service's directory.
    ///
    /// - Parameter module: The module's directory, relative to the service's; `nil` or `.` for the service itself.
    /// - Returns: The source; `nil` if there is none, which is not an error.
    /// - Throws: A `DiagnosticError` if a file that must be read to select the source cannot be read.
    package func locate(module: String? = nil) throws(DiagnosticError) -> RequirementSource? {
        let folder = context.serviceFolder / (module ?? ".")
        if folder != context.serviceFolder, let own = try locate(in: folder) { return own }
        return try locate(in: context.serviceFolder)
    }

    /// Finds the source in one directory.
    ///
    /// The order is: a `fileName` that is set, Pipenv, Poetry, `uv.lock`, `pylock.toml`, `requirements.txt` unless
    /// another `fileName` is set, the dependencies of `pyproject.toml`.
    ///
    /// - Parameter folder: The directory, absolute.
    /// - Returns: The source; `nil` if there is none, which is not an error.
    /// - Throws: A `DiagnosticError` if a file that must be read to select the source cannot be read.
    package func locate(in folder: LocalPath) throws(DiagnosticError) -> RequirementSource? {
        func origin(_ kind: RequirementSource.Kind, _ name: String) -> RequirementSource? {
            let file = folder / name
            guard context.files.isFile(file) else { return nil }
            return RequirementSource(kind: kind, file: file, displayName: context.displayName(of: file))
        }
        if let name = context.options.fileName, let found = origin(Self.kind(ofFile: name), name) {
            guard found.kind == .pyproject, context.options.usesPoetry else { return found }
            let project = try ProjectFile(reading: found.file, context: context)
            let lock = origin(.poetryLock, (LocalPath(name).parent / "poetry.lock").string)
            return project.isPoetry(hasLock: lock != nil) ? lock ?? origin(.poetryProject, name) : found
        }
        if context.options.usesPipenv {
            if let found = origin(.pipfileLock, "Pipfile.lock") ?? origin(.pipfile, "Pipfile") { return found }
        }
        let project = try origin(.pyproject, "pyproject.toml")
            .map { (origin) throws(DiagnosticError) in
                try ProjectFile(reading: origin.file, context: context)
            }
        if context.options.usesPoetry, let project, project.isPoetry(hasLock: origin(.poetryLock, "poetry.lock") != nil)
        {
            return origin(.poetryLock, "poetry.lock") ?? origin(.poetryProject, "pyproject.toml")
        }
        if let found = origin(.uvLock, "uv.lock") { return found }
        if project?.toml.root["project"] != nil, let found = try workspaceLock(of: folder) { return found }
        if let found = origin(.pylock, "pylock.toml") { return found }
        // If `fileName` is set, `requirements.txt` is not a source.
        if context.options.fileName == nil, let found = origin(.requirementsFile, "requirements.txt") { return found }
        return project?.hasDependencies == true ? origin(.pyproject, "pyproject.toml") : nil
    }

    /// The lock of the workspace of which a directory is a member: the nearest `uv.lock` above it, if it lists it.
    private func workspaceLock(of folder: LocalPath) throws(DiagnosticError) -> RequirementSource? {
        var parent = folder.parent
        while parent != parent.parent {
            let file = parent / "uv.lock"
            if context.files.isFile(file) {
                let isMember = try UVLockReader.hasMember(folder, in: file, context: context)
                let name = context.displayName(of: file)
                return isMember ? RequirementSource(kind: .uvLock, file: file, displayName: name, member: folder) : nil
            }
            parent = parent.parent
        }
        return nil
    }

    /// The problem that the file of `fileName` is not in any directory of the service; `nil` if it exists.
    ///
    /// - Parameters:
    ///   - modules: The directories of the modules, relative to the service's, which is checked too.
    ///   - isError: Whether functions have no requirements without the file; otherwise it is a warning.
    /// - Returns: The problem at the place of `fileName`, with the most similar name of a file.
    package func missingFileName(modules: [String] = [], isError: Bool = false) -> Diagnostic? {
        guard let name = context.options.fileName else { return nil }
        let folders = ["."] + modules
        guard !folders.contains(where: { context.files.isFile(context.serviceFolder / $0 / name) }) else { return nil }
        return Diagnostic(
            isError ? .error : .warning,
            .fileNameNotFound,
            "requirements file '\(name)' not found",
            at: context.options.fileNamePlace,
            notes: isError ? ["without it, functions are packaged without any requirements"] : [],
            help: NearestNames.help(
                for: name,
                among: folders.flatMap { similarFiles(in: context.serviceFolder / $0, to: name) },
                else: ["correct custom.pythonRequirements.fileName, or create the file"]
            )
        )
    }

    /// The files that `fileName` may mean: those in its directory, and those in a directory of the service.
    private func similarFiles(in folder: LocalPath, to name: String) -> [String] {
        let parent = LocalPath(name).parent
        return [parent, "."]
            .flatMap { directory in
                // A directory that cannot be read has nothing to suggest.
                ((try? context.files.entriesIfPresent(of: folder / directory.string)) ?? [])
                    .filter { $0.kind == .file }
                    .map { (directory / $0.name).string }
            }
    }

    /// Reads the requirements of a source.
    ///
    /// - Parameter origin: The source, as found by ``locate(module:)``.
    /// - Returns: The requirements, or the distributions of a lock.
    /// - Throws: A `DiagnosticError` with the errors in the source, each at its place.
    package func read(_ origin: RequirementSource) throws(DiagnosticError) -> RequirementSet {
        switch origin.kind {
        case .requirementsFile:
            if let error = UnsupportedSource(origin.file.lastComponent)?.error(origin, context) { throw error }
            return try RequirementsFileReader.read(origin, context: context)
        case .pipfileLock, .pipfile: return try PipfileReader.read(origin, context: context)
        case .poetryLock, .poetryProject: return try PoetryReader.read(origin, context: context)
        case .uvLock: return try UVLockReader.read(origin, context: context)
        case .pylock: return try PylockReader.read(origin, context: context)
        case .pyproject: return try ProjectReader.read(origin, context: context)
        }
    }

    /// The format of a file, by its name.
    private static func kind(ofFile name: String) -> RequirementSource.Kind {
        let file = LocalPath(name).lastComponent
        switch file {
        case "Pipfile": return .pipfile
        case "Pipfile.lock": return .pipfileLock
        case "poetry.lock": return .poetryLock
        case "uv.lock": return .uvLock
        case "pyproject.toml": return .pyproject
        default:
            let isPylock = file == "pylock.toml" || (file.hasPrefix("pylock.") && file.hasSuffix(".toml"))
            return isPylock ? .pylock : .requirementsFile
        }
    }
}
