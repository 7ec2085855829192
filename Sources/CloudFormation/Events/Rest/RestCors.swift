import ConfigurationValues
import OrderedJSON
import ServerlessConfig

/// The CORS settings of a method.
struct RestCors {
    private(set) var origin: String?
    private(set) var origins: [String] = []
    private(set) var methods = ["OPTIONS"]
    private(set) var headers = Self.defaultHeaders
    private(set) var allowsCredentials = false
    private(set) var maxAge: TemplateValue?
    private(set) var cacheControl: TemplateValue?

    private static let defaultHeaders = [
        "Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key", "X-Amz-Security-Token", "X-Amz-User-Agent",
        "X-Amzn-Trace-Id",
    ]

    /// Reads the setting `cors` of an event with a method.
    init(_ node: ConfigurationValue, method: String) {
        let method = method.uppercased()
        guard node.map != nil else {
            origin = "*"
            methods.append(method)
            return
        }
        let hasOrigins = node["origins"]?.isTruthy == true
        origin = node["origin"].map { $0.string ?? $0.json.text } ?? (hasOrigins ? nil : "*")
        origins = node["origins"]?.texts ?? []
        if let list = node["methods"]?.texts { methods = list }
        if let list = node["headers"], list.isTruthy { headers = list.texts }
        if !methods.contains("OPTIONS") { methods.append("OPTIONS") }
        if !methods.contains(method) { methods.append(method) }
        allowsCredentials = node["allowCredentials"]?.isTruthy == true
        maxAge = node["maxAge"]?.truthyJSON
        cacheControl = node["cacheControl"]?.truthyJSON
    }

    /// Combines the settings of two methods with the same path; for single values, this one has precedence.
    func united(with earlier: RestCors?) -> RestCors {
        var result = self
        result.headers = headers.united(with: earlier?.headers ?? [])
        result.methods = methods.united(with: earlier?.methods ?? [])
        result.origins = origins.united(with: earlier?.origins ?? [])
        result.allowsCredentials = earlier?.allowsCredentials == true || allowsCredentials
        result.maxAge = maxAge ?? earlier?.maxAge
        result.cacheControl = cacheControl ?? earlier?.cacheControl
        return result
    }

    /// The headers of the method's own responses, for integrations that map responses.
    var responseHeaders: OrderedMap<TemplateValue> {
        let allowed = origins.isEmpty ? origin ?? "undefined" : origins.joined(separator: ",")
        var result: OrderedMap<TemplateValue> = ["Access-Control-Allow-Origin": .string("'\(allowed)'")]
        if allowsCredentials { result["Access-Control-Allow-Credentials"] = "true" }
        return result
    }
}

extension RestCors {
    /// The method for preflight requests.
    func preflight(_ resource: TemplateValue, _ api: RestApi) -> TemplateValue {
        var choices = origins
        if let origin, origin.contains(",") {
            choices = origin.split(separator: ",", omittingEmptySubsequences: false).map(Self.trimmed)
        }
        let headers = preflightHeaders(origin: choices.first ?? origin ?? "undefined")
        let names = headers.map { ("method.response.header.\($0.key)", $0.value) }
        return [
            "Type": "AWS::ApiGateway::Method",
            "Properties": [
                "AuthorizationType": "NONE",
                "HttpMethod": "OPTIONS",
                "MethodResponses": [
                    [
                        "StatusCode": "200",
                        "ResponseParameters": .object(OrderedMap(names.map { ($0.0, .bool(true)) })),
                        "ResponseModels": [:],
                    ]
                ],
                "RequestParameters": [:],
                "Integration": [
                    "Type": "MOCK",
                    "RequestTemplates": ["application/json": "{statusCode:200}"],
                    "ContentHandling": "CONVERT_TO_TEXT",
                    "IntegrationResponses": [
                        [
                            "StatusCode": "200",
                            "ResponseParameters": .object(OrderedMap(names)),
                            "ResponseTemplates": [
                                "application/json": .string(choices.isEmpty ? "" : Self.originTemplate(choices))
                            ],
                        ]
                    ],
                ],
                "ResourceId": resource,
                "RestApiId": api.id,
            ],
        ]
    }

    private func preflightHeaders(origin: String) -> OrderedMap<TemplateValue> {
        func quoted(_ text: String) -> TemplateValue { .string("'\(text)'") }
        var allowed = methods.joined(separator: ",")
        if methods.contains("ANY"), let range = allowed.firstRange(of: "ANY") {
            allowed.replaceSubrange(range, with: "DELETE,GET,HEAD,PATCH,POST,PUT")
        }
        var result: OrderedMap<TemplateValue> = [
            "Access-Control-Allow-Origin": quoted(origin),
            "Access-Control-Allow-Headers": quoted(headers.joined(separator: ",")),
            "Access-Control-Allow-Methods": quoted(allowed),
        ]
        if allowsCredentials { result["Access-Control-Allow-Credentials"] = quoted("true") }
        if let maxAge { result["Access-Control-Max-Age"] = quoted(maxAge.text) }
        if let cacheControl { result["Cache-Control"] = quoted(cacheControl.text) }
        return result
    }

    /// A mapping template that returns the origin of the request if it is one of several allowed ones.
    ///
    /// In the origins, `*` matches any text.
    private static func originTemplate(_ origins: [String]) -> String {
        let tests = origins.map { origin -> String in
            var pattern = origin.replacing(".", with: "[.]")
            if let star = pattern.firstIndex(of: "*") { pattern.replaceSubrange(star...star, with: ".+") }
            return "$origin.matches(\"\(pattern)\")"
        }
        return """
            #set($origin = $input.params("Origin"))
            #if($origin == "") #set($origin = $input.params("origin")) #end
            #if(\(tests.joined(separator: " || "))) \
            #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end
            """
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension [String] {
    /// Appends the items of another list, without duplicates.
    func united(with others: [String]) -> [String] {
        var seen: Set<String> = []
        return (self + others).filter { seen.insert($0).inserted }
    }
}
