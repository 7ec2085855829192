import ConfigurationValues
import Diagnostics
import OrderedJSON

/// The conversions of values that have another type than their schema requires.
///
/// They are those of the validator Ajv with `coerceTypes: 'array'`: a string of digits becomes a number, a number
/// becomes a string, and a single value becomes a list with one item; ``CheckedValue`` takes single items out of
/// lists. Services rely on them (`memorySize: '512'` from an environment variable), and the template contains the
/// converted value.
enum Coercion {
    /// Whether a value has a type without conversion.
    static func has(_ node: ConfigurationValue, _ type: Schema.ValueType) -> Bool {
        switch (type, node.content) {
        case (.string, .string), (.boolean, .bool), (.array, .list), (.object, .map): true
        case (.number, .number(let value)): value.isFinite
        case (.integer, .number(let value)): value.isFinite && value == value.rounded()
        default: false
        }
    }

    /// The scalar converted to a type that it does not have, or put into a list; `nil` if there is no conversion.
    static func convert(_ node: ConfigurationValue, to type: Schema.ValueType) -> ConfigurationValue? {
        content(of: node, as: type).map { ConfigurationValue($0, at: node.place, keyAt: node.keyPlace) }
    }

    private static func content(of node: ConfigurationValue, as type: Schema.ValueType) -> ConfigurationValue.Content? {
        switch (type, node.content) {
        case (.string, .number(let value)): .string(JavaScriptNumber.text(of: value))
        case (.string, .bool(let value)): .string(value ? "true" : "false")
        case (.string, .null): .string("")
        case (.number, .bool(let value)), (.integer, .bool(let value)): .number(value ? 1 : 0)
        case (.number, .null), (.integer, .null): .number(0)
        case (.number, .string(let text)): number(text).map { .number($0) }
        case (.integer, .string(let text)):
            number(text).flatMap { $0.isInfinite || $0 == $0.rounded() ? .number($0) : nil }
        case (.boolean, .string("true")), (.boolean, .number(1)): .bool(true)
        case (.boolean, .string("false")), (.boolean, .number(0)), (.boolean, .null): .bool(false)
        case (.array, .string), (.array, .number), (.array, .bool), (.array, .null): .list([node])
        default: nil
        }
    }

    /// The number of a string; `nil` for the empty string, and for a string that is not a number.
    private static func number(_ text: String) -> Double? {
        text.isEmpty ? nil : JavaScriptNumber.parse(text)
    }
}
