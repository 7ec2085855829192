import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The REST API of the methods, which is in this stack or already exists.
struct RestApi {
    private let context: CompileContext
    /// The settings in `provider.apiGateway`, if any.
    let settings: ConfigurationValue?
    /// The ID of the API, or a reference to it.
    let id: TemplateValue
    /// The ID of the resource at `/`, or a reference to it.
    let rootID: TemplateValue

    /// Whether the API already exists.
    var isExternal: Bool { settings?["restApiId"]?.isTruthy == true }

    /// Reads the settings of the provider.
    ///
    /// - Throws: ``DiagnosticError`` for settings that conflict with an existing API.
    init(_ context: CompileContext) throws(DiagnosticError) {
        self.context = context
        settings = context.service.provider["apiGateway"]
        id = settings?["restApiId"]?.truthyJSON ?? .ref(RestNaming.apiID)
        rootID = settings?["restApiRootResourceId"]?.truthyJSON ?? .getAtt(RestNaming.apiID, "RootResourceId")
        guard isExternal else { return }
        let provider = context.service.provider
        if settings?["restApiRootResourceId"]?.isTruthy != true {
            throw DiagnosticError(
                .missingProperty,
                "missing 'provider.apiGateway.restApiRootResourceId', which 'restApiId' requires",
                at: settings?["restApiId"]?.place,
                help: ["set 'restApiRootResourceId' to the ID of the API's resource at '/'"]
            )
        }
        for (group, setting) in [("tracing", "apiGateway"), ("logs", "restApi")] {
            guard let node = provider[path: group, setting] else { continue }
            throw DiagnosticError(
                .unsupportedCombination,
                "'provider.\(group).\(setting)' cannot be used with 'provider.apiGateway.restApiId'",
                at: node.place,
                help: ["set it in the service that creates the API"]
            )
        }
    }

    /// The stage of the API, which can differ from that of the service.
    var stage: String {
        guard let stage = settings?["stage"], stage.isTruthy else { return context.service.stage }
        return stage.string ?? stage.json.text
    }

    /// The resource of the API, or `nil` if it already exists.
    func resource() throws(DiagnosticError) -> TemplateValue? {
        guard !isExternal else { return nil }
        let provider = context.service.provider
        let endpoint = settings?["endpoint"]
        let policy = settings?["resourcePolicy"]?.json
        let hasPolicy = policy?.arrayValue?.isEmpty == false || policy?.objectValue?.isEmpty == false
        return [
            "Type": "AWS::ApiGateway::RestApi",
            "Properties": .object(of: [
                "Name": .string(name),
                "BinaryMediaTypes": settings?["binaryMediaTypes"]?.truthyJSON,
                "DisableExecuteApiEndpoint": settings?["disableDefaultEndpoint"]?.json,
                "EndpointConfiguration": try endpointConfiguration(provider),
                "SecurityPolicy": endpoint?["securityPolicy"]?.truthyJSON,
                // An empty string resets an access mode that was set before.
                "EndpointAccessMode": endpoint?["accessMode"]?.string.map { .string($0.uppercased()) },
                "Policy": hasPolicy ? ["Version": "2012-10-17", "Statement": policy ?? .null] : "",
                "ApiKeySourceType": settings?["apiKeySourceType"]?.string.map { .string($0.uppercased()) },
                "MinimumCompressionSize": settings?["minimumCompressionSize"]?.json,
                "Description": settings?["description"]?.truthyJSON,
            ]),
        ]
    }

    private var name: String {
        let service = context.service
        if let name = service.provider["apiName"], name.isTruthy { return name.string ?? name.json.text }
        return settings?["shouldStartNameWithService"]?.isTruthy == true
            ? "\(service.name)-\(service.stage)" : "\(service.stage)-\(service.name)"
    }

    private func endpointConfiguration(_ provider: ConfigurationValue) throws(DiagnosticError) -> TemplateValue {
        guard let type = provider["endpointType"], type.isTruthy else { return ["Types": ["EDGE"]] }
        let name = type.string?.uppercased() ?? ""
        let gates = provider["vpcEndpointIds"]
        if let gates, gates.isTruthy, name != "PRIVATE" {
            throw DiagnosticError(
                .unsupportedCombination,
                "'vpcEndpointIds' cannot be used with the endpoint type '\(name)'",
                at: gates.place,
                notes: ["only private APIs have VPC endpoints"],
                help: ["set 'endpointType: PRIVATE', or remove 'vpcEndpointIds'"]
            )
        }
        return .object(of: ["Types": [.string(name)], "VpcEndpointIds": gates?.truthyJSON])
    }
}
