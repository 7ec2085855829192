package import OrderedJSON

/// A value of a CloudFormation template.
package typealias TemplateValue = JSONValue

extension JSONValue {
    /// `{ "Ref": logicalID }`.
    package static func ref(_ logicalID: String) -> JSONValue { ["Ref": .string(logicalID)] }

    /// `{ "Fn::GetAtt": [logicalID, attribute] }`.
    package static func getAtt(_ logicalID: String, _ attribute: String) -> JSONValue {
        ["Fn::GetAtt": [.string(logicalID), .string(attribute)]]
    }

    /// `{ "Fn::Join": [separator, parts] }`.
    package static func join(_ separator: String, _ parts: [JSONValue]) -> JSONValue {
        ["Fn::Join": [.string(separator), .array(parts)]]
    }

    /// `{ "Fn::Sub": text }`.
    package static func sub(_ text: String) -> JSONValue { ["Fn::Sub": .string(text)] }

    /// `{ "Fn::ImportValue": name }`.
    package static func importValue(_ name: JSONValue) -> JSONValue { ["Fn::ImportValue": name] }

    /// Whether this is a call of an intrinsic function: an object whose only key is `Ref` or starts with `Fn::`.
    package var isIntrinsic: Bool {
        guard let members = objectValue, members.count == 1, let key = members.keys.first else { return false }
        return key == "Ref" || key.hasPrefix("Fn::")
    }
}
