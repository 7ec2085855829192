import ConfigurationValues
import OrderedJSON

extension JSONValue {
    /// A string unchanged, or another value as JSON text, for names in logical IDs.
    var text: String { stringValue ?? JSONWriter().text(of: self) }

    /// Whether the value is truthy in JavaScript.
    var isTruthy: Bool { ConfigurationValue(self).isTruthy }

    /// A part of an ARN by its index; empty if the value is not a string or has fewer parts.
    func arnPart(_ index: Int) -> String {
        let parts = stringValue?.split(separator: ":", omittingEmptySubsequences: false) ?? []
        return parts.indices.contains(index) ? String(parts[index]) : ""
    }

    /// Removes line breaks from a string; other values are unchanged.
    var withoutLineEnds: JSONValue {
        stringValue.map { .string($0.replacing("\r\n", with: "").replacing("\n", with: "")) } ?? self
    }
}

extension [JSONValue] {
    /// The items without duplicates, in the order of their first occurrence.
    var withoutRepetitions: [JSONValue] {
        var seen: Set<JSONValue> = []
        return filter { seen.insert($0).inserted }
    }
}
