package import ConfigurationValues
import OrderedJSON
package import ServerlessConfig

extension FunctionEvent {
    /// The setting of a name where the event is a map, `nil` where it is text or lacks the setting.
    package subscript(key: String) -> ConfigurationValue? { node[key] }

    /// Whether the event counts at all: Serverless passes over one that is `null`, `false` or empty text.
    package var isSet: Bool { node.isTruthy }

    /// `Enabled` of what is on by default; an `enabled` that is `null` leaves it to AWS.
    var isEnabled: TemplateValue { node.map?["enabled"]?.json ?? true }

    /// The setting `filterPatterns` as an event source mapping has it.
    var filterCriteria: TemplateValue? {
        guard let patterns = self["filterPatterns"]?.list else { return nil }
        return ["Filters": .array(patterns.map { ["Pattern": $0.json.jsonText] })]
    }
}
