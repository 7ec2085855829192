package import ConfigurationValues
import OrderedJSON
package import ServerlessConfig

extension FunctionEvent {
    /// The event in messages, such as `the event 'http' of the function 'orders'`.
    func label(of function: CompiledFunction) -> String { Self.label(source, of: function) }

    /// An event of a source in messages, such as `the event 'http' of the function 'orders'`.
    static func label(_ source: String, of function: CompiledFunction) -> String {
        "the event '\(source)' of \(function.label)"
    }

    /// The setting with a key, `nil` if the event is not a mapping or lacks the setting.
    package subscript(key: String) -> ConfigurationValue? { node[key] }

    /// Whether the event is set: Serverless ignores `null`, `false` and empty strings.
    package var isSet: Bool { node.isTruthy }

    /// `Enabled`, which is true by default; with `enabled: null`, AWS decides.
    var isEnabled: TemplateValue { node.map?["enabled"]?.json ?? true }

    /// The setting `filterPatterns` in the form for event source mappings.
    var filterCriteria: TemplateValue? {
        guard let patterns = self["filterPatterns"]?.list else { return nil }
        return ["Filters": .array(patterns.map { ["Pattern": $0.json.jsonText] })]
    }
}
