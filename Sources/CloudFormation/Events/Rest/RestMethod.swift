import ConfigurationValues
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The method of an event, with its integration.
extension RestEvent {
    /// The resource of the method, for a given parent resource.
    func methodResource(_ resource: TemplateValue, _ api: RestApi) -> TemplateValue {
        var dependencies: [TemplateValue] = [.string(RestNaming.permissionID(function.key))]
        if let alias = function.alias { dependencies.append(.string(alias.logicalID)) }
        let method: TemplateValue = [
            "Type": "AWS::ApiGateway::Method",
            "Properties": .object(of: [
                "HttpMethod": .string(method.uppercased()),
                "RequestParameters": .object(OrderedMap(parameters.map { ($0.name, $0.setting.isRequiredParameter) })),
                "ResourceId": resource,
                "RestApiId": api.id,
                "OperationName": node["operationId"]?.json,
                "ApiKeyRequired": .bool(node["private"]?.isTruthy == true),
                "AuthorizationType": "NONE",
                "Integration": integrationValue(api),
                "MethodResponses": .array(methodResponses),
            ]),
            "DependsOn": .array(dependencies),
        ]
        // An authorizer replaces the permission in the dependencies, as it depends on the permission.
        return authorizer.map { method.merged(with: $0.method) } ?? method
    }

    /// Whether a request can be rejected because a required part is missing.
    var hasRequiredParameters: Bool {
        parameters.contains { $0.setting.isRequiredParameter.isTruthy }
    }

    private var mapsAnswers: Bool { integration == "AWS" || integration == "HTTP" || integration == "MOCK" }

    private func integrationValue(_ api: RestApi) -> TemplateValue {
        let request = node["request"]
        var result: OrderedMap<TemplateValue> = ["IntegrationHttpMethod": "POST", "Type": .string(integration)]
        let timeout = node["timeoutInMillis"]?.truthyJSON ?? api.settings?["timeoutInMillis"]?.truthyJSON
        if let timeout { result["TimeoutInMillis"] = timeout }
        switch integration {
        case "AWS", "AWS_PROXY":
            let isStreamed = response?.transferMode == "STREAM"
            result["Uri"] = Gateway.invocationURI(of: function, isStreamed ? .streamed : .buffered)
        case "HTTP", "HTTP_PROXY":
            let own = integration == "HTTP" ? request?["method"]?.string : nil
            result["IntegrationHttpMethod"] = .string((own ?? method).uppercased())
            if let uri = request?["uri"]?.json { result["Uri"] = uri }
            if let connectionType {
                result["ConnectionType"] = .string(connectionType)
                if let id = node["connectionId"]?.json { result["ConnectionId"] = id }
            }
        default: break
        }
        if mapsAnswers {
            let passThrough = request?["passThrough"]?.truthyJSON ?? (integration == "AWS" ? "NEVER" : nil)
            if let passThrough { result["PassthroughBehavior"] = passThrough }
            if let handling = request?["contentHandling"]?.json { result["ContentHandling"] = handling }
            let templates = requestTemplates
            if !templates.isEmpty { result["RequestTemplates"] = .object(templates) }
            result["IntegrationResponses"] = .array(integrationResponses)
        }
        let passesParameters = integration == "AWS" || integration == "HTTP" || integration == "HTTP_PROXY"
        if passesParameters && !parameters.isEmpty || isAsynchronous {
            result["RequestParameters"] = .object(integrationParameters)
        }
        if !mapsAnswers, let mode = response?.transferMode { result["ResponseTransferMode"] = .string(mode) }
        return .object(result)
    }

    private var integrationParameters: OrderedMap<TemplateValue> {
        var result: OrderedMap<TemplateValue> = [:]
        for (name, setting) in parameters {
            let target = "integration." + name.dropFirst("method.".count)
            result[target] = setting["mappedValue"]?.truthyJSON ?? .string(name)
        }
        if isAsynchronous { result["integration.request.header.X-Amz-Invocation-Type"] = "'Event'" }
        return result
    }

    private var requestTemplates: OrderedMap<TemplateValue> {
        var templates: OrderedMap<TemplateValue> = integration == "AWS" ? RestMappingTemplates.defaults : [:]
        for (type, template) in node["request"]?["template"]?.map ?? [:] {
            templates[type] = template.isNull ? nil : template.json
        }
        let claims = (authorizer?.claims ?? [])
            .map { claim -> String in
                guard let colon = claim.firstIndex(of: ":") else {
                    return "\"\(claim)\": \"$context.authorizer.claims.\(claim)\""
                }
                return "\"\(claim[claim.index(after: colon)...])\": \"$context.authorizer.claims['\(claim)']\""
            }
        let members = claims.isEmpty ? "" : claims.joined(separator: ",") + ","
        return templates.mapValues { template in
            guard let text = template.stringValue else { return template }
            return .string(text.replacing(RestMappingTemplates.claimsMark, with: members, maxReplacements: 1))
        }
    }

    /// The headers of all responses, by name: for methods, whether they are present; for integrations, their values.
    private func headers(of status: ConfigurationValue) -> OrderedMap<TemplateValue> {
        var result: OrderedMap<TemplateValue> = cors?.responseHeaders ?? [:]
        for (name, value) in response?.headers ?? [:] { result[name] = value.json }
        for (name, value) in status["headers"]?.map ?? [:] { result[name] = value.json }
        return OrderedMap(result.map { ("method.response.header." + $0.key, $0.value) })
    }

    private var integrationResponses: [TemplateValue] {
        guard let response else { return [] }
        return (response.statusCodes ?? [])
            .map { code, setting in
                var templates: TemplateValue = [:]
                if let template = response.template { templates["application/json"] = template }
                if let own = setting["template"], own.isTruthy {
                    let added = own.map == nil ? ["application/json": own.json] : own.json
                    templates = templates.merged(with: added)
                }
                return .object(of: [
                    "StatusCode": .string(code),
                    "SelectionPattern": setting["pattern"]?.json ?? "",
                    "ResponseParameters": .object(headers(of: setting)),
                    "ResponseTemplates": templates,
                    "ContentHandling": code.hasPrefix("2") ? response.contentHandling : nil,
                ])
            }
    }

    private var methodResponses: [TemplateValue] {
        guard mapsAnswers, let response else { return [] }
        return (response.statusCodes ?? [])
            .map { code, setting in
                [
                    "ResponseParameters": .object(headers(of: setting).mapValues { _ in true }),
                    "ResponseModels": [:],
                    "StatusCode": .string(code),
                ]
            }
    }
}

extension ConfigurationValue {
    /// Whether a parameter with this setting is required: the setting itself, or `required` of an object.
    fileprivate var isRequiredParameter: TemplateValue {
        guard map != nil || list != nil else { return json }
        return self["required"]?.json ?? true
    }
}
