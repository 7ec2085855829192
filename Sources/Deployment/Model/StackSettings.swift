import AWSClient
import ConfigurationValues
import OrderedJSON
package import ServerlessConfig

/// The settings of the stack that are not in its template.
package struct StackSettings: Sendable {
    /// Whether the stack is changed without change sets (`deploymentMethod: direct`).
    let isDirect: Bool
    /// The tags of the stack, in order.
    let tags: [(key: String, value: String)]
    /// The values of the template's parameters, in order.
    let parameters: [(name: String, value: StackRequest.Parameter)]
    /// The role that CloudFormation acts with.
    let roleARN: String?
    /// The topics that get the events of the stack; `nil` if none is configured.
    let notificationARNs: [String]?
    /// The policy that protects resources from updates, as JSON.
    let policy: String?
    /// Whether a stack that failed stays as it is.
    let disablesRollback: Bool
    /// The alarms that end an update.
    let rollback: StackRequest.Rollback?

    /// Reads the settings of a service.
    package init(of service: Service) {
        let provider = service.provider
        isDirect = provider["deploymentMethod"]?.string == "direct"
        tags = Self.tags(provider["stackTags"], stage: service.stage)
        parameters = (provider["stackParameters"]?.list ?? []).compactMap(Self.parameter)
        roleARN = (provider["iam"]?["deploymentRole"] ?? provider["cfnRole"])?.string
        notificationARNs = provider["notificationArns"]?.list.map { $0.compactMap(\.string) }
        policy = provider["stackPolicy"]
            .flatMap { policy in
                policy.list?.isEmpty == false ? JSONWriter().text(of: ["Statement": policy.json]) : nil
            }
        disablesRollback = provider["disableRollback"]?.bool ?? false
        rollback = provider["rollbackConfiguration"]
            .map { setting in
                StackRequest.Rollback(
                    monitoringMinutes: setting["MonitoringTimeInMinutes"]?.number.map { Int($0) },
                    triggers: (setting["RollbackTriggers"]?.list ?? [])
                        .map { .init(arn: $0["Arn"]?.string ?? "", type: $0["Type"]?.string ?? "") }
                )
            }
    }

    /// The tag `STAGE`, unless a tag of that name in any case is configured, and the configured tags.
    private static func tags(_ setting: ConfigurationValue?, stage: String) -> [(key: String, value: String)] {
        let configured = (setting?.map ?? [:]).map { (key: $0.key, value: JavaScriptText.text(of: $0.value)) }
        let hasStage = configured.contains { $0.key.lowercased() == "stage" }
        return (hasStage ? [] : [(key: "STAGE", value: stage)]) + configured
    }

    private static func parameter(
        _ setting: ConfigurationValue
    ) -> (name: String, value: StackRequest.Parameter)? {
        guard let name = setting["ParameterKey"]?.string else { return nil }
        if setting["UsePreviousValue"]?.bool == true { return (name, .previous) }
        return (name, .value(setting["ParameterValue"].map { JavaScriptText.text(of: $0) } ?? ""))
    }

    /// The request to create or update the stack.
    ///
    /// - Parameters:
    ///   - name: the name of the stack.
    ///   - template: the content of the template.
    ///   - source: where CloudFormation gets the template from.
    ///   - kind: whether the stack is created or updated.
    /// - Returns: the request.
    func request(
        _ name: String,
        _ template: JSONValue,
        from source: TemplateSource,
        kind: ChangeSet.Kind
    ) -> StackRequest {
        var request = StackRequest(stackName: name, template: source)
        // CloudFormation refuses parameters that the template does not have.
        let known = template["Parameters"]?.objectValue ?? [:]
        request.parameters = parameters.filter { parameter in
            guard known[parameter.name] != nil else { return false }
            return kind == .update || parameter.value != .previous
        }
        request.capabilities = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]
        if template["Transform"] != nil || Self.usesMacro(template) {
            request.capabilities.append("CAPABILITY_AUTO_EXPAND")
        }
        request.tags = tags
        request.roleARN = roleARN
        request.notificationARNs = kind == .update ? notificationARNs ?? [] : notificationARNs
        request.rollback = rollback
        if isDirect {
            request.policy = policy
            if disablesRollback {
                request.disablesRollback = true
            } else if kind == .create {
                request.onFailure = "DELETE"
            }
        }
        return request
    }

    private static func usesMacro(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let members): members.contains { $0.key == "Fn::Transform" || usesMacro($0.value) }
        case .array(let items): items.contains(where: usesMacro)
        default: false
        }
    }

    /// Whether a stack has these tags, parameters, topics and role.
    func match(_ stack: Stack) -> Bool { differences(from: stack).isEmpty }

    /// The settings in which a stack differs, as words for people.
    func differences(from stack: Stack) -> [String] {
        var differences: [String] = []
        if stack.tags != Dictionary(tags.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }) {
            differences.append("tags")
        }
        if Set(stack.notificationARNs) != Set(notificationARNs ?? []) { differences.append("notification topics") }
        for (name, value) in parameters {
            guard case .value(let text) = value, let current = stack.parameters[name] else { continue }
            if text != current { differences.append("parameter \(name)") }
        }
        return differences
    }
}
