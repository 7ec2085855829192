package import Diagnostics
package import PythonPackaging

/// The Python versions that a project supports, as its `requires-python` says.
package struct PythonRequirement: Hashable, Sendable {
    /// Version sets of which a version must satisfy one; empty if any version is supported.
    package var alternatives: [VersionSpecifierSet]
    /// The place of the value in the project file.
    package var place: SourcePlace

    /// Makes a requirement of the value at a place.
    package init(_ alternatives: [VersionSpecifierSet], at place: SourcePlace) {
        self.alternatives = alternatives
        self.place = place
    }

    /// Checks that the project supports the Python version of a target.
    ///
    /// - Parameter target: The target that the project is installed for.
    /// - Throws: A `DiagnosticError` with both versions if it does not.
    package func check(for target: Target) throws(DiagnosticError) {
        guard !alternatives.isEmpty, !alternatives.contains(where: target.runtime.satisfies) else { return }
        let versions = alternatives.map(\.description).joined(separator: " || ")
        throw DiagnosticError(
            .unsupportedPythonVersion,
            "the project requires Python \(versions), but the target is '\(target)'",
            at: place,
            help: [
                "set another 'runtime' on the function, or allow Python \(target.runtime.version) in the project"
            ]
        )
    }
}
