/// The stable identifier of what a diagnostic reports, such as `unknown-runtime`.
///
/// Machines and tests match codes, never the words of a message, so that words can always be improved. A code names
/// what is wrong, not the message; it is never reused for something else. `furoshiki explain CODE` prints its
/// ``explanation``.
package enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
    // MARK: System: files, processes, network
    case unexpectedError = "unexpected-error"

    // MARK: Command line and program

    // MARK: Configuration

    // MARK: Requirement formats

    // MARK: Wheels: indexes, downloads, resolution, builds

    // MARK: Bundle: options, plan, artifacts, inspection

    // MARK: Template
    case missingDeploymentPackage = "missing-deployment-package"
    case invalidDeploymentPackage = "invalid-deployment-package"
    case missingArtifact = "missing-artifact"
    case packagePathNotDirectory = "package-path-not-directory"
}

extension DiagnosticCode {
    /// The part of the work that the code belongs to.
    package var category: Diagnostic.Category {
        switch self {
        case .unexpectedError: .system

        case .missingDeploymentPackage, .invalidDeploymentPackage, .missingArtifact, .packagePathNotDirectory: .system
        }
    }
}

extension DiagnosticCode: CustomStringConvertible {
    package var description: String { rawValue }
}
