import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `cloudwatchLog` events: subscription filters of log groups.
enum CloudWatchLogEvents: ResourceFamily {
    static let sources: Set<String> = ["cloudwatchLog"]

    /// The maximum number of subscription filters for a log group.
    private static let filtersPerGroup = 2

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        var filters: [String: Int] = [:]
        for function in context.functions {
            var groups: [String] = []
            for event in function.function.events where event.source == "cloudwatchLog" && event.isSet {
                template.begin(.event(event, of: function))
                let group = (event["logGroup"] ?? event.node).json.withoutLineEnds.text
                filters[group, default: 0] += 1
                if filters[group, default: 0] > filtersPerGroup {
                    throw DiagnosticError(
                        .tooManyEvents,
                        "the log group '\(group)' has more than \(filtersPerGroup) subscription filters",
                        at: (event["logGroup"] ?? event.node).place,
                        notes: ["CloudWatch Logs accepts \(filtersPerGroup) per log group"]
                    )
                }
                groups.append(group)
                add(event, group, groups, function, into: &template)
            }
        }
    }

    private static func add(
        _ event: FunctionEvent,
        _ group: String,
        _ groups: [String],
        _ function: CompiledFunction,
        into template: inout Template
    ) {
        let permissionID = "\(function.normalizedName)LambdaPermissionLogsSubscriptionFilterCloudWatchLog"
        let alias = function.alias.map { TemplateValue.string($0.logicalID) }
        template.merge(
            "\(function.normalizedName)LogsSubscriptionFilterCloudWatchLog\(groups.count)",
            [
                "Type": "AWS::Logs::SubscriptionFilter",
                "DependsOn": .array([.string(permissionID), alias].compactMap(\.self)),
                "Properties": [
                    "LogGroupName": .string(group),
                    "FilterPattern": .string(filterPattern(event)),
                    "DestinationArn": function.target,
                ],
            ]
        )
        var permission = function.permission(
            for: .join("", ["logs.", .ref("AWS::Region"), ".amazonaws.com"]),
            [
                "SourceArn": .join(
                    "",
                    [
                        "arn:", .ref("AWS::Partition"), ":logs:", .ref("AWS::Region"), ":", .ref("AWS::AccountId"),
                        ":log-group:", .string(sharedName(groups)), ":*",
                    ]
                )
            ]
        )
        permission["DependsOn"] = alias.map { [$0] }
        template.merge(permissionID, permission)
    }

    /// The pattern of the filter, without one level of escapes if its first quote is escaped.
    private static func filterPattern(_ event: FunctionEvent) -> String {
        let pattern = event["filter"]?.json.withoutLineEnds.text ?? ""
        guard let slash = pattern.firstIndex(of: "\\"), let quote = pattern.firstIndex(of: "\""), slash < quote else {
            return pattern
        }
        var unescaped = ""
        var isEscaped = false
        for character in pattern {
            if isEscaped {
                if !"\"\\'".contains(character) { unescaped.append("\\") }
                unescaped.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                unescaped.append(character)
            }
        }
        return isEscaped ? unescaped + "\\" : unescaped
    }

    /// A pattern for all groups: their common prefix, followed by `*` if there are several.
    private static func sharedName(_ groups: [String]) -> String {
        guard var shared = groups.first else { return "" }
        for group in groups { shared = shared.commonPrefix(with: group) }
        return groups.count > 1 && !shared.hasSuffix("*") ? shared + "*" : shared
    }
}

extension String {
    /// The common prefix of two strings.
    fileprivate func commonPrefix(with other: String) -> String {
        String(String.UnicodeScalarView(zip(unicodeScalars, other.unicodeScalars).prefix { $0 == $1 }.map(\.0)))
    }
}
