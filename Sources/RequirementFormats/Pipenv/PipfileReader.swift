import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// Reads a Pipenv project: its lock where that says all that the `Pipfile` asks for, else the `Pipfile` itself.
struct PipfileReader {
    private let context: ReadingContext

    /// Reads a project, of which the lock or, without one, the `Pipfile` was located.
    static func read(_ origin: RequirementSource, context: ReadingContext) throws(DiagnosticError) -> RequirementSet {
        let reader = PipfileReader(context: context)
        let pipfilePath = origin.folder / "Pipfile"
        let pipfile = context.files.isFile(pipfilePath) ? try Pipfile(reading: pipfilePath, context: context) : nil
        guard origin.kind == .pipfileLock else {
            guard let pipfile else { throw reader.missing(origin) }
            let note = Diagnostic(
                .note,
                "there is no Pipfile.lock beside \(origin.displayName); versions are chosen anew",
                help: ["run pipenv lock, and keep Pipfile.lock with the service"]
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
                    "\(origin.displayName) was made for another Pipfile",
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
                    "\(origin.displayName) does not have \(names) as the Pipfile asks; versions are chosen anew",
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
        var demands = RequirementList()
        for package in try pipfile.packages() {
            demands.requirements.append(try package.demanded(in: pipfile.toml, context: context))
        }
        return RequirementSet(
            origin: RequirementSource(kind: .pipfile, file: pipfile.toml.file, displayName: pipfile.toml.name),
            content: .requirements(demands),
            indexes: pipfile.indexes(context.environment),
            diagnostics: diagnostics,
            files: [pipfile.toml.file]
        )
    }

    private func missing(_ origin: RequirementSource) -> DiagnosticError {
        DiagnosticError("cannot read '\(origin.displayName)'", category: .resolution)
    }
}
