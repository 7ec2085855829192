import Diagnostics

/// The reason why a value is not resolved.
enum VariableFailure: Error {
    /// The value cannot be resolved.
    case error(VariableError)
    /// The value needs a source that cannot be queried for the property that is resolved now.
    case unavailable(source: String)
    /// The value needs remote variables that the next round looks up.
    case pending
}

/// The reason why a property cannot be resolved, apart from the property, so that errors with the same cause are
/// reported together.
struct VariableError: Hashable {
    /// The settings that exist for other stages, but not for the current one.
    struct MissingStage: Hashable {
        /// The name of the current stage.
        let stage: String
        /// What has settings by stage, such as `'custom.tables'`.
        let place: String
        /// The stages that have settings.
        let known: [String]
        /// Whether the variable ends with the stage.
        let isLast: Bool
    }

    /// An environment variable that is not set, and what is known about `.env` files, which decides the remedy.
    struct UnsetVariable: Hashable {
        /// The name of the variable.
        let name: String
        /// What the remedy depends on; variables with the same are reported together.
        let remedy: DotenvRemedy
    }

    let code: DiagnosticCode
    /// The cause, without the property.
    var message: String
    /// The path of the property; `nil` if the message names it or does not need it.
    var path: String?
    /// Whether errors with this message have the same cause at each place; it matters only without a path.
    var isGeneral = false
    /// The place of the variable, or of the property.
    var place: SourcePlace?
    var notes: [String] = []
    var help: [String] = []
    var toolOutput: String?
    /// The stage that has no settings, if that is the cause.
    var stage: MissingStage?
    /// The environment variable that is not set, if that is the cause and no other name was likely meant.
    var unset: UnsetVariable?
}
