import ConfigurationValues
import OrderedJSON
import ServerlessConfig

extension ConfigurationValue {
    /// The items where this is a list, else this alone.
    var items: [ConfigurationValue] { list ?? [self] }

    /// The texts where this is a list or one text; numbers as JavaScript writes them.
    var texts: [String] { items.map(\.json.text) }

    /// The members where this is a map, none else.
    var members: [(key: String, value: ConfigurationValue)] { map.map { Array($0) } ?? [] }

    /// What JavaScript lays over an object where this is laid over it: the members of a map, the items of a list and
    /// the characters of a text by their numbers, nothing of anything else.
    ///
    /// The validation tells of what is no map; where it only warns, the template is the one that Serverless makes.
    var assignedMembers: [(key: String, value: ConfigurationValue)] {
        let parts =
            list ?? string?.utf16.map { ConfigurationValue(.string(String(decoding: [$0], as: UTF16.self))) } ?? []
        return members + parts.enumerated().map { (String($0.offset), $0.element) }
    }
}

extension ConfigurationValue {
    /// The value without its places where JavaScript takes it for true, else `nil`.
    var truthyJSON: TemplateValue? { isTruthy ? json : nil }
}
