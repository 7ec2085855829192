package import ConfigurationValues
import OrderedJSON
package import ServerlessConfig

extension FunctionEvent {
    /// A setting of the event, or `nil` if the event is a string or does not have it.
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
