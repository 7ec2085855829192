package import ConfigurationValues
package import OrderedJSON
package import ServerlessConfig

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

extension CompiledFunction {
    /// `DependsOn` of a resource that calls the function and depends on nothing else: the alias, `nil` where events
    /// call the function itself.
    package var aliasDependency: TemplateValue? { alias.map { .string($0.logicalID) } }

    /// A permission for a service to invoke the function.
    ///
    /// - Parameters:
    ///   - principal: the service, such as `sns.amazonaws.com`, as text or as a call of an intrinsic function.
    ///   - properties: further properties, such as `SourceArn`.
    /// - Returns: the resource (`AWS::Lambda::Permission`).
    package func permission(
        for principal: TemplateValue,
        _ properties: KeyValuePairs<String, TemplateValue?> = [:]
    ) -> TemplateValue {
        var all: OrderedMap<TemplateValue> = [
            "FunctionName": target, "Action": "lambda:InvokeFunction", "Principal": principal,
        ]
        for (key, value) in properties {
            if let value { all[key] = value }
        }
        return .object(of: [
            "Type": "AWS::Lambda::Permission", "DependsOn": aliasDependency, "Properties": .object(all),
        ])
    }

    /// What an event source mapping depends on: the function's role where it is made by this stack, and the alias.
    func mappingDependencies(_ context: CompileContext) -> TemplateValue {
        let role = context.roleLogicalID(of: self)
        return .array([role, alias?.logicalID].compactMap { $0.map { .string($0) } })
    }
}

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

extension ConfigurationValue {
    /// The value without its places where JavaScript takes it for true, else `nil`.
    var truthyJSON: TemplateValue? { isTruthy ? json : nil }
}
