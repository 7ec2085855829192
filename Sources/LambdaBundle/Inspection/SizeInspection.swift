package import Diagnostics
import HostSystem

/// Checks the sizes of artifacts against the limits of Lambda.
///
/// See <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>.
package enum SizeInspection {
    /// The maximum unzipped size of an artifact in bytes.
    package static let unzippedLimit = 250 << 20

    /// Rejects artifacts whose unzipped size exceeds the limit.
    ///
    /// - Parameter artifacts: all artifacts, before they are written.
    /// - Throws: `DiagnosticError` with an error for each artifact that is too large, and its ten largest distributions.
    package static func check(_ artifacts: [InspectedArtifact]) throws(DiagnosticError) {
        let errors = artifacts.compactMap(error)
        if !errors.isEmpty { throw DiagnosticError(errors) }
    }

    private static func error(of artifact: InspectedArtifact) -> Diagnostic? {
        let size = artifact.content.unzippedBytes
        guard size > unzippedLimit else { return nil }
        let heaviest = (artifact.content.requirements?.distributions ?? [])
            .sorted { ($1.unzippedBytes, $0.name) < ($0.unzippedBytes, $1.name) }
            .prefix(10)
        let own = artifact.content.files.reduce(0) { $0 + ($1.origin == .service ? $1.size : 0) }
        var notes = heaviest.map { distribution in
            "\(Quantity.megabytes(distribution.unzippedBytes)): \(distribution.name) \(distribution.version)"
        }
        if own > 1 << 20 { notes.append("\(Quantity.megabytes(Int64(own))): the service's own files") }
        return Diagnostic(
            .error,
            .artifactTooLarge,
            "\(artifact.subject) is \(Quantity.megabytes(Int64(size))) unzipped; the limit of Lambda is"
                + " \(Quantity.megabytes(Int64(unzippedLimit)))",
            notes: notes,
            help: [
                "omit files that are not needed at run time: slim, slimPatterns, noDeploy, package.patterns",
                "give functions their own requirements: package.individually with module",
                "compress the requirements in the artifact (zip: true), or deploy the function as an image",
            ]
        )
    }
}
