import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// Reads a Poetry project: its lock, or the dependencies of the project if it has no lock.
enum PoetryReader {
    /// Reads a project or its lock, for the selected groups.
    static func read(_ origin: RequirementSource, context: ReadingContext) throws(DiagnosticError) -> RequirementSet {
        let projectFile = origin.folder / "pyproject.toml"
        guard context.files.isFile(projectFile) else {
            throw DiagnosticError(
                .missingProjectFile,
                "no pyproject.toml found next to '\(origin.displayName)'",
                at: SourcePlace(file: origin.displayName, line: 1, column: 1),
                help: ["restore pyproject.toml, or remove '\(origin.displayName)'"]
            )
        }
        let project = PoetryProject(project: try ProjectFile(reading: projectFile, context: context))
        let selection = try GroupSelection(
            context.options,
            known: project.groupNames,
            source: context.displayName(of: projectFile)
        )
        var dependencies: [PoetryDependency] = []
        for group in selection.names { dependencies += try project.dependencies(ofGroup: group) }
        switch origin.kind {
        case .poetryLock:
            return try PoetryLockReader(
                lock: TOMLFile(reading: origin.file, context: context),
                project: project,
                context: context
            )
            .read(origin, roots: dependencies)
        default:
            return try unlocked(dependencies, of: project, origin, context)
        }
    }

    private static func unlocked(
        _ dependencies: [PoetryDependency],
        of project: PoetryProject,
        _ origin: RequirementSource,
        _ context: ReadingContext
    ) throws(DiagnosticError) -> RequirementSet {
        let toml = project.project.toml
        guard !context.options.requiresPoetryLock else {
            throw DiagnosticError(
                .missingLockFile,
                "poetry.lock file not found - set requirePoetryLockFile to false to disable this error",
                at: toml.place(of: toml.root["tool", "poetry"]),
                help: ["run poetry lock, and commit poetry.lock with the service"]
            )
        }
        var list = RequirementList()
        for dependency in dependencies {
            list.requirements.append(try dependency.requirementEntry(in: toml, context: context))
        }
        var indexes = try project.indexes()
        indexes.allowsPreReleases = dependencies.contains(where: \.allowsPreReleases)
        var set = RequirementSet(
            origin: origin,
            content: .requirements(list),
            indexes: indexes,
            diagnostics: [
                Diagnostic(
                    .note,
                    .missingLockFile,
                    "no poetry.lock found next to '\(origin.displayName)'; resolving the latest versions",
                    help: ["run poetry lock, and commit poetry.lock with the service"]
                )
            ],
            files: [origin.file]
        )
        set.python = try project.python()
        return set
    }
}
