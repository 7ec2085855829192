import ConfigurationValues
import Diagnostics

/// A value while rules are held against it.
///
/// Rules that apply at the same place see what those before them made of the value. A list of one item that a rule
/// wants as a scalar is taken out of its list even where the item does not fit either; rules after that one then see
/// the item, although the list still stands in the configuration (Ajv, option `coerceTypes: 'array'`).
struct CheckedValue {
    /// The value as the next rule sees it.
    private(set) var node: ConfigurationValue
    /// The lists of one item that the value was taken out of and that still stand in the configuration, outermost
    /// first.
    private var lists: [ConfigurationValue] = []
    /// Whether the configuration holds another value than at the start.
    private(set) var isChanged = false

    init(_ node: ConfigurationValue) { self.node = node }

    /// What stands in the configuration.
    var stored: ConfigurationValue {
        lists.reversed()
            .reduce(node) { inner, list in
                ConfigurationValue(.list([inner]), at: list.place, keyAt: list.keyPlace)
            }
    }

    /// Makes sure that the value has a type, by the conversions of ``Coercion``.
    ///
    /// - Returns: whether it has the type now.
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
