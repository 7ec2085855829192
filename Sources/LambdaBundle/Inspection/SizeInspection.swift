package import Diagnostics
import HostSystem

/// Holds artifacts against the sizes that Lambda takes
/// (<https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>).
package enum SizeInspection {
    /// The largest size of an artifact itself in bytes, where it is not uploaded to S3 first.
    package static let zippedLimit = 50 << 20
    /// The largest size of an artifact's files in bytes.
    package static let unzippedLimit = 250 << 20

    /// A note of artifacts that are larger than what Lambda takes directly; `nil` where none is.
    ///
    /// It is no error: deployments upload to S3 first.
    package static func note(on artifacts: [BundleReport.Artifact]) -> Diagnostic? {
        let large = artifacts.filter { $0.zippedBytes > Int64(zippedLimit) }
        guard !large.isEmpty else { return nil }
        let names = large.map { "'\($0.fileName)' is \(Quantity.megabytes($0.zippedBytes))" }
        return Diagnostic(
            .note,
            names.joined(separator: ", ")
                + " zipped; Lambda takes more than \(Quantity.megabytes(Int64(zippedLimit))) only from S3",
            category: .bundle,
            notes: ["a deployment goes by way of S3 anyway; only an upload in the console is refused"]
        )
    }

    /// Refuses artifacts whose files are larger than Lambda takes.
    ///
    /// - Parameter artifacts: all artifacts, none of them written yet.
    /// - Throws: `DiagnosticError` with an error for each that is too large, listing the ten heaviest distributions.
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
            "\(artifact.subject) is \(Quantity.megabytes(Int64(size))) unzipped, and Lambda takes no more than"
                + " \(Quantity.megabytes(Int64(unzippedLimit)))",
            category: .bundle,
            notes: notes,
            help: [
                "leave out what is not needed at run time: slim, slimPatterns, noDeploy, package.patterns",
                "give functions their own requirements: package.individually with module",
                "put the requirements into an archive (zip: true), or make the function an image",
            ]
        )
    }
}
