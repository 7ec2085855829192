package import Diagnostics
import HostSystem
package import PythonPackaging
import RequirementFormats
import WheelProvisioning

/// What is wrong with the content of a wheel.
package struct WheelError: Error, DiagnosticConvertible {
    /// The distribution.
    package let distribution: PackageName
    /// What is told; without places, as a wheel does not know who asked for it.
    package let diagnostics: [Diagnostic]

    /// Runs work on a wheel, whose errors are about it.
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

    /// The error, with the place in a service that asks for the distribution.
    ///
    /// - Parameter sets: what the sources of the service ask for.
    /// - Returns: the error as it is told.
    func error(in sets: some Collection<RequirementSet>) -> DiagnosticError {
        let place = sets.lazy.compactMap { $0.place(of: distribution) }.first
        return DiagnosticError(
            diagnostics.map { diagnostic in
                var diagnostic = diagnostic
                if let place {
                    diagnostic.place = diagnostic.place ?? place
                } else {
                    let names = Set(sets.map(\.origin.displayName)).sorted().joined(separator: ", ")
                    diagnostic.notes.append("'\(distribution)' is needed by what \(names) asks for")
                }
                return diagnostic
            }
        )
    }
}

extension RequirementSet {
    /// Where a distribution is asked for by name; `nil` where only others need it.
    fileprivate func place(of name: PackageName) -> SourcePlace? {
        switch content {
        case .requirements(let list): list.requirements.first { $0.name == name }?.place
        case .lock(let lock): lock.packages.first { $0.name == name }?.place
        }
    }
}
