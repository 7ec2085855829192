/// Where CloudFormation gets a template from.
package enum TemplateSource: Hashable, Sendable {
    /// The template itself, of at most 51,200 bytes.
    case body(String)
    /// The address of an object in S3.
    case address(String)
    /// The template that the stack has.
    case previous

    func add(to parameters: inout QueryParameters) {
        switch self {
        case .body(let text): parameters.add("TemplateBody", text)
        case .address(let address): parameters.add("TemplateURL", address)
        case .previous: parameters.add("UsePreviousTemplate", true)
        }
    }
}

/// A stack as it is to be created or updated.
package struct StackRequest: Hashable, Sendable {
    /// A parameter of a template.
    package enum Parameter: Hashable, Sendable {
        /// A value that replaces the previous one.
        case value(String)
        /// The value that the stack has.
        case previous
    }

    /// The name of the stack.
    package var stackName: String
    /// The template of the stack.
    package var template: TemplateSource
    /// The values of the template's parameters, in order.
    package var parameters: [(name: String, value: Parameter)] = []
    /// The acknowledged capabilities, such as `CAPABILITY_IAM`.
    package var capabilities: [String] = []
    /// The topics that get events; `nil` for those that the stack has.
    package var notificationARNs: [String]?
    /// The tags of the stack and its resources, in order; `nil` for those that the stack has.
    package var tags: [(key: String, value: String)]?
    /// The role that CloudFormation acts with.
    package var roleARN: String?
    /// The policy that protects resources from updates, as JSON.
    package var policy: String?
    /// Whether a stack that failed stays as it is.
    package var disablesRollback: Bool?
    /// What happens with a new stack that failed: `DELETE`, `ROLLBACK` or `DO_NOTHING`.
    package var onFailure: String?
    /// Alarms whose state ends an update.
    package var rollback: Rollback?
    /// A token that makes the request once: CloudFormation ignores a second one with the same token.
    package var token: String?

    /// Alarms that are watched during and after an update.
    package struct Rollback: Hashable, Sendable {
        /// The minutes after the update in which the alarms are still watched.
        package var monitoringMinutes: Int?
        /// The alarms: ARN and type.
        package var triggers: [Trigger]

        /// Creates settings with some alarms.
        package init(monitoringMinutes: Int? = nil, triggers: [Trigger] = []) {
            self.monitoringMinutes = monitoringMinutes
            self.triggers = triggers
        }
    }

    /// An alarm that is watched.
    package struct Trigger: Hashable, Sendable {
        /// The ARN of the alarm.
        package var arn: String
        /// The type of the resource, such as `AWS::CloudWatch::Alarm`.
        package var type: String

        /// Creates an alarm of a type.
        package init(arn: String, type: String) {
            self.arn = arn
            self.type = type
        }
    }

    /// Creates a request for a stack with a template.
    package init(stackName: String, template: TemplateSource) {
        self.stackName = stackName
        self.template = template
    }

    package static func == (left: Self, right: Self) -> Bool { left.comparable == right.comparable }
    package func hash(into hasher: inout Hasher) { hasher.combine(comparable) }

    /// The parameters of the request, which decide whether two requests are equal.
    private var comparable: [UInt8] { parameters(forUpdateOfPolicy: true).form(operation: "", version: "") }

    /// The parameters of `CreateStack` and `UpdateStack`.
    var parametersOfStack: QueryParameters { parameters(forUpdateOfPolicy: true) }
    /// The parameters of `CreateChangeSet`, which sets no policy.
    var parametersOfChangeSet: QueryParameters { parameters(forUpdateOfPolicy: false) }

    private func parameters(forUpdateOfPolicy hasPolicy: Bool) -> QueryParameters {
        var result = QueryParameters()
        result.add("StackName", stackName)
        template.add(to: &result)
        let values: [[(String, String?)]] = self.parameters.map { name, value in
            switch value {
            case .value(let text): [("ParameterKey", name), ("ParameterValue", text)]
            case .previous: [("ParameterKey", name), ("UsePreviousValue", "true")]
            }
        }
        if !values.isEmpty { result.add("Parameters", values) }
        if !capabilities.isEmpty { result.add("Capabilities", capabilities) }
        result.add("NotificationARNs", notificationARNs)
        result.add("Tags", tags?.map { [("Key", $0.key), ("Value", $0.value)] })
        result.add("RoleARN", roleARN)
        result.add("DisableRollback", disablesRollback)
        result.add("OnFailure", onFailure)
        if let rollback {
            result.add("RollbackConfiguration.MonitoringTimeInMinutes", rollback.monitoringMinutes)
            result.add(
                "RollbackConfiguration.RollbackTriggers",
                rollback.triggers.map { [("Arn", $0.arn), ("Type", $0.type)] }
            )
        }
        if hasPolicy { result.add("StackPolicyBody", policy) }
        result.add(hasPolicy ? "ClientRequestToken" : "ClientToken", token)
        return result
    }
}

/// A stack as it is.
package struct Stack: Hashable, Sendable {
    /// An output of a stack.
    package struct Output: Hashable, Sendable {
        /// The key in the template.
        package var key: String
        /// The value of the output.
        package var value: String
        /// The description in the template.
        package var description: String?
        /// The name under which other stacks import it.
        package var exportName: String?
    }

    /// The name of the stack.
    package var name: String
    /// The identifier, which stays when the stack is deleted.
    package var identifier: String
    /// The status, such as `UPDATE_COMPLETE`.
    package var status: String
    /// Why it has the status.
    package var statusReason: String?
    /// When it was created, in milliseconds since 1970.
    package var created: Int64?
    /// When its last update began.
    package var updated: Int64?
    /// The outputs, in the order of CloudFormation.
    package var outputs: [Output]
    /// The values of the template's parameters.
    package var parameters: [String: String]
    /// The tags of the stack.
    package var tags: [String: String]
    /// The role that CloudFormation acts with.
    package var roleARN: String?
    /// Whether it is protected from deletion.
    package var isTerminationProtected: Bool
    /// The topics that get its events.
    package var notificationARNs: [String]
    /// The identifier of the change set that was executed last; `nil` if the stack was changed without one.
    package var changeSetID: String?

    /// The value of an output.
    package func output(_ key: String) -> String? { outputs.first { $0.key == key }?.value }

    init(_ element: XMLElement) {
        func pairs(_ list: String, _ key: String, _ value: String) -> [String: String] {
            Dictionary(element.list(list).map { ($0.text(key) ?? "", $0.text(value) ?? "") }) { $1 }
        }
        name = element.text("StackName") ?? ""
        identifier = element.text("StackId") ?? ""
        status = element.text("StackStatus") ?? ""
        statusReason = element.text("StackStatusReason")
        created = element.text("CreationTime").flatMap { AWSTimestamp.iso8601($0) }
        updated = element.text("LastUpdatedTime").flatMap { AWSTimestamp.iso8601($0) }
        outputs = element.list("Outputs")
            .map {
                Output(
                    key: $0.text("OutputKey") ?? "",
                    value: $0.text("OutputValue") ?? "",
                    description: $0.text("Description"),
                    exportName: $0.text("ExportName")
                )
            }
        parameters = pairs("Parameters", "ParameterKey", "ParameterValue")
        tags = pairs("Tags", "Key", "Value")
        roleARN = element.text("RoleARN")
        isTerminationProtected = element.text("EnableTerminationProtection") == "true"
        notificationARNs = element.list("NotificationARNs").map(\.text)
        changeSetID = element.text("ChangeSetId").flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// Something that happened to a resource of a stack.
package struct StackEvent: Hashable, Sendable {
    /// The identifier of the event.
    package var identifier: String
    /// The logical ID; the name of the stack for events of the stack itself.
    package var logicalID: String
    /// The physical ID; `nil` if there is none yet.
    package var physicalID: String?
    /// The type of the resource.
    package var type: String
    /// The status, such as `CREATE_FAILED`.
    package var status: String
    /// Why it has the status.
    package var reason: String?
    /// When it happened, in milliseconds since 1970.
    package var timestamp: Int64
    /// The token of the request that caused it.
    package var token: String?
    /// The identifier of the stack.
    package var stackID: String

    init(_ element: XMLElement) {
        identifier = element.text("EventId") ?? ""
        logicalID = element.text("LogicalResourceId") ?? ""
        physicalID = element.text("PhysicalResourceId").flatMap { $0.isEmpty ? nil : $0 }
        type = element.text("ResourceType") ?? ""
        status = element.text("ResourceStatus") ?? ""
        reason = element.text("ResourceStatusReason").flatMap { $0.isEmpty ? nil : $0 }
        timestamp = element.text("Timestamp").flatMap { AWSTimestamp.iso8601($0) } ?? 0
        token = element.text("ClientRequestToken")
        stackID = element.text("StackId") ?? ""
    }
}

/// A resource of a stack.
package struct StackResource: Hashable, Sendable {
    /// The logical ID in the template.
    package var logicalID: String
    /// The physical ID; `nil` if there is none yet.
    package var physicalID: String?
    /// The type of the resource.
    package var type: String
    /// The status of the resource.
    package var status: String

    init(_ element: XMLElement) {
        logicalID = element.text("LogicalResourceId") ?? ""
        physicalID = element.text("PhysicalResourceId").flatMap { $0.isEmpty ? nil : $0 }
        type = element.text("ResourceType") ?? ""
        status = element.text("ResourceStatus") ?? ""
    }
}
