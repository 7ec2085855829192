import OrderedJSON

extension CompiledFunction {
    /// `DependsOn` for a resource that only depends on the function's alias, or `nil` if the function has no alias.
    package var aliasDependency: TemplateValue? { alias.map { .string($0.logicalID) } }

    /// A permission for a service to invoke the function.
    ///
    /// - Parameters:
    ///   - principal: the service, such as `sns.amazonaws.com`, as a string or an intrinsic function.
    ///   - properties: other properties, such as `SourceArn`.
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

    /// The dependencies of an event source mapping: the role of the function if it is in this stack, and the alias.
    func mappingDependencies(_ context: CompileContext) -> TemplateValue {
        let role = context.roleLogicalID(of: self)
        return .array([role, alias?.logicalID].compactMap { $0.map { .string($0) } })
    }
}
