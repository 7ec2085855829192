import AWSClient
import Deployment
import OrderedJSON
import ServerlessConfig

/// The ARNs of what a service has in AWS, in which `*` is what is not known.
struct PolicyNames {
    private let service: Service
    private let names: DeploymentNames
    private let partition: String
    private let account: String

    /// Creates the names of a service in an account; `nil` if that is not known.
    init(_ service: Service, account: String?) {
        self.service = service
        self.account = account ?? "*"
        names = DeploymentNames(of: service)
        partition = AWSPartition.containing(region: service.region).identifier
    }

    /// An ARN without its partition, with the region and the account filled in.
    func arn(_ pattern: String, name: String = "") -> String {
        "arn:\(partition):"
            + pattern.replacing("{region}", with: service.region).replacing("{account}", with: account)
            .replacing("{name}", with: name)
    }

    /// The stack with all its change sets.
    var stack: String { arn("cloudformation:{region}:{account}:stack/\(names.stack)/*") }

    /// The deployment bucket: the named one, or the beginning of the name that CloudFormation makes for it.
    var bucket: String {
        if let name = names.bucket { return arn("s3:::\(name)") }
        // A bucket has at most 63 characters, of which the logical ID and a random part need 40.
        let stack = names.stack.lowercased()
        return arn("s3:::" + (stack.count <= 23 ? "\(stack)-serverlessdeploymentbucket-*" : "\(stack.prefix(23))*"))
    }

    /// The objects of the service's stage.
    var objects: String { "\(bucket)/\(names.directory)/*" }

    /// The functions of the service, with their versions.
    var functions: Set<String> {
        Set(
            functionNames.flatMap { name in
                let function = arn("lambda:{region}:{account}:function:{name}", name: name)
                return name.hasSuffix("*") ? [function] : [function, "\(function):*"]
            }
        )
    }

    /// The log groups of the functions.
    var logGroups: Set<String> {
        Set(functionNames.map { arn("logs:{region}:{account}:log-group:/aws/lambda/{name}:*", name: $0) })
    }

    /// The repository of the images that deployments build.
    var repository: String {
        arn("ecr:{region}:{account}:repository/{name}", name: ServiceRepository.name(names))
    }

    /// More functions than this are named by what their names have in common, as policies have a maximum length.
    private static let namedFunctions = 5

    private var functionNames: [String] {
        let all = service.functions.map(\.name)
        let prefix = "\(service.name)-\(service.stage)-"
        let common = all.filter { $0.hasPrefix(prefix) }
        guard common.count > Self.namedFunctions else { return all }
        return ["\(prefix)*"] + all.filter { !$0.hasPrefix(prefix) }
    }

    /// The name of a resource in an ARN: the one in its property, or the beginning of the one that CloudFormation makes.
    ///
    /// - Parameters:
    ///   - resource: the resource in the template.
    ///   - property: the property that names it; `nil` if there is none.
    ///   - template: the template, in which the function of a version or permission is looked up.
    /// - Returns: the name, in which `*` is what is not known.
    func name(of resource: JSONValue, _ property: String?, in template: JSONValue) -> String {
        let properties = resource["Properties"]
        if let property, let value = properties?[property] { return text(value) }
        for reference in ["FunctionName", "TargetFunctionArn", "ServiceToken", "Bucket"] {
            guard let value = properties?[reference] else { continue }
            let id = value["Ref"]?.stringValue ?? value["Fn::GetAtt"]?.arrayValue?.first?.stringValue
            guard let id, let target = template["Resources"]?[id] else { return "\(names.stack)-*" }
            if id == DeploymentNames.bucketID { return String(bucket.split(separator: ":").last ?? "*") }
            return (target["Properties"]?["FunctionName"] ?? target["Properties"]?["BucketName"]).map(text)
                ?? "\(names.stack)-*"
        }
        return "\(names.stack)-*"
    }

    /// A value as far as it is known, such as `orders-dev-*` for one with a reference at its end.
    private func text(_ value: JSONValue) -> String {
        if let text = value.stringValue { return text }
        if let parts = value["Fn::Join"]?.arrayValue, parts.count == 2, let items = parts[1].arrayValue {
            return items.map(text).joined(separator: parts[0].stringValue ?? "")
        }
        switch value["Ref"]?.stringValue {
        case "AWS::StackName": return names.stack
        case "AWS::Region": return service.region
        default: return "*"
        }
    }
}
