import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// An authorizer in `provider.httpApi.authorizers`: for tokens (`jwt`), or a function (`request`).
struct HttpApiAuthorizer {
    /// The name in AWS: `name`, or the key by default.
    let name: String
    /// Whether the authorizer is a function.
    let isFunction: Bool
    private let node: ConfigurationValue
    private let function: CompiledFunction?

    /// The logical ID of the authorizer.
    var logicalID: String { "HttpApiAuthorizer" + Naming.normalizedFunctionName(name) }

    init(_ key: String, _ node: ConfigurationValue, _ context: CompileContext) throws(DiagnosticError) {
        self.node = node
        name = node["name"]?.string ?? key
        isFunction = node["type"]?.string == "request"
        let functionKey = node["functionName"]?.string
        function = isFunction ? functionKey.flatMap(context.function) : nil
        guard isFunction else { return }
        let hasARN = node["functionArn"]?.isTruthy == true
        if hasARN == (functionKey != nil) {
            throw DiagnosticError(
                hasARN ? .conflictingProperties : .missingProperty,
                hasARN
                    ? "conflicting properties 'functionArn' and 'functionName' of the authorizer '\(key)'"
                    : "missing 'functionArn' or 'functionName' of the authorizer '\(key)'",
                at: node.keyPlace ?? node.place,
                help: ["set one of the two"]
            )
        }
        if let functionKey, function == nil {
            throw DiagnosticError(
                .unknownFunction,
                "the authorizer '\(key)' uses '\(functionKey)', which is not a function of this service",
                at: node["functionName"]?.place,
                help: NearestNames.help(
                    for: functionKey,
                    among: context.functions.map(\.key),
                    else: ["set 'functionArn' for a function of another service"]
                )
            )
        }
        if let time = node["resultTtlInSeconds"], time.isTruthy, node["identitySource"] == nil {
            throw DiagnosticError(
                .missingProperty,
                "missing 'identitySource' of the authorizer '\(key)', which 'resultTtlInSeconds' requires",
                at: time.keyPlace ?? time.place,
                help: ["set 'identitySource', or 'resultTtlInSeconds: 0'"]
            )
        }
    }

    /// Adds the authorizer, and the permission to invoke its function.
    func add(_ api: HttpApi, into template: inout Template) {
        let source = node["identitySource"].map { $0.list?.map(\.json) ?? [$0.json] } ?? []
        var properties: OrderedMap<TemplateValue> = [
            "ApiId": api.id, "Name": .string(name), "IdentitySource": .array(source),
        ]
        if isFunction {
            let target = node["functionArn"]?.truthyJSON ?? function?.target ?? .null
            properties["AuthorizerType"] = "REQUEST"
            properties["EnableSimpleResponses"] = node["enableSimpleResponses"]?.json
            properties["AuthorizerResultTtlInSeconds"] = node["resultTtlInSeconds"]?.json
            properties["AuthorizerPayloadFormatVersion"] = node["payloadVersion"]?.truthyJSON ?? "2.0"
            properties["AuthorizerUri"] = Gateway.invocationURI(target)
            if node["managedExternally"]?.isTruthy != true { addPermission(target, api, into: &template) }
        } else {
            // A missing audience becomes `null`.
            let audience = node["audience"].map { $0.list?.map(\.json) ?? [$0.json] } ?? [.null]
            properties["AuthorizerType"] = "JWT"
            properties["JwtConfiguration"] = .object(of: [
                "Audience": .array(audience.withoutRepetitions), "Issuer": node["issuerUrl"]?.json,
            ])
        }
        template.resources[logicalID] = .object(of: [
            "Type": "AWS::ApiGatewayV2::Authorizer",
            "Properties": .object(properties),
            "DependsOn": function?.aliasDependency,
        ])
    }

    private func addPermission(_ target: TemplateValue, _ api: HttpApi, into template: inout Template) {
        let logicalID = Naming.normalizedFunctionName(name) + "LambdaAuthorizerPermissionHttpApi"
        template.resources[logicalID] = .object(of: [
            "Type": "AWS::Lambda::Permission",
            "Properties": [
                "FunctionName": target, "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com",
                "SourceArn": Gateway.executionARN(api.id, "/*"),
            ],
            "DependsOn": function?.aliasDependency,
        ])
    }
}
