import ConfigurationValues
import Diagnostics

/// A value while rules are applied to it.
///
/// Each rule sees what the rules before it made of the value. If a rule requires a scalar and the value is a list
/// with one item, the item replaces the list for this rule and the next ones, even if it does not fit either; the
/// list stays in the configuration (Ajv's option `coerceTypes: 'array'`).
struct CheckedValue {
    /// The value as the next rule sees it.
    private(set) var node: ConfigurationValue
    /// The lists with one item that the value was taken out of and that stay in the configuration, outermost first.
    private var lists: [ConfigurationValue] = []
    /// Whether the value in the configuration was changed.
    private(set) var isChanged = false

    init(_ node: ConfigurationValue) { self.node = node }

    /// The value in the configuration.
    var stored: ConfigurationValue {
        lists.reversed()
            .reduce(node) { inner, list in
                ConfigurationValue(.list([inner]), at: list.place, keyAt: list.keyPlace)
            }
    }

    /// Converts the value to a type if necessary, by the rules of ``Coercion``.
    ///
    /// - Returns: whether the value has the type now.
    mutating func convert(to type: Schema.ValueType) -> Bool {
        if Coercion.has(node, type) { return true }
        guard type != .object else { return false }
        if let items = node.list, items.count == 1, let only = items.first {
            lists.append(node)
            node = only
            if Coercion.has(only, type) {
                store(only)
                return true
            }
        }
        guard let converted = Coercion.convert(node, to: type) else { return false }
        store(converted)
        return true
    }

    /// Replaces items or members that were converted; the lists around the value stay.
    mutating func update(_ content: ConfigurationValue.Content) {
        node.content = content
        isChanged = true
    }

    private mutating func store(_ converted: ConfigurationValue) {
        let outermost = lists.first
        node = converted
        if let outermost {
            node.place = node.place ?? outermost.place
            node.keyPlace = outermost.keyPlace
        }
        lists = []
        isChanged = true
    }
}
