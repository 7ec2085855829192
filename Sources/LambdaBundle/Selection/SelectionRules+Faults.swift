import Diagnostics
import GlobMatching
import HostSystem

extension SelectionRules {
    /// Refuses patterns that look for files below a file, as Serverless v3 does: the search begins there, and fails.
    ///
    /// - Parameters:
    ///   - folder: what the patterns are relative to.
    ///   - files: the files of the machine.
    ///   - subject: what the artifact is called in messages.
    /// - Throws: a `DiagnosticError` that names the pattern and the file.
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
                    "pattern '\(view.glob.pattern)' of \(subject) looks below '\(place.relative(to: folder))',"
                        + " which is a file",
                    category: .bundle,
                    help: ["name the file alone, without '/' and what follows"]
                )
            }
        }
    }
}
