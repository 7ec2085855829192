import ConfigurationValues
import OrderedJSON

/// The size of all values that variables produced, which is bounded, because values that contain each other several
/// times double with each step.
struct VariableValueSize {
    /// The most values: far more than any service has, as for the aliases of a file.
    private static let maximumValues = 2_000_000
    /// The most bytes of strings, which is far more than a template can have.
    private static let maximumBytes = 64 << 20
    /// The limits in words.
    static let limit = "2,000,000 values or 64 MB of text"

    private var values = 0
    private var bytes = 0

    /// Adds a value with all its parts.
    ///
    /// - Returns: whether the limits are kept.
    mutating func add(_ node: ConfigurationValue) -> Bool {
        values += 1
        guard isWithinLimits else { return false }
        switch node.content {
        case .null, .bool, .number: return true
        case .string(let text):
            bytes += text.utf8.count
            return isWithinLimits
        case .list(let items): return items.allSatisfy { add($0) }
        case .map(let members): return members.values.allSatisfy { add($0) }
        }
    }

    /// Adds a string that is joined of pieces.
    ///
    /// - Returns: whether the limits are kept.
    mutating func add(_ pieces: [String]) -> Bool {
        for piece in pieces { bytes += piece.utf8.count }
        return isWithinLimits
    }

    private var isWithinLimits: Bool { values <= Self.maximumValues && bytes <= Self.maximumBytes }
}
