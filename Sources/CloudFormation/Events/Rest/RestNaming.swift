import ConfigurationValues
import OrderedJSON

/// The logical IDs of REST and HTTP APIs, as in Serverless v3.
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

    /// The logical ID of the permission for an API to invoke a function, or an authorizer with this name.
    static func permissionID(_ name: String) -> String {
        Naming.normalizedFunctionName(name) + "LambdaPermissionApiGateway"
    }

    /// The logical ID of the validator that all methods with a schema or required parameters share.
    static func validatorID(service: String) -> String {
        "ApiGateway\(Naming.capitalizedAlphanumeric(service))RequestValidator"
    }

    /// The logical ID of the model of a schema that the provider defines.
    static func modelID(schema: String) -> String {
        let words = IdentifierWords.split(schema).map { $0.lowercased() }
        return "ApiGateway\(words.map(Naming.normalizedName).joined())Model"
    }

    /// The logical ID of the model of a schema in a method, for a media type.
    static func modelID(_ path: String, _ method: String, mediaType: String) -> String {
        methodID(path, method) + IdentifierWords.split(mediaType).map(Naming.normalizedName).joined() + "Model"
    }

    /// The logical ID of an API key, by its number and its usage plan if there are several.
    static func keyID(_ number: Int, plan: String?) -> String {
        "ApiGatewayApiKey\(plan.map(Naming.normalizedName) ?? "")\(number)"
    }

    /// The logical ID of a usage plan.
    static func planID(_ name: String?) -> String {
        "ApiGatewayUsagePlan\(name.map(Naming.normalizedName) ?? "")"
    }

    /// The logical ID of the assignment of an API key to a usage plan.
    static func planKeyID(_ number: Int, plan: String?) -> String {
        "ApiGatewayUsagePlanKey\(plan.map(Naming.normalizedName) ?? "")\(number)"
    }
}
