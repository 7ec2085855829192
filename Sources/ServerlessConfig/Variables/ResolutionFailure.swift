import Diagnostics
import HostSystem

/// Why a value cannot be resolved, or not yet.
enum ResolutionFailure: Error {
    /// It never can be.
    case fault(Diagnostic)
    /// It takes a source that may not be asked for the property that is wanted now.
    case inaccessible(source: String)
}
