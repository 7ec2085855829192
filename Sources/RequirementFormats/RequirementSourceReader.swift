package import Diagnostics
package import HostSystem
import PythonPackaging

/// Finds the requirement source of a folder and reads it.
package struct RequirementSourceReader: Sendable {
    private let context: ReadingContext

    /// Makes a reader for a service.
    ///
    /// - Parameters:
    ///   - files: The files of the machine.
    ///   - serviceFolder: The folder of the service, absolute.
    ///   - options: The options that were set.
    package init(
        files: any FileSystem,
        serviceFolder: LocalPath,
        options: RequirementSourceOptions = RequirementSourceOptions()
    ) {
        context = ReadingContext(files: files, serviceFolder: serviceFolder, options: options)
    }

    /// The source that counts for a module: its own of whatever kind, else that of the service.
    ///
    /// - Parameter module: The module's folder relative to the service's; `nil` or `.` for the service itself.
    /// - Returns: `nil` where there is none, which is no error.
    /// - Throws: A `DiagnosticError` where a file that decides what counts cannot be read.
    package func locate(module: String? = nil) throws(DiagnosticError) -> RequirementSource? {
        let folder = context.serviceFolder / (module ?? ".")
        if folder != context.serviceFolder, let own = try locate(in: folder) { return own }
        return try locate(in: context.serviceFolder)
    }

    /// The source that counts in one folder.
    ///
    /// In this order: a `fileName` that was set, Pipenv, Poetry, `uv.lock`, `pylock.toml`, `requirements.txt` unless
    /// another `fileName` was set, the dependencies of `pyproject.toml`.
    ///
    /// - Parameter folder: The folder, absolute.
    /// - Returns: `nil` where there is none, which is no error.
    /// - Throws: A `DiagnosticError` where a file that decides what counts cannot be read.
    package func locate(in folder: LocalPath) throws(DiagnosticError) -> RequirementSource? {
        func origin(_ kind: RequirementSource.Kind, _ name: String) -> RequirementSource? {
            let file = folder / name
            guard context.files.isFile(file) else { return nil }
            return RequirementSource(kind: kind, file: file, displayName: context.displayName(of: file))
        }
        if let name = context.options.fileName, let found = origin(Self.kind(ofFile: name), name) { return found }
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
        // A `fileName` that was set takes the place of `requirements.txt`, which then is for something else.
        if context.options.fileName == nil, let found = origin(.requirementsFile, "requirements.txt") { return found }
        return project?.hasDependencies == true ? origin(.pyproject, "pyproject.toml") : nil
    }

    /// The lock of the workspace that a folder is a member of: the next `uv.lock` above it, if that knows it.
    private func workspaceLock(of folder: LocalPath) throws(DiagnosticError) -> RequirementSource? {
        var parent = folder.parent
        while parent != parent.parent {
            let file = parent / "uv.lock"
            if context.files.isFile(file) {
                let knows = try UVLockReader.hasMember(folder, in: file, context: context)
                let name = context.displayName(of: file)
                return knows ? RequirementSource(kind: .uvLock, file: file, displayName: name, member: folder) : nil
            }
            parent = parent.parent
        }
        return nil
    }

    /// A warning for a `fileName` that was set and is in none of some folders, `nil` where all is well.
    ///
    /// - Parameter modules: The folders of modules relative to the service's; the service itself counts always.
    /// - Returns: The warning.
    package func missingFileNameWarning(modules: [String] = []) -> Diagnostic? {
        guard let name = context.options.fileName else { return nil }
        let folders = ["."] + modules
        guard !folders.contains(where: { context.files.isFile(context.serviceFolder / $0 / name) }) else { return nil }
        return Diagnostic(
            .warning,
            "requirements file '\(name)' is nowhere to be found",
            at: context.options.fileNamePlace,
            help: ["correct custom.pythonRequirements.fileName, or write the file"]
        )
    }

    /// Reads a source.
    ///
    /// - Parameter origin: What was located.
    /// - Returns: What it asks for.
    /// - Throws: A `DiagnosticError` that tells every fault in it at its place.
    package func read(_ origin: RequirementSource) throws(DiagnosticError) -> RequirementSet {
        switch origin.kind {
        case .requirementsFile: try RequirementsFileReader.read(origin, context: context)
        case .pipfileLock, .pipfile: try PipfileReader.read(origin, context: context)
        case .poetryLock, .poetryProject: try PoetryReader.read(origin, context: context)
        case .uvLock: try UVLockReader.read(origin, context: context)
        case .pylock: try PylockReader.read(origin, context: context)
        case .pyproject: try ProjectReader.read(origin, context: context)
        }
    }

    /// What kind of source a file is by its name.
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
