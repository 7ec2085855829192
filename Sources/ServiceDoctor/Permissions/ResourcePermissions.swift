/// The actions that CloudFormation performs with a type of resources, for the user who deploys or for the role of the
/// deployment.
struct ResourcePermissions: Sendable {
    /// The type, such as `AWS::SQS::Queue`.
    let type: String
    /// The actions for creating, updating, reading and deleting it.
    let actions: [IAMAction]
    /// The ARN without its partition, in which `{region}`, `{account}` and `{name}` are replaced; `nil` if the actions
    /// apply to all resources.
    let arn: String?
    /// The property with the name of the resource; CloudFormation makes one that begins with that of the stack if it is
    /// missing.
    let nameProperty: String?
    /// Actions that are needed if a property is set, on all resources.
    let extras: [(property: String, actions: [IAMAction])]

    init(
        _ type: String,
        _ service: String,
        _ operations: String,
        _ arn: String? = nil,
        name: String? = nil,
        extras: [(String, String)] = []
    ) {
        self.type = type
        actions = operations.split(separator: " ").map { Self.action(String($0), service) }
        self.arn = arn
        nameProperty = name
        self.extras = extras.map { property, list in
            (property, list.split(separator: " ").map { Self.action(String($0), service) })
        }
    }

    private static func action(_ name: String, _ service: String) -> IAMAction {
        IAMAction(name.contains(":") ? name : "\(service):\(name)")
    }

    /// The permissions for a type; `nil` if they are not known.
    static func permissions(for type: String) -> ResourcePermissions? {
        if let found = byType[type] { return found }
        if type.hasPrefix("AWS::ApiGateway::") || type.hasPrefix("AWS::ApiGatewayV2::") {
            return ResourcePermissions(type, "apigateway", "GET POST PUT PATCH DELETE", "apigateway:{region}::/*")
        }
        if type.hasPrefix("Custom::") || type == "AWS::CloudFormation::CustomResource" {
            return ResourcePermissions(type, "lambda", "InvokeFunction", "lambda:{region}:{account}:function:{name}")
        }
        return nil
    }

    private static let byType: [String: ResourcePermissions] = Dictionary(
        (functions + messages + storage + others).map { ($0.type, $0) }
    ) { first, _ in first }
}
