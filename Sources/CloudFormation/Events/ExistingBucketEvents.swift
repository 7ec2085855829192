import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `s3` events with `existing: true`: notifications of existing buckets, set by a custom resource.
enum ExistingBucketEvents: ResourceFamily {
    static let sources: Set<String> = ["s3"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        var statements: [TemplateValue] = []
        var chains = CustomResourceChains()
        for function in context.functions {
            let events = function.function.events.filter { $0.source == "s3" && $0["existing"]?.isTruthy == true }
            guard let first = events.first, let bucket = first["bucket"]?.json else { continue }
            if let other = events.first(where: { $0["bucket"]?.json != bucket }) {
                throw DiagnosticError(
                    .tooManyEvents,
                    "\(function.label) has events of two existing buckets, '\(bucket.text)' and "
                        + "'\(other["bucket"]?.json.text ?? "")'",
                    at: other["bucket"]?.place,
                    help: ["use another function for the second bucket"]
                )
            }
            template.begin(.event(first, of: function))
            let logicalID = "\(function.normalizedName)CustomS31"
            template.merge(logicalID, resource(function, bucket, events, context))
            chains.add(logicalID, to: bucket.text)
            statements.append([
                "Effect": "Allow",
                "Resource": .join(":", ["arn", .ref("AWS::Partition"), "s3", "", "", bucket]),
                "Action": ["s3:PutBucketNotification", "s3:GetBucketNotification"],
            ])
        }
        guard !statements.isEmpty else { return }
        statements.append([
            "Effect": "Allow",
            "Resource": CustomResourceChains.allFunctions,
            "Action": ["lambda:AddPermission", "lambda:RemovePermission"],
        ])
        chains.link(in: &template)
        CustomResource.existingBuckets.add(statements: statements, context, into: &template)
    }

    private static func resource(
        _ function: CompiledFunction,
        _ bucket: TemplateValue,
        _ events: [FunctionEvent],
        _ context: CompileContext
    ) -> TemplateValue {
        let configurations = events.map { event -> TemplateValue in
            let rules = (event["rules"]?.list ?? [])
                .map { rule -> TemplateValue in
                    guard let (key, value) = rule.map?.first(where: { _ in true }) else { return [:] }
                    return .object([Naming.normalizedName(key): value.json])
                }
            return ["Event": event["event"]?.truthyJSON ?? "s3:ObjectCreated:*", "Rules": .array(rules)]
        }
        return [
            "Type": "Custom::S3",
            "Version": 1,
            "DependsOn": [.string(function.logicalID), .string(CustomResource.existingBuckets.logicalID)],
            "Properties": .object(of: [
                "ServiceToken": CustomResource.existingBuckets.serviceToken,
                "FunctionName": .string(function.name),
                "BucketName": bucket,
                "BucketConfigs": .array(configurations),
                "ForceDeploy": events[0]["forceDeploy"]?.isTruthy == true ? context.forceDeployValue : nil,
            ]),
        ]
    }
}
