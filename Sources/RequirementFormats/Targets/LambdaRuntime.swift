package import Diagnostics
import LambdaRuntimes

/// The runtime of a function, as the property `runtime` names it.
package enum LambdaRuntime: Hashable, Sendable {
    /// Python, so that the function gets wheels.
    case python(PythonRuntime)
    /// Another language, by its name.
    case other(String)

    /// Reads the name of a runtime.
    ///
    /// - Parameters:
    ///   - name: The value of `runtime`.
    ///   - place: The place of the value.
    /// - Throws: A `DiagnosticError` that lists the known runtimes, nearest first, if the name is not a runtime.
    package init(named name: String, at place: SourcePlace?) throws(DiagnosticError) {
        if let python = PythonRuntime(name: name) {
            self = .python(python)
        } else if RuntimeCatalog.exists(name) {
            self = .other(name)
        } else {
            throw DiagnosticError([RuntimeCatalog.unknown(name, at: place)])
        }
    }
}
