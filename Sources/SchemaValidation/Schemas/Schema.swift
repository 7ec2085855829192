import OrderedJSON

/// What a value of a configuration may be: a rule of a schema, in the terms of JSON Schema (draft 7).
///
/// An immutable tree, shared by everything that refers to it.
package final class Schema: Sendable {
    /// The type that a value must have or be convertible to.
    package enum ValueType: String, Sendable {
        case string, number, integer, boolean, array, object
    }

    /// The parts of a rule; what is absent does not restrict.
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
        /// Whether Serverless 3 does not know the value, so that a fault in it is an error unless a mode is set.
        var isNew = false
        var isClosed = false
        /// Whether an object must have exactly one property.
        var hasOneKey = false
        var required: [String] = []
        var properties: OrderedMap<Schema> = [:]
        var patternProperties: [(pattern: RegularExpression, schema: Schema)] = []
        var otherProperties: Schema?
        var propertyNames: Schema?
        /// Properties that need others beside them.
        var dependencies: OrderedMap<[String]> = [:]
        var item: Schema?
        var tuple: [Schema] = []
        var anyOf: [Schema] = []
        var oneOf: [Schema] = []
        var allOf: [Schema] = []
        /// Properties that must not all be there.
        var forbidden: [String] = []
    }

    let parts: Parts

    init(_ parts: Parts) { self.parts = parts }
}
