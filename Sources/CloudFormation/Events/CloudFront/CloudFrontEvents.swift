import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `cloudFront` events: a distribution whose behaviors invoke functions at the edge (Lambda@Edge).
enum CloudFrontEvents: ResourceFamily {
    static let sources: Set<String> = ["cloudFront"]

    private static let distributionID = "CloudFrontDistribution"

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        let policies = context.service.provider[path: "cloudFront", "cachePolicies"]?.map ?? [:]
        for (name, policy) in policies {
            template.begin(.provider(of: context.service, "cloudFront", "cachePolicies", name))
            addCachePolicy(name, policy, context, into: &template)
        }
        let events = context.events("cloudFront").filter { $0.event.isSet }
        guard !events.isEmpty else { return }
        var distribution = CloudFrontDistribution()
        for (function, event) in events {
            try checkLimits(event, function)
            let versionID = template.versionLogicalID(of: function)
            try distribution.add(event, of: function, versionID: versionID, cachePolicies: policies.keys)
        }
        if context.service.region != "us-east-1" {
            throw DiagnosticError(
                .wrongEdgeRegion,
                "'cloudFront' events require the region us-east-1, not \(context.service.region)",
                at: context.service.provider["region"]?.place ?? events[0].event.node.place,
                help: ["set 'provider.region: us-east-1'"]
            )
        }
        for (function, event) in events {
            template.begin(.event(event, of: function))
            template.resources["\(function.logicalID)InvokePermission"] = [
                "Type": "AWS::Lambda::Permission",
                "Properties": [
                    "FunctionName": .ref(template.versionLogicalID(of: function)),
                    "Action": "lambda:InvokeFunction",
                    "Principal": "edgelambda.amazonaws.com",
                    "SourceArn": .join(
                        "",
                        [
                            "", "arn:", .ref("AWS::Partition"), ":cloudfront::", .ref("AWS::AccountId"),
                            ":distribution/", .ref(distributionID),
                        ]
                    ),
                ],
            ]
        }
        template.begin(.event(events[0].event, of: events[0].function))
        template.addRolePrincipal("edgelambda.amazonaws.com")
        template.addRoleStatements([
            [
                "Effect": "Allow",
                "Action": [
                    "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:TagResource",
                ],
                "Resource": [.sub("arn:${AWS::Partition}:logs:*:*:*")],
            ]
        ])
        template.resources[distributionID] = try distribution.resource(context)
        template.outputs[distributionID] = [
            "Description": "CloudFront Distribution Id", "Value": .ref(distributionID),
        ]
        template.outputs[distributionID + "DomainName"] = [
            "Description": "CloudFront Distribution Domain Name", "Value": .getAtt(distributionID, "DomainName"),
        ]
    }

    private static func addCachePolicy(
        _ name: String,
        _ policy: ConfigurationValue,
        _ context: CompileContext,
        into template: inout Template
    ) {
        var configuration = policy.json
        configuration["Name"] = .string("\(context.service.name)-\(context.service.stage)-\(name)")
        template.resources[CloudFrontDistribution.cachePolicyID(name)] = [
            "Type": "AWS::CloudFront::CachePolicy", "Properties": ["CachePolicyConfig": configuration],
        ]
    }

    /// The limits of Lambda@Edge, which are higher for origin events than for viewer events.
    private static func checkLimits(_ event: FunctionEvent, _ function: CompiledFunction) throws(DiagnosticError) {
        let type = event["eventType"]?.string ?? "default"
        let isOrigin = type.hasPrefix("origin-")
        let limits: [(String, Double)] = [("memorySize", isOrigin ? 10240 : 128), ("timeout", isOrigin ? 30 : 5)]
        for (key, limit) in limits {
            guard let setting = function.function.node[key], let value = setting.number, value > limit else { continue }
            throw DiagnosticError(
                .edgeLimitExceeded,
                "'\(key)' of \(function.label) is \(JSONWriter.text(of: value)), over the limit of Lambda@Edge "
                    + "for '\(type)'",
                at: setting.place,
                help: ["set '\(key)' to at most \(JSONWriter.text(of: limit))"]
            )
        }
    }
}

extension Template {
    /// The logical ID of a function's version; empty if it has none.
    func versionLogicalID(of function: CompiledFunction) -> String {
        for (logicalID, resource) in resources
        where logicalID.hasPrefix(function.normalizedName) && resource["Type"]?.stringValue == "AWS::Lambda::Version" {
            if resource["Properties"]?["FunctionName"]?["Ref"]?.stringValue == function.logicalID { return logicalID }
        }
        return ""
    }
}
