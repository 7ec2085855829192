import ConfigurationValues
import OrderedJSON

/// The logical IDs of REST and HTTP interfaces, as Serverless 3 makes them.
enum RestNaming {
    /// The logical ID of the REST API.
    static let apiID = "ApiGatewayRestApi"

    /// The logical ID of the resource at a path.
    static func resourceID(_ path: String) -> String { "ApiGatewayResource" + Naming.normalizedPath(path) }

    /// The logical ID of a method of the resource at a path.
    static func methodID(_ path: String, _ method: String) -> String {
        "ApiGatewayMethod" + Naming.normalizedPath(path) + Naming.normalizedName(method.lowercased())
    }

    /// The logical ID of an authorizer.
    static func authorizerID(_ name: String) -> String {
        Naming.normalizedFunctionName(name) + "ApiGatewayAuthorizer"
    }

    /// The logical ID of the permission for an API to call a function, or an authorizer of that name.
    static func permissionID(_ name: String) -> String {
        Naming.normalizedFunctionName(name) + "LambdaPermissionApiGateway"
    }

    /// The logical ID of the validator that all methods with a schema or required parameters share.
    static func validatorID(service: String) -> String {
        "ApiGateway\(Naming.capitalizedAlphanumeric(service))RequestValidator"
    }

    /// The logical ID of the model of a schema that the provider defines.
    static func modelID(schema: String) -> String {
        let words = Words.split(schema).map { $0.lowercased() }
        return "ApiGateway\(words.map(Naming.normalizedName).joined())Model"
    }

    /// The logical ID of the model of a schema that a method brings along for a media type.
    static func modelID(_ path: String, _ method: String, mediaType: String) -> String {
        methodID(path, method) + Words.split(mediaType).map(Naming.normalizedName).joined() + "Model"
    }

    /// The logical ID of an API key: by number, within its usage plan where there are several.
    static func keyID(_ number: Int, plan: String?) -> String {
        "ApiGatewayApiKey\(plan.map(Naming.normalizedName) ?? "")\(number)"
    }

    /// The logical ID of a usage plan.
    static func planID(_ name: String?) -> String {
        "ApiGatewayUsagePlan\(name.map(Naming.normalizedName) ?? "")"
    }

    /// The logical ID of what puts an API key under a usage plan.
    static func planKeyID(_ number: Int, plan: String?) -> String {
        "ApiGatewayUsagePlanKey\(plan.map(Naming.normalizedName) ?? "")\(number)"
    }
}
