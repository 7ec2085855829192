import ConfigurationValues
import OrderedJSON
import ServerlessConfig

extension ConfigurationValue {
    /// The items of a list, or an array with only this value.
    var items: [ConfigurationValue] { list ?? [self] }

    /// The strings in a list, or a single string; numbers are converted as in JavaScript.
    var texts: [String] { items.map(\.json.text) }

    /// The members of a mapping; empty for other values.
    var members: [(key: String, value: ConfigurationValue)] { map.map { Array($0) } ?? [] }

    /// The members that JavaScript copies when it spreads this value into an object.
    ///
    /// These are the members of a mapping, and the items of a list or the characters of a string by their indices.
    /// Validation reports values that are not mappings; if it only warns, the template is the one of Serverless.
    var assignedMembers: [(key: String, value: ConfigurationValue)] {
        let parts =
            list ?? string?.utf16.map { ConfigurationValue(.string(String(decoding: [$0], as: UTF16.self))) } ?? []
        return members + parts.enumerated().map { (String($0.offset), $0.element) }
    }
}

extension ConfigurationValue {
    /// The value without locations if it is truthy in JavaScript, or `nil` otherwise.
    var truthyJSON: TemplateValue? { isTruthy ? json : nil }
}
