import Diagnostics

/// The reason why a value is not resolved.
enum VariableFailure: Error {
    /// The value cannot be resolved.
    case error(Diagnostic)
    /// The value needs a source that cannot be queried for the property that is resolved now.
    case unavailable(source: String)
    /// The value needs remote variables that the next round looks up.
    case pending
}
