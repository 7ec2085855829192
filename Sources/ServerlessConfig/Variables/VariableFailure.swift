import Diagnostics
import HostSystem

/// Why a value cannot be resolved, or not yet.
enum VariableFailure: Error {
    /// It never can be.
    case error(Diagnostic)
    /// It takes a source that may not be asked for the property that is wanted now.
    case unavailable(source: String)
}
