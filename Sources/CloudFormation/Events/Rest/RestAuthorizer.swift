import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The authorizer of a method: IAM, a user pool, a function, or an existing authorizer.
struct RestAuthorizer {
    /// The type as in the configuration, except that `AWS_IAM` is in upper case.
    private(set) var type: String?
    /// The name, which determines the logical ID.
    private(set) var name: String?
    /// The ARN of the function or user pool.
    private(set) var arn: TemplateValue?
    /// The ID of an existing authorizer.
    private(set) var authorizerID: TemplateValue?
    /// The alias to invoke, if the function is in this service and has one.
    private(set) var aliasID: String?
    /// Whether the permission to invoke the function is managed elsewhere.
    private(set) var isManagedExternally = false
    private(set) var resultTTL: TemplateValue?
    private(set) var identitySource: TemplateValue?
    private(set) var identityValidation: TemplateValue?
    /// The claims to pass to the function.
    private(set) var claims: [String] = []
    private(set) var scopes: TemplateValue?

    /// Reads the setting `authorizer` of an event.
    init(_ node: ConfigurationValue, _ event: FunctionEvent, _ context: CompileContext) throws(DiagnosticError) {
        var functionName: String?
        if let text = node.string {
            if text.uppercased() == "AWS_IAM" {
                type = "AWS_IAM"
            } else if text.contains(":") {
                arn = .string(text)
                name = Self.name(in: text)
            } else {
                functionName = text
            }
        } else {
            functionName = try read(node)
            if type == nil { type = node["type"]?.string }
            readDetails(node)
        }
        if let functionName { try refer(to: functionName, node, context) }
        if identitySource == nil, !(type?.uppercased() == "REQUEST" && resultTTL == 0) {
            identitySource = "method.request.header.Authorization"
        }
    }

    /// Reads the settings of an authorizer that is given as a mapping.
    ///
    /// - Returns: the key of its function, if any.
    private mutating func read(_ node: ConfigurationValue) throws(DiagnosticError) -> String? {
        let kind = node["type"]?.string
        if let kind, let id = node["authorizerId"]?.truthyJSON {
            type = kind
            authorizerID = id
        } else if kind?.uppercased() == "AWS_IAM" {
            type = "AWS_IAM"
        } else if let arn = node["arn"]?.truthyJSON {
            self.arn = arn
            if let name = node["name"]?.string {
                self.name = name
            } else if let text = arn.stringValue {
                name = Self.name(in: text)
            } else {
                throw DiagnosticError(
                    .missingProperty,
                    "missing 'name' of an authorizer whose 'arn' is not a string",
                    at: node["arn"]?.place ?? node.place,
                    notes: ["the logical ID of the authorizer is made of its name"],
                    help: ["set 'name' of the authorizer"]
                )
            }
        } else if let name = node["name"]?.string, !name.isEmpty {
            return name
        } else {
            throw DiagnosticError(
                .missingProperty,
                "missing 'name' or 'arn' of an authorizer",
                at: node.place,
                help: ["set 'name' to a function of this service, or 'arn' to the ARN of a function or user pool"]
            )
        }
        return nil
    }

    private mutating func readDetails(_ node: ConfigurationValue) {
        let ttl = node["resultTtlInSeconds"]
        resultTTL = .number((ttl?.number ?? ttl?.string.flatMap(Double.init))?.rounded(.towardZero) ?? 300)
        claims = node["claims"]?.texts ?? []
        scopes = node["scopes"]?.json
        identitySource = node["identitySource"]?.truthyJSON
        identityValidation = node["identityValidationExpression"]?.json
        isManagedExternally = node["managedExternally"]?.isTruthy == true
    }

    private mutating func refer(
        to key: String,
        _ node: ConfigurationValue,
        _ context: CompileContext
    ) throws(DiagnosticError) {
        name = key
        guard let function = context.function(key) else {
            throw DiagnosticError.unknownFunction(key, as: "authorizer", at: node["name"]?.place ?? node.place, context)
        }
        arn = function.target
        aliasID = function.alias?.logicalID
    }

    /// The last part of a function's ARN, which Serverless uses as the key of the function.
    private static func name(in arn: String) -> String {
        let last = arn.split(separator: ":", omittingEmptySubsequences: false).last ?? ""
        return String(last.split(separator: "-", omittingEmptySubsequences: false).last ?? "")
    }

    /// Whether the authorizer is a user pool.
    var isUserPool: Bool { type?.uppercased() == "COGNITO_USER_POOLS" || arnIsUserPool }

    /// Whether the ARN is that of a user pool.
    var arnIsUserPool: Bool {
        guard let text = arn?.stringValue, text.hasPrefix("arn:") else { return false }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let partition = parts.count > 2 ? parts[1] : "0"
        return parts.count > 2 && parts[2].hasPrefix("cognito-idp")
            && partition.utf8.allSatisfy { $0 == UInt8(ascii: "-") || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) }
    }
}

extension RestAuthorizer {
    /// The properties of a method for its authorizer, and the dependencies.
    var method: TemplateValue {
        if type == "AWS_IAM" { return ["Properties": ["AuthorizationType": "AWS_IAM"]] }
        let listedScopes = scopes?.arrayValue?.isEmpty == false ? scopes : nil
        if let type, let authorizerID {
            let kind = type.uppercased()
            return [
                "Properties": .object(of: [
                    "AuthorizationType": .string(kind == "TOKEN" || kind == "REQUEST" ? "CUSTOM" : type),
                    "AuthorizerId": authorizerID,
                    "AuthorizationScopes": kind == "COGNITO_USER_POOLS" ? listedScopes : nil,
                ])
            ]
        }
        let logicalID = RestNaming.authorizerID(name ?? "")
        return [
            "Properties": .object(of: [
                "AuthorizationType": isUserPool ? "COGNITO_USER_POOLS" : "CUSTOM",
                "AuthorizerId": .ref(logicalID),
                "AuthorizationScopes": isUserPool ? listedScopes : nil,
            ]),
            "DependsOn": [.string(logicalID)],
        ]
    }

    /// The resource of the authorizer, or `nil` if none is needed.
    func resource(_ api: RestApi) -> TemplateValue? {
        guard let arn else { return nil }
        return .object(of: [
            "Type": "AWS::ApiGateway::Authorizer",
            "DependsOn": aliasID.map { .string($0) },
            "Properties": .object(of: [
                "AuthorizerResultTtlInSeconds": resultTTL,
                "IdentitySource": identitySource,
                "Name": name.map { .string($0) },
                "RestApiId": api.id,
                "IdentityValidationExpression": identityValidation?.stringValue.map { .string($0) },
                "Type": .string(isUserPool ? "COGNITO_USER_POOLS" : type?.uppercased() ?? "TOKEN"),
                "ProviderARNs": isUserPool ? [arn] : nil,
                "AuthorizerUri": isUserPool ? nil : Gateway.invocationURI(arn),
            ]),
        ])
    }

    /// The permission for the API to invoke the function, or `nil` if none is needed.
    func permission(_ api: RestApi) -> TemplateValue? {
        guard let arn, !isUserPool, !isManagedExternally else { return nil }
        return [
            "Type": "AWS::Lambda::Permission",
            "Properties": [
                "FunctionName": aliasID.map { .ref($0) } ?? arn,
                "Action": "lambda:InvokeFunction",
                "Principal": "apigateway.amazonaws.com",
                "SourceArn": Gateway.executionARN(api.id, "/*/*"),
            ],
        ]
    }
}

extension DiagnosticError {
    /// The error for a reference to a missing function; `role` is the setting, such as `authorizer`.
    static func unknownFunction(
        _ key: String,
        as role: String,
        at place: SourcePlace?,
        _ context: CompileContext
    ) -> DiagnosticError {
        let nearest = NearestNames.nearest(to: key, among: context.functions.map(\.key))
        return DiagnosticError(
            .unknownFunction,
            "the \(role) '\(key)' is not a function of this service",
            at: place,
            notes: nearest.map { ["the function with the nearest name is '\($0)'"] } ?? [],
            help: ["use the key of a function of this service, or the ARN of a function"]
        )
    }
}
