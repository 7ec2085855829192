import Diagnostics
import HostSystem
import ZipArchive

/// Checks that a file that the user has built is a zip archive, as Lambda requires.
struct PrebuiltInspection {
    let files: any FileSystem

    /// A warning about a file that is not a zip archive, or is incomplete; `nil` if it can be deployed.
    ///
    /// It is not an error, as the file is packaged as it is, also by Serverless.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - plan: the artifact.
    /// - Returns: the warning.
    func finding(about path: LocalPath, _ plan: ArtifactPlan) -> Diagnostic? {
        let limits = ZipLimits(entryBytes: .max, totalBytes: .max)
        do throws(ZipError) {
            _ = try ZipReader(opening: path.string, limits: limits)
            return nil
        } catch {
            guard let problem = Self.problem(error.reason) else { return nil }
            return Diagnostic(
                .warning,
                .invalidPackageArtifact,
                "package artifact '\(plan.path)' of \(plan.subject) \(problem)",
                at: plan.artifactPlace,
                help: ["create the zip file again, or correct 'package.artifact'"]
            )
        }
    }

    /// What Lambda rejects; other programs than this one may accept the rest, such as unusual names.
    private static func problem(_ reason: ZipError.Reason) -> String? {
        switch reason {
        case .noEndRecord: "is not a zip archive, or it is truncated"
        case .truncated, .badSignature, .misplacedDirectory, .wrongEntryCount, .mismatch, .overlaps, .badData:
            "is damaged: the archive \(reason)"
        default: nil
        }
    }
}
