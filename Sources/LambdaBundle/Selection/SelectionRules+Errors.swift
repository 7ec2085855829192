import Diagnostics
import GlobMatching
import HostSystem

extension SelectionRules {
    /// Rejects patterns that search for files below a file, for which Serverless v3 fails as well.
    ///
    /// - Parameters:
    ///   - folder: the directory that patterns are relative to.
    ///   - files: the file system of the service.
    ///   - subject: the description of the artifact in messages.
    /// - Throws: a `DiagnosticError` with the pattern and the file.
    func refuseSearchBelowFiles(
        in folder: LocalPath,
        files: any FileSystem,
        subject: String
    ) throws(DiagnosticError) {
        for view in views where view.isPositive {
            var place = folder
            for segment in view.isStatic ? view.base.dropLast() : view.base {
                place = place / String(segment)
                guard let status = files.statusIfPresent(of: place) else { break }
                guard status.kind == .file else { continue }
                throw DiagnosticError(
                    .patternBelowFile,
                    "pattern '\(view.glob.pattern)' of \(subject) searches below '\(place.relative(to: folder))',"
                        + " which is a file",
                    help: ["remove '/' and what follows the name of the file"]
                )
            }
        }
    }
}
