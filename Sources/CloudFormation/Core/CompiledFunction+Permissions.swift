import OrderedJSON

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
