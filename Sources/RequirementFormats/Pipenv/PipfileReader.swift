import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// Reads a Pipenv project: its lock if it has all packages of the `Pipfile`, otherwise the `Pipfile` itself.
struct PipfileReader {
    private let context: ReadingContext

    /// Reads the project of a `Pipfile.lock` or, if it has none, of a `Pipfile`.
    static func read(_ origin: RequirementSource, context: ReadingContext) throws(DiagnosticError) -> RequirementSet {
        let reader = PipfileReader(context: context)
        let pipfilePath = origin.folder / "Pipfile"
        let pipfile = context.files.isFile(pipfilePath) ? try Pipfile(reading: pipfilePath, context: context) : nil
        guard origin.kind == .pipfileLock else {
            guard let pipfile else { throw reader.missing(origin) }
            let note = Diagnostic(
                .note,
                .missingLockFile,
                "no Pipfile.lock found next to '\(origin.displayName)'; resolving the latest versions",
                help: ["run pipenv lock, and commit Pipfile.lock with the service"]
            )
            return try reader.unlocked(pipfile, [note])
        }
        let lock = try PipfileLock(reading: origin.file, context: context)
        guard let pipfile else { return try lock.requirementSet(origin, context: context, diagnostics: []) }
        var diagnostics: [Diagnostic] = []
        if let hash = lock.hash, hash != pipfile.hash {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .outdatedLock,
                    "'\(origin.displayName)' is out of date: the Pipfile has changed since it was created",
                    at: SourcePlace(file: origin.displayName, line: 1, column: 1),
                    help: ["run pipenv lock"]
                )
            )
        }
        let missing = try pipfile.packages().filter { !lock.satisfies($0) }
        if !missing.isEmpty {
            let names = missing.map { "'\($0.name)'" }.joined(separator: ", ")
            diagnostics.append(
                Diagnostic(
                    .warning,
                    .outdatedLock,
                    "'\(origin.displayName)' does not contain \(names) as the Pipfile requires; "
                        + "resolving the latest versions",
                    at: SourcePlace(file: origin.displayName, line: 1, column: 1),
                    help: ["run pipenv lock"]
                )
            )
            var set = try reader.unlocked(pipfile, diagnostics)
            set.files.append(origin.file)
            return set
        }
        var set = try lock.requirementSet(origin, context: context, diagnostics: diagnostics)
        set.files.append(pipfilePath)
        return set
    }

    private func unlocked(_ pipfile: Pipfile, _ diagnostics: [Diagnostic]) throws(DiagnosticError) -> RequirementSet {
        var list = RequirementList()
        for package in try pipfile.packages() {
            list.requirements.append(try package.requirementEntry(in: pipfile.toml, context: context))
        }
        return RequirementSet(
            origin: RequirementSource(kind: .pipfile, file: pipfile.toml.file, displayName: pipfile.toml.name),
            content: .requirements(list),
            indexes: try pipfile.indexes(context.environment),
            diagnostics: diagnostics,
            files: [pipfile.toml.file]
        )
    }

    private func missing(_ origin: RequirementSource) -> DiagnosticError {
        DiagnosticError(.unreadableRequirements, "cannot read '\(origin.displayName)'")
    }
}
