import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// An `alb` event: a target group, and the listener rule that forwards to it.
struct ALBTarget {
    let event: FunctionEvent
    let function: CompiledFunction
    /// The ID of the load balancer, or the logical ID in a reference to a listener.
    let balancer: String
    /// The ID of the listener, or its logical ID.
    let listener: String
    private let authorizers: [ConfigurationValue]

    /// Reads an `alb` event.
    init(_ event: FunctionEvent, of function: CompiledFunction, _ context: CompileContext) throws(DiagnosticError) {
        self.event = event
        self.function = function
        if let reference = event["listenerArn"]?["Ref"]?.string {
            (balancer, listener) = (reference, reference)
        } else {
            (balancer, listener) = try Self.ids(of: event["listenerArn"], function)
        }
        if event["conditions"]?.map?.isEmpty != false {
            throw DiagnosticError(
                .missingProperty,
                "missing 'conditions' of \(event.label(of: function))",
                at: event["conditions"]?.place ?? event.node.place,
                help: ["set at least one of path, host, method, header, query and ip"]
            )
        }
        let settings = context.service.provider["alb"]
        if let name = event["targetGroupName"], settings?["targetGroupPrefix"]?.isTruthy == true {
            throw DiagnosticError(
                .conflictingProperties,
                "conflicting properties 'targetGroupName' of \(function.label) and 'provider.alb.targetGroupPrefix'",
                at: name.place,
                help: ["set only one of the two"]
            )
        }
        var authorizers: [ConfigurationValue] = []
        for name in event["authorizer"].map({ $0.list ?? [$0] }) ?? [] {
            guard let authorizer = settings?["authorizers"]?[name.string ?? ""] else {
                let names = settings?["authorizers"]?.map?.keys ?? []
                throw DiagnosticError(
                    .unknownAuthorizer,
                    "unknown authorizer '\(name.string ?? "")' of \(function.label)",
                    at: name.place,
                    notes: names.isEmpty ? [] : ["the authorizers are \(names.joined(separator: ", "))"],
                    help: ["define it below 'provider.alb.authorizers'"]
                )
            }
            authorizers.append(authorizer)
        }
        self.authorizers = authorizers
    }

    /// The priority in the form for logical IDs.
    var priority: String { event.node.map?["priority"].map(JavaScriptText.text(of:)) ?? "undefined" }

    private var hasMultipleValues: Bool { event["multiValueHeaders"]?.isTruthy == true }

    /// The logical ID of the target group.
    var groupID: String {
        "\(function.normalizedName)Alb\(hasMultipleValues ? "MultiValue" : "")TargetGroup\(balancer)"
    }

    /// The resource of the target group.
    func group(_ context: CompileContext) -> TemplateValue {
        let prefix = context.service.provider[path: "alb", "targetGroupPrefix"]?.string ?? ""
        let hashed = tagValue(context, hasMultipleValues: hasMultipleValues)
        let name =
            event["targetGroupName"]?.truthyJSON?.text
            ?? String((prefix + MD5.hexadecimal(of: hashed)).prefix(32))
        var properties: OrderedMap<TemplateValue> = [
            "TargetType": "lambda",
            "Targets": [["Id": function.target]],
            "Name": .string(name),
            "Tags": [["Key": "Name", "Value": .string(tagValue(context, hasMultipleValues: false))]],
            "TargetGroupAttributes": [
                ["Key": "lambda.multi_value_headers.enabled", "Value": .bool(hasMultipleValues)]
            ],
        ]
        for (key, value) in healthCheck { properties[key] = value }
        let dependencies = [
            "\(function.normalizedName)LambdaPermissionRegisterTarget", function.alias?.logicalID,
        ]
        .compactMap { $0.map(TemplateValue.string) }
        return [
            "Type": "AWS::ElasticLoadBalancingV2::TargetGroup",
            "Properties": .object(properties),
            "DependsOn": .array(dependencies),
        ]
    }

    private func tagValue(_ context: CompileContext, hasMultipleValues: Bool) -> String {
        "\(context.service.name)-\(function.key)-\(balancer)-\(hasMultipleValues ? "multi-value-" : "")"
            + context.service.stage
    }

    private var healthCheck: OrderedMap<TemplateValue> {
        guard let check = event["healthCheck"], check.isTruthy else { return ["HealthCheckEnabled": false] }
        return [
            "HealthCheckEnabled": true,
            "HealthCheckPath": check["path"]?.json ?? "/",
            "HealthCheckIntervalSeconds": check["intervalSeconds"]?.json ?? 35,
            "HealthCheckTimeoutSeconds": check["timeoutSeconds"]?.json ?? 30,
            "HealthyThresholdCount": check["healthyThresholdCount"]?.json ?? 5,
            "UnhealthyThresholdCount": check["unhealthyThresholdCount"]?.truthyJSON ?? 5,
            "Matcher": ["HttpCode": check[path: "matcher", "httpCode"]?.truthyJSON ?? "200"],
        ]
    }

    /// The resource of the listener rule.
    var rule: TemplateValue {
        [
            "Type": "AWS::ElasticLoadBalancingV2::ListenerRule",
            "Properties": .object(of: [
                "Actions": .array(actions),
                "Conditions": .array(conditions),
                "ListenerArn": event["listenerArn"]?.json,
                "Priority": event["priority"]?.json,
            ]),
        ]
    }

    private var actions: [TemplateValue] {
        var actions = authorizers.enumerated().map { Self.action($1, order: $0 + 1) }
        actions.append(
            .object(of: [
                "Type": "forward", "TargetGroupArn": .ref(groupID),
                "Order": actions.isEmpty ? nil : .number(Double(actions.count + 1)),
            ])
        )
        return actions
    }

    private static func action(_ authorizer: ConfigurationValue, order: Int) -> TemplateValue {
        let shared: OrderedMap<TemplateValue?> = [
            "OnUnauthenticatedRequest": authorizer["onUnauthenticatedRequest"]?.truthyJSON ?? "deny",
            "AuthenticationRequestExtraParams": authorizer["requestExtraParams"]?.json,
            "Scope": authorizer["scope"]?.json,
            "SessionCookieName": authorizer["sessionCookieName"]?.json,
            "SessionTimeout": authorizer["sessionTimeout"]?.json,
        ]
        let isCognito = authorizer["type"]?.string == "cognito"
        var configuration: OrderedMap<TemplateValue?> =
            isCognito
            ? [
                "UserPoolArn": authorizer["userPoolArn"]?.json,
                "UserPoolClientId": authorizer["userPoolClientId"]?.json,
                "UserPoolDomain": authorizer["userPoolDomain"]?.json,
            ]
            : [
                "AuthorizationEndpoint": authorizer["authorizationEndpoint"]?.json,
                "ClientId": authorizer["clientId"]?.json,
                "Issuer": authorizer["issuer"]?.json,
                "TokenEndpoint": authorizer["tokenEndpoint"]?.json,
                "UserInfoEndpoint": authorizer["userInfoEndpoint"]?.json,
            ]
        for (key, value) in shared { configuration[key] = value }
        if !isCognito {
            if let secret = authorizer["clientSecret"]?.truthyJSON {
                configuration["ClientSecret"] = secret
            } else {
                configuration["UseExistingClientSecret"] = true
            }
        }
        let members = OrderedMap(configuration.compactMap { key, value in value.map { (key, $0) } })
        return [
            "Type": .string(isCognito ? "authenticate-cognito" : "authenticate-oidc"),
            "Order": .number(Double(order)),
            (isCognito ? "AuthenticateCognitoConfig" : "AuthenticateOidcConfig"): .object(members),
        ]
    }

    private var conditions: [TemplateValue] {
        let set = event["conditions"]
        func values(_ key: String) -> TemplateValue? { set?[key].map { .array(($0.list ?? [$0]).map(\.json)) } }
        var result: [TemplateValue] = []
        if let paths = values("path") { result.append(["Field": "path-pattern", "Values": paths]) }
        if let hosts = values("host") {
            result.append(["Field": "host-header", "HostHeaderConfig": ["Values": hosts]])
        }
        if let methods = values("method") {
            result.append(["Field": "http-request-method", "HttpRequestMethodConfig": ["Values": methods]])
        }
        for header in set?["header"].map({ $0.list ?? [$0] }) ?? [] {
            result.append([
                "Field": "http-header",
                "HttpHeaderConfig": .object(of: [
                    "HttpHeaderName": header["name"]?.json, "Values": header["values"]?.json,
                ]),
            ])
        }
        if let query = set?["query"]?.map {
            let pairs = query.map { TemplateValue.object(["Key": .string($0.key), "Value": $0.value.json]) }
            result.append(["Field": "query-string", "QueryStringConfig": ["Values": .array(pairs)]])
        }
        if let addresses = values("ip") {
            result.append(["Field": "source-ip", "SourceIpConfig": ["Values": addresses]])
        }
        return result
    }

    /// The IDs of the load balancer and the listener in the ARN of a listener.
    private static func ids(
        of arn: ConfigurationValue?,
        _ function: CompiledFunction
    ) throws(DiagnosticError) -> (balancer: String, listener: String) {
        let parts = (arn?.string ?? "").split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, parts[0].hasSuffix(":listener"), parts[1] == "app",
            parts[0].hasPrefix("arn:aws"), parts[2...].allSatisfy({ !$0.isEmpty })
        else {
            throw DiagnosticError(
                .invalidARN,
                "'\(arn?.json.text ?? "")' is not the ARN of a listener, in \(FunctionEvent.label("alb", of: function))",
                at: arn?.place,
                notes: ["the format is arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID"]
            )
        }
        return (parts[3], parts[4])
    }
}
