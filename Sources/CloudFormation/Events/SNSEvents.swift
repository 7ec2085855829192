import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `sns` events: topics, and subscriptions to topics in this or another stack.
enum SNSEvents: ResourceFamily {
    static let sources: Set<String> = ["sns"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        for (function, event) in context.events("sns") where event.isSet {
            template.begin(.event(event, of: function))
            let topic = try Topic(event, of: function, context)
            let suffix = Naming.capitalizedAlphanumeric(topic.name)
            let redrive = addDeadLetterPolicy(event, topic, suffix, function, into: &template)
            let subscriptionID = "\(function.normalizedName)SnsSubscription\(suffix)"
            if let arn = topic.arn {
                template.merge(
                    subscriptionID,
                    .object(of: [
                        "Type": "AWS::SNS::Subscription",
                        "DependsOn": function.aliasDependency,
                        "Properties": .object(of: [
                            "TopicArn": arn, "Protocol": "lambda", "Endpoint": function.target,
                            "FilterPolicy": event["filterPolicy"]?.json,
                            "FilterPolicyScope": event["filterPolicyScope"]?.json,
                            "RedrivePolicy": redrive, "Region": topic.region.map { .string($0) },
                        ]),
                    ])
                )
            } else {
                addTopic(event, topic, suffix, function, into: &template)
                if event["filterPolicy"]?.isTruthy == true || redrive != nil {
                    template.merge(
                        subscriptionID,
                        [
                            "Type": "AWS::SNS::Subscription",
                            "Properties": .object(of: [
                                "Endpoint": function.target, "Protocol": "lambda",
                                "TopicArn": .ref("SNSTopic" + suffix),
                                "FilterPolicy": event["filterPolicy"]?.json,
                                "FilterPolicyScope": event["filterPolicyScope"]?.json, "RedrivePolicy": redrive,
                            ]),
                        ]
                    )
                } else {
                    template.appendSubscription(
                        ["Endpoint": function.target, "Protocol": "lambda"],
                        to: "SNSTopic" + suffix
                    )
                }
            }
            template.merge(
                "\(function.normalizedName)LambdaPermission\(suffix)SNS",
                function.permission(for: "sns.amazonaws.com", ["SourceArn": topic.arn ?? topic.ownARN])
            )
        }
    }

    /// The topic of an event.
    private struct Topic {
        let name: String
        /// The ARN of an existing topic, or `nil` for a topic in this stack.
        let arn: TemplateValue?
        /// The region of the topic if it differs from that of the service.
        let region: String?

        /// The ARN of a topic in this stack.
        var ownARN: TemplateValue {
            .join(
                "",
                [
                    "arn:", .ref("AWS::Partition"), ":sns:", .ref("AWS::Region"), ":", .ref("AWS::AccountId"), ":",
                    .string(name),
                ]
            )
        }

        init(_ event: FunctionEvent, of function: CompiledFunction, _ context: CompileContext) throws(DiagnosticError) {
            if let text = event.node.string {
                region = nil
                let isARN = text.hasPrefix("arn:")
                arn = isARN ? .string(text) : nil
                name = isARN ? text.split(separator: ":").last.map(String.init) ?? "" : text
                return
            }
            guard let arn = event["arn"], arn.isTruthy else {
                self.arn = nil
                region = nil
                name = event["topicName"]?.string ?? ""
                return
            }
            self.arn = arn.json
            let parts = arn.string.map(Self.parts(ofARN:)) ?? []
            region = parts.count > 3 && parts[3] != context.service.region ? parts[3] : nil
            guard let name = event["topicName"]?.string ?? parts.last else {
                throw DiagnosticError(
                    .missingProperty,
                    "missing 'topicName' of \(event.label(of: function)), whose 'arn' is not a string",
                    at: arn.place,
                    help: ["set 'topicName' to the name of the topic"]
                )
            }
            self.name = name
        }

        /// Splits an ARN at single colons, but not at the `::` in pseudo parameters such as `${AWS::Region}`.
        private static func parts(ofARN arn: String) -> [String] {
            arn.replacing("::", with: "\u{0}").split(separator: ":", omittingEmptySubsequences: false)
                .map { String($0).replacing("\u{0}", with: "::") }
        }
    }

    private static func addTopic(
        _ event: FunctionEvent,
        _ topic: Topic,
        _ suffix: String,
        _ function: CompiledFunction,
        into template: inout Template
    ) {
        guard template.resources["SNSTopic" + suffix] == nil else { return }
        template.resources["SNSTopic" + suffix] = .object(of: [
            "Type": "AWS::SNS::Topic",
            "DependsOn": function.aliasDependency,
            "Properties": .object(of: [
                "TopicName": .string(topic.name), "DisplayName": event["displayName"]?.truthyJSON,
            ]),
        ])
    }

    /// Allows the topic to write to the dead-letter queue, and returns the redrive policy of the subscription.
    private static func addDeadLetterPolicy(
        _ event: FunctionEvent,
        _ topic: Topic,
        _ suffix: String,
        _ function: CompiledFunction,
        into template: inout Template
    ) -> TemplateValue? {
        guard let policy = event["redrivePolicy"] else { return nil }
        let arn: TemplateValue
        let url: TemplateValue
        if let target = policy["deadLetterTargetArn"]?.json {
            let parts = target.text.split(separator: ":", omittingEmptySubsequences: false).reversed().prefix(3)
            let (queue, account, region) = (parts.first ?? "", parts.dropFirst().first ?? "", parts.last ?? "")
            arn = target
            url = .join(
                "",
                [.string("https://sqs.\(region)."), .ref("AWS::URLSuffix"), .string("/\(account)/\(queue)")]
            )
        } else if let reference = policy["deadLetterTargetRef"]?.string {
            arn = .getAtt(reference, "Arn")
            url = .ref(reference)
        } else {
            arn = .importValue(policy[path: "deadLetterTargetImport", "arn"]?.json ?? .null)
            url = .importValue(policy[path: "deadLetterTargetImport", "url"]?.json ?? .null)
        }
        let logicalID = "\(suffix)To\(function.normalizedName)DLQPolicy"
        let source: TemplateValue = topic.arn.map { ["aws:SourceArn": $0] } ?? .object([:])
        template.add(
            logicalID,
            type: "AWS::SQS::QueuePolicy",
            properties: [
                "PolicyDocument": [
                    "Version": "2012-10-17",
                    "Id": .string(logicalID),
                    "Statement": [
                        [
                            "Effect": "Allow", "Principal": ["Service": "sns.amazonaws.com"],
                            "Action": "sqs:SendMessage", "Resource": arn, "Condition": ["ArnEquals": source],
                        ]
                    ],
                ],
                "Queues": [url],
            ]
        )
        return ["deadLetterTargetArn": arn]
    }
}

extension Template {
    fileprivate mutating func appendSubscription(_ subscription: TemplateValue, to topicID: String) {
        let known = resources[topicID]?["Properties"]?["Subscription"]?.arrayValue ?? []
        resources[topicID]?["Properties"]?["Subscription"] = .array(known + [subscription])
    }
}
