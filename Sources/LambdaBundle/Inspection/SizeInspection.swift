package import HostSystem

/// Holds artifacts against the sizes that Lambda takes
/// (<https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>).
package enum SizeInspection {
    /// The largest size of an artifact's files in bytes.
    package static let unzippedLimit = 250 << 20

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
            "\(megabytes(Int(distribution.unzippedBytes))): \(distribution.name) \(distribution.version)"
        }
        if own > 1 << 20 { notes.append("\(megabytes(own)): the service's own files") }
        return Diagnostic(
            .error,
            "\(artifact.subject) is \(megabytes(size)) unzipped, and Lambda takes no more than"
                + " \(megabytes(unzippedLimit))",
            category: .bundle,
            notes: notes,
            help: [
                "leave out what is not needed at run time: slim, slimPatterns, noDeploy, package.patterns",
                "give functions their own requirements: package.individually with module",
                "put the requirements into an archive (zip: true), or make the function an image",
            ]
        )
    }

    /// A size as messages show it, in units of 2^20 bytes as Lambda counts them.
    private static func megabytes(_ bytes: Int) -> String {
        let tenths = (bytes * 10 + 1 << 19) >> 20
        return "\(tenths / 10).\(tenths % 10) MB"
    }
}
