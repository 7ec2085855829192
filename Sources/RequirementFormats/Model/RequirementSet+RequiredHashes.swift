package import Diagnostics
package import PythonPackaging

extension RequirementSet {
    /// The hashes of which a file of each distribution must have one, by the name of the distribution.
    ///
    /// - Parameter target: The target to install for; requirements whose markers are false for it are ignored.
    /// - Returns: The hashes of the requirements and constraints that have any.
    /// - Throws: A `DiagnosticError` if hashes are required, and a requirement has no hash or no exact version, as
    ///   in pip.
    package func requiredHashes(for target: Target) throws(DiagnosticError) -> [PackageName: Set<FileHash>] {
        guard case .requirements(let list) = content else { return [:] }
        let environment = target.markerEnvironment
        var result: [PackageName: Set<FileHash>] = [:]
        var errors: [Diagnostic] = []
        for entry in list.requirements where entry.marker?.holds(in: environment) ?? true {
            if let name = entry.name, !entry.hashes.isEmpty { result[name, default: []].formUnion(entry.hashes) }
            guard indexes.requiresHashes else { continue }
            let name = entry.name.map { "'\($0)'" } ?? "a requirement"
            if entry.hashes.isEmpty {
                errors.append(
                    Diagnostic(
                        .error,
                        .missingRequirementHash,
                        "\(name) has no hash, but hashes are required",
                        at: entry.place,
                        notes: ["hashes are required for all requirements if one has a hash, or with --require-hashes"],
                        help: ["add --hash=sha256:… to the requirement"]
                    )
                )
            } else if case .named(let requirement) = entry.subject, requirement.address == nil,
                requirement.versions.exactVersion == nil
            {
                errors.append(
                    Diagnostic(
                        .error,
                        .hashWithoutExactVersion,
                        "\(name) has a hash, but no exact version",
                        at: entry.place,
                        help: ["require an exact version with =="]
                    )
                )
            }
        }
        guard errors.isEmpty else { throw DiagnosticError(errors) }
        for entry in list.constraints {
            if let name = entry.name, !entry.hashes.isEmpty { result[name, default: []].formUnion(entry.hashes) }
        }
        return result
    }
}
