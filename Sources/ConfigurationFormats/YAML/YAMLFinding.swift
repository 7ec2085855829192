import Diagnostics

/// What is wrong with a YAML text, in the words of its author.
struct YAMLFinding {
    /// What is wrong, in lower case without a full stop.
    let message: String
    /// The offset of the cause, which can be before the place at which the text cannot be read any more.
    let offset: Int
    var notes: [String] = []
    var help: [String] = []
}
