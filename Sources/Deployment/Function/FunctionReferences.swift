import AWSClient
import HostSystem
import OrderedJSON

/// Resolves the references of a function's properties to what the deployed stack has.
struct FunctionReferences: Sendable {
    /// The context of the deployment.
    let context: DeploymentContext
    let account: String
    /// The resources of the stack by logical ID.
    let resources: [String: StackResource]

    /// A value without intrinsic functions.
    ///
    /// - Returns: `nil` if a part of it is known to CloudFormation alone.
    func resolved(_ value: JSONValue) async throws -> JSONValue? {
        switch value {
        case .array(let items):
            var result: [JSONValue] = []
            for item in items {
                guard let item = try await resolved(item) else { return nil }
                result.append(item)
            }
            return .array(result)
        case .object(let members):
            if members.count == 1, let (name, argument) = members.first(where: { _ in true }), Self.isFunction(name) {
                return try await result(of: name, argument).map { .string($0) }
            }
            var result = OrderedMap<JSONValue>()
            for (key, member) in members {
                guard let member = try await resolved(member) else { return nil }
                result[key] = member
            }
            return .object(result)
        default: return value
        }
    }

    private static func isFunction(_ name: String) -> Bool { name == "Ref" || name.hasPrefix("Fn::") }

    private func result(of function: String, _ argument: JSONValue) async throws -> String? {
        switch function {
        case "Ref": return argument.stringValue.flatMap { pseudoParameter($0) ?? resources[$0]?.physicalID }
        case "Fn::GetAtt":
            let parts =
                argument.arrayValue?.compactMap(\.stringValue)
                ?? argument.stringValue?.split(separator: ".", maxSplits: 1).map(String.init) ?? []
            guard parts.count == 2, parts[1] == "Arn", let resource = resources[parts[0]] else { return nil }
            return try await arn(of: resource)
        case "Fn::Join":
            guard let separator = argument.arrayValue?.first?.stringValue,
                let items = argument.arrayValue?.dropFirst().first,
                let parts = try await resolved(items)?.arrayValue?.map(\.stringValue), !parts.contains(nil)
            else { return nil }
            return parts.compactMap { $0 }.joined(separator: separator)
        case "Fn::Sub": return try await substituted(argument)
        default: return nil
        }
    }

    private func pseudoParameter(_ name: String) -> String? {
        switch name {
        case "AWS::Region": context.aws.region
        case "AWS::AccountId": account
        case "AWS::Partition": context.aws.partition.identifier
        case "AWS::URLSuffix": context.aws.partition.domain
        case "AWS::StackName": context.names.stack
        default: nil
        }
    }

    /// The text of `Fn::Sub` without values of its own.
    private func substituted(_ argument: JSONValue) async throws -> String? {
        guard var rest = argument.stringValue?[...] else { return nil }
        var text = ""
        while let start = rest.firstRange(of: "${") {
            text += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            guard let end = rest.firstIndex(of: "}") else { return nil }
            let name = String(rest[..<end])
            rest = rest[rest.index(after: end)...]
            if name.hasPrefix("!") {
                text += "${\(name.dropFirst())}"
                continue
            }
            let value =
                name.contains(".")
                ? try await result(of: "Fn::GetAtt", .string(name)) : try await result(of: "Ref", .string(name))
            guard let value else { return nil }
            text += value
        }
        return text + rest
    }

    /// The ARN of a resource, where its physical ID is enough to know it.
    private func arn(of resource: StackResource) async throws -> String? {
        guard let name = resource.physicalID else { return nil }
        let partition = context.aws.partition.identifier
        func regional(_ service: String, _ rest: String) -> String {
            "arn:\(partition):\(service):\(context.aws.region):\(account):\(rest)"
        }
        switch resource.type {
        case "AWS::IAM::Role": return try await context.aws.iam.roleARN(name)
        case "AWS::Lambda::Function": return regional("lambda", "function:\(name)")
        case "AWS::DynamoDB::Table": return regional("dynamodb", "table/\(name)")
        case "AWS::SQS::Queue": return regional("sqs", String(name.split(separator: "/").last ?? ""))
        case "AWS::Kinesis::Stream": return regional("kinesis", "stream/\(name)")
        case "AWS::S3::Bucket": return "arn:\(partition):s3:::\(name)"
        default: return name.hasPrefix("arn:") ? name : nil
        }
    }
}
