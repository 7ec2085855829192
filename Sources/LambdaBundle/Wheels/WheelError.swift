package import Diagnostics
import HostSystem
package import PythonPackaging
import RequirementFormats
import WheelProvisioning

/// An error in the content of a wheel.
package struct WheelError: Error, DiagnosticConvertible {
    /// The distribution of the wheel.
    package let distribution: PackageName
    /// The diagnostics, without locations, as a wheel does not know what requires it.
    package let diagnostics: [Diagnostic]

    /// Runs work on a wheel, and converts its errors.
    static func attributing<Result>(to wheel: StoredWheel, _ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch {
            throw WheelError(
                distribution: wheel.name.name,
                diagnostics: DiagnosticError(describing: error).diagnostics
            )
        }
    }

    /// Adds the location in the service that requires the distribution.
    ///
    /// - Parameter sets: the requirements in the sources of the service.
    /// - Returns: the error to report.
    func error(in sets: some Collection<RequirementSet>) -> DiagnosticError {
        let place = sets.lazy.compactMap { $0.place(of: distribution) }.first
        return DiagnosticError(
            diagnostics.map { diagnostic in
                var diagnostic = diagnostic
                if let place {
                    diagnostic.place = diagnostic.place ?? place
                } else {
                    let names = Set(sets.map(\.origin.displayName)).sorted().joined(separator: ", ")
                    diagnostic.notes.append("'\(distribution)' is a dependency of a requirement in \(names)")
                }
                return diagnostic
            }
        )
    }
}
