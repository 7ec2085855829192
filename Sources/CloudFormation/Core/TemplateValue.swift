import ConfigurationValues
package import OrderedJSON
import ServerlessConfig

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

    /// The trust policy of a role that Lambda assumes.
    package static var trustInLambda: JSONValue {
        [
            "Version": "2012-10-17",
            "Statement": [
                [
                    "Effect": "Allow", "Principal": ["Service": ["lambda.amazonaws.com"]],
                    "Action": ["sts:AssumeRole"],
                ]
            ],
        ]
    }
}

extension JSONValue {
    /// An object of the given members; those that are `nil` are left out.
    package static func object(of members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        var result = OrderedMap<JSONValue>()
        for (key, value) in members {
            if let value { result[key] = value }
        }
        return .object(result)
    }

    /// The value as JSON text in one line, in the way in which `JSON.stringify` writes it.
    package var jsonText: JSONValue { .string(JSONWriter().text(of: self)) }
}

extension JSONValue {
    /// Tags as most resources have them: a list of `Key` and `Value`.
    static func tags(_ tags: OrderedMap<ConfigurationValue>) -> JSONValue {
        .array(tags.map { ["Key": .string($0.key), "Value": $0.value.json] })
    }
}
