import OrderedJSON

/// A rule of a schema in the terms of JSON Schema (draft 7): which values are allowed.
///
/// Rules form an immutable tree that is shared by all references to it.
package final class Schema: Sendable {
    /// The types that a value can be required to have.
    package enum ValueType: String, Sendable {
        case string, number, integer, boolean, array, object
    }

    /// The parts of a rule; a part that is absent does not restrict the value.
    struct Parts: Sendable {
        var type: ValueType?
        var allowed: [JSONValue]?
        var pattern: RegularExpression?
        var format: StringFormat?
        var reference: String?
        var lengths: ClosedRange<Int>?
        var numbers: ClosedRange<Double>?
        var items: ClosedRange<Int>?
        var propertyCount: ClosedRange<Int>?
        var isUnique = false
        /// Whether the value is unknown to Serverless 3, so that an issue in it is an error unless a mode is set.
        var isNew = false
        var isClosed = false
        /// Whether a mapping must have exactly one property.
        var hasOneKey = false
        var required: [String] = []
        var properties: OrderedMap<Schema> = [:]
        var patternProperties: [(pattern: RegularExpression, schema: Schema)] = []
        var otherProperties: Schema?
        var propertyNames: Schema?
        /// The properties that other properties require, by the property that requires them.
        var dependencies: OrderedMap<[String]> = [:]
        var item: Schema?
        var tuple: [Schema] = []
        var anyOf: [Schema] = []
        var oneOf: [Schema] = []
        var allOf: [Schema] = []
        /// The properties that are not allowed.
        var forbidden: [String] = []
    }

    let parts: Parts

    init(_ parts: Parts) { self.parts = parts }
}
