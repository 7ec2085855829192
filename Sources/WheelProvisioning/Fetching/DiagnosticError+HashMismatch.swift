import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

extension DiagnosticError {
    /// The error for a file that has none of the expected hashes.
    ///
    /// - Parameters:
    ///   - fileName: The name of the file.
    ///   - name: The distribution that the file belongs to.
    ///   - expected: The hashes of which the file must have one.
    ///   - found: The digest of the file; `nil` if it is not known.
    ///   - place: The place of the requirement.
    /// - Returns: An error with the expected hashes and the digest.
    static func hashMismatch(
        _ fileName: String,
        of name: PackageName,
        expected: [FileHash],
        found: SHA256Digest?,
        at place: SourcePlace?
    ) -> DiagnosticError {
        DiagnosticError(
            .hashMismatch,
            "hash mismatch: '\(fileName)' of '\(name)' is not the expected file",
            at: place,
            notes: expected.prefix(4).map { "expected \($0)" } + (found.map { ["found sha256:\($0)"] } ?? []),
            help: ["update the hash if the file was replaced on purpose; otherwise do not trust the index"]
        )
    }
}
