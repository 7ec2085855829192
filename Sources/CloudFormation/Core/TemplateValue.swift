import ConfigurationValues
package import OrderedJSON
import ServerlessConfig

/// A value in a CloudFormation template.
package typealias TemplateValue = JSONValue

extension JSONValue {
    /// A call of the intrinsic function `{ "Ref": logicalID }`.
    package static func ref(_ logicalID: String) -> JSONValue { ["Ref": .string(logicalID)] }

    /// A call of the intrinsic function `{ "Fn::GetAtt": [logicalID, attribute] }`.
    package static func getAtt(_ logicalID: String, _ attribute: String) -> JSONValue {
        ["Fn::GetAtt": [.string(logicalID), .string(attribute)]]
    }

    /// A call of the intrinsic function `{ "Fn::Join": [separator, parts] }`.
    package static func join(_ separator: String, _ parts: [JSONValue]) -> JSONValue {
        ["Fn::Join": [.string(separator), .array(parts)]]
    }

    /// A call of the intrinsic function `{ "Fn::Sub": text }`.
    package static func sub(_ text: String) -> JSONValue { ["Fn::Sub": .string(text)] }

    /// A call of the intrinsic function `{ "Fn::ImportValue": name }`.
    package static func importValue(_ name: JSONValue) -> JSONValue { ["Fn::ImportValue": name] }

    /// The trust policy that allows Lambda to assume a role.
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
    /// An object with the given members, except for those that are `nil`.
    package static func object(of members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        var result = OrderedMap<JSONValue>()
        for (key, value) in members {
            if let value { result[key] = value }
        }
        return .object(result)
    }

    /// The value as JSON text on one line, as written by `JSON.stringify`.
    package var jsonText: JSONValue { .string(JSONWriter().text(of: self)) }
}

extension JSONValue {
    /// Tags as a list of objects with `Key` and `Value`, which most resources use.
    static func tags(_ tags: OrderedMap<ConfigurationValue>) -> JSONValue {
        .array(tags.map { ["Key": .string($0.key), "Value": $0.value.json] })
    }
}
