package import ConfigurationValues
import OrderedJSON
package import ServerlessConfig

/// A function, with the names and references that other resources need.
package struct CompiledFunction: Sendable {
    /// The function in the configuration model.
    package let function: ServiceFunction
    /// The key of the function in `functions`.
    package var key: String { function.key }
    /// The name of the function in AWS.
    package var name: String { function.name }
    /// The description of the function in messages, such as `the function 'hello'`.
    package var label: String { function.label }
    /// The configuration of the function in the file.
    package var node: ConfigurationValue { function.node }
    /// The key in the form for logical IDs, such as `PriceDashquote`.
    package let normalizedName: String
    /// The logical ID of the function, such as `PriceDashquoteLambdaFunction`.
    package let logicalID: String
    /// The alias that events invoke instead of the function (provisioned concurrency, SnapStart, durable functions).
    package let alias: TargetAlias?
    /// The ARN that events invoke: that of the alias, or of the function if it has no alias.
    package let target: TemplateValue

    init(_ function: ServiceFunction) {
        self.function = function
        normalizedName = Naming.normalizedFunctionName(function.key)
        logicalID = normalizedName + "LambdaFunction"
        alias = TargetAlias(function, normalizedName)
        let arn = TemplateValue.getAtt(logicalID, "Arn")
        target = alias.map { .join(":", [arn, .string($0.name)]) } ?? arn
    }

    /// Whether the function's executions are durable (`durableConfig`).
    var isDurable: Bool { function.isDurable }

    /// Whether a CloudFront distribution runs the function at the edge.
    package var isAtEdge: Bool { function.events.contains { $0.source == "cloudFront" && $0.node.isTruthy } }
}

/// An alias of a function that events invoke instead of the function itself.
package struct TargetAlias: Hashable, Sendable {
    /// The name of the alias: `provisioned`, `snapstart` or `durable`.
    package let name: String
    /// The logical ID of the alias, such as `PriceDashquoteProvConcLambdaAlias`.
    package let logicalID: String

    /// The alias of a function, or `nil` if events invoke the function itself.
    init?(_ function: ServiceFunction, _ normalizedName: String) {
        if function.node["durableConfig"]?.isTruthy == true {
            self = TargetAlias(name: "durable", logicalID: normalizedName + "DurableLambdaAlias")
        } else if function.node["snapStart"]?.isTruthy == true {
            self = TargetAlias(name: "snapstart", logicalID: normalizedName + "SnapStartLambdaAlias")
        } else if function.node["provisionedConcurrency"]?.isTruthy == true {
            self = TargetAlias(name: "provisioned", logicalID: normalizedName + "ProvConcLambdaAlias")
        } else {
            return nil
        }
    }

    private init(name: String, logicalID: String) {
        self.name = name
        self.logicalID = logicalID
    }
}

extension CompileContext {
    /// The role that is set for a function or the provider, or `nil` if the function uses the role of the stack.
    package func customRole(of function: CompiledFunction) -> ConfigurationValue? {
        if let own = function.node["role"], own.isTruthy { return own }
        if let role = service.provider[path: "iam", "role"], isExistingRole(role) { return role }
        return service.provider["role"].flatMap { $0.isTruthy ? $0 : nil }
    }

    /// Whether `provider.iam.role` refers to an existing role, and does not contain settings for a new one.
    package func isExistingRole(_ role: ConfigurationValue) -> Bool {
        role.string != nil || role.map?.keys.contains { $0.contains("::") } == true
    }

    /// The logical ID of a function's role, or `nil` if the role is not in this stack.
    package func roleLogicalID(of function: CompiledFunction) -> String? {
        guard let role = customRole(of: function) else { return Template.executionRoleID }
        if let text = role.string { return text.contains(":") ? nil : text }
        if let parts = role["Fn::GetAtt"]?.list?.map(\.string), parts.count == 2, parts[1] == "Arn" { return parts[0] }
        let isElsewhere = ["Fn::ImportValue", "Ref", "Fn::Sub"].contains { role[$0]?.isTruthy == true }
        return isElsewhere ? nil : Template.executionRoleID
    }

    /// The ARN of a function's role.
    package func roleARN(of function: CompiledFunction) -> TemplateValue {
        guard let role = customRole(of: function) else { return .getAtt(Template.executionRoleID, "Arn") }
        guard let text = role.string else { return role.json }
        return text.hasPrefix("arn:") ? .string(text) : .getAtt(text, "Arn")
    }
}
