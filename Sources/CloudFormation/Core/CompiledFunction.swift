package import ConfigurationValues
import OrderedJSON
package import ServerlessConfig

/// A function with what other resources need to refer to it.
package struct CompiledFunction: Sendable {
    /// The function's configuration.
    package let function: ServiceFunction
    /// The key in `functions`.
    package var key: String { function.key }
    /// The name in AWS.
    package var name: String { function.name }
    /// The function as messages name it, such as `the function 'hello'`.
    package var label: String { function.label }
    /// The function's configuration as it stands in the file.
    package var node: ConfigurationValue { function.node }
    /// The key as logical IDs hold it, such as `PriceDashquote`.
    package let normalizedName: String
    /// The logical ID of the function, such as `PriceDashquoteLambdaFunction`.
    package let logicalID: String
    /// The alias that events call instead of the function (provisioned concurrency, SnapStart, durable functions).
    package let alias: TargetAlias?
    /// The ARN that events call: that of the function, with its alias where it has one.
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

/// An alias of a function that events call instead of the function itself.
package struct TargetAlias: Hashable, Sendable {
    /// The alias's name: `provisioned`, `snapstart` or `durable`.
    package let name: String
    /// The alias's logical ID, such as `PriceDashquoteProvConcLambdaAlias`.
    package let logicalID: String

    /// The alias of a function, `nil` where events call the function itself.
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
    /// The role that a function is given: its own, else one that the provider names; `nil` where the stack's own
    /// execution role counts.
    package func customRole(of function: CompiledFunction) -> ConfigurationValue? {
        if let own = function.node["role"], own.isTruthy { return own }
        if let role = service.provider[path: "iam", "role"], isExistingRole(role) { return role }
        return service.provider["role"].flatMap { $0.isTruthy ? $0 : nil }
    }

    /// Whether `provider.iam.role` names a role that stands already, instead of settings for one to be made.
    package func isExistingRole(_ role: ConfigurationValue) -> Bool {
        role.string != nil || role.map?.keys.contains { $0.contains("::") } == true
    }

    /// The logical ID of the role in this stack that a function runs with, `nil` where it stands elsewhere.
    package func roleLogicalID(of function: CompiledFunction) -> String? {
        guard let role = customRole(of: function) else { return Template.executionRoleID }
        if let text = role.string { return text.contains(":") ? nil : text }
        if let parts = role["Fn::GetAtt"]?.list?.map(\.string), parts.count == 2, parts[1] == "Arn" { return parts[0] }
        let standsElsewhere = ["Fn::ImportValue", "Ref", "Fn::Sub"].contains { role[$0]?.isTruthy == true }
        return standsElsewhere ? nil : Template.executionRoleID
    }

    /// The ARN of the role that a function runs with.
    package func roleARN(of function: CompiledFunction) -> TemplateValue {
        guard let role = customRole(of: function) else { return .getAtt(Template.executionRoleID, "Arn") }
        guard let text = role.string else { return role.json }
        return text.hasPrefix("arn:") ? .string(text) : .getAtt(text, "Arn")
    }
}
