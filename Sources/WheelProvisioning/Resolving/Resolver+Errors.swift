import Diagnostics
import PythonPackaging
import RequirementFormats

extension Resolver {
    /// The error for a distribution of which no file has a required hash.
    static func mismatch(
        _ name: PackageName,
        _ files: [LockedFile],
        _ wanted: Set<FileHash>,
        _ place: SourcePlace?
    ) -> DiagnosticError {
        DiagnosticError(
            .hashMismatch,
            "hash mismatch: no file of '\(name)' that works on the target has one of the required hashes",
            at: place,
            notes: wanted.sorted().prefix(4).map { "expected \($0)" }
                + files.prefix(4).map { "'\($0.name)' has \($0.hashes.map(\.description).joined(separator: ", "))" },
            help: ["add the hash of the file for this target, or find out who changed the file"]
        )
    }

    /// The error for a dependency without a hash if hashes are required.
    static func unhashed(_ name: PackageName, _ set: RequirementSet) -> DiagnosticError {
        DiagnosticError(
            .missingRequirementHash,
            "the dependency '\(name)' has no hash in '\(set.origin.displayName)', but hashes are required",
            at: SourcePlace(file: set.origin.displayName, line: 1, column: 1),
            notes: ["hashes are required for all requirements if one has a hash, or with --require-hashes"],
            help: ["add '\(name)' with its version and hashes"]
        )
    }
}
