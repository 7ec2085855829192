package import ConfigurationValues
package import Diagnostics
import HostSystem
import OrderedJSON

/// The properties that a validated configuration must have for a template to be compiled.
///
/// If problems are warnings, Serverless 3 warns about these properties, and then fails while it compiles the
/// template.
package enum TemplatePrerequisites {
    /// The requirements for a value.
    private enum Form {
        case text, list, texts
        /// A mapping; a list is accepted, too, because Serverless handles it without failing.
        case collection
        /// A mapping, or an empty list.
        case map
        /// A string, if the property is set.
        case optionalText
        /// A string that starts with `arn:`, or an intrinsic function.
        case arn
        /// A string or an intrinsic function.
        case reference
        /// A string, or a mapping with a domain name.
        case origin
        /// Any value other than `null`.
        case present

        var name: String {
            switch self {
            case .text: "a string"
            case .list: "a list"
            case .texts: "a list of strings"
            case .collection, .map: "a mapping"
            case .optionalText: "a string"
            case .reference: "a string or an intrinsic function"
            case .origin: "a string or a mapping with 'DomainName'"
            case .arn: "an ARN (arn:…) or an intrinsic function"
            case .present: "set"
            }
        }

        func admits(_ node: ConfigurationValue) -> Bool {
            switch self {
            case .text: node.string != nil
            case .list: node.list != nil
            case .texts: node.list?.allSatisfy { $0.string != nil } ?? false
            case .collection: node.map != nil || node.list != nil
            case .map: node.map != nil || node.list?.isEmpty == true
            case .optionalText: node.string != nil
            case .arn: node.string?.hasPrefix("arn:") ?? Self.isIntrinsic(node)
            case .reference: node.string != nil || Self.isIntrinsic(node)
            case .origin: node.string != nil || node["DomainName"] != nil
            case .present: !node.isNull
            }
        }

        private static func isIntrinsic(_ node: ConfigurationValue) -> Bool {
            node.map?.keys.contains { $0 == "Ref" || $0.hasPrefix("Fn::") } ?? false
        }
    }

    /// The requirements for the events of a source.
    private struct EventPrerequisites {
        /// Whether the event can be a string.
        var mayBeText = true
        var members: [(name: String, form: Form)] = []
    }

    private static let events: [String: EventPrerequisites] = [
        "schedule": EventPrerequisites(members: [("rate", .list)]),
        "websocket": EventPrerequisites(members: [("route", .text)]),
        "stream": EventPrerequisites(members: [("arn", .arn)]),
        "kafka": EventPrerequisites(mayBeText: false, members: [("accessConfigurations", .present), ("topic", .text)]),
        "activemq": EventPrerequisites(mayBeText: false, members: [("queue", .text)]),
        "rabbitmq": EventPrerequisites(mayBeText: false, members: [("queue", .text)]),
        "msk": EventPrerequisites(mayBeText: false, members: [("arn", .arn), ("topic", .text)]),
        "alb": EventPrerequisites(),
        "alexaSkill": EventPrerequisites(members: [("appId", .optionalText)]),
        "alexaSmartHome": EventPrerequisites(members: [("appId", .text)]),
        "iot": EventPrerequisites(mayBeText: false, members: [("sql", .text)]),
        "cloudwatchEvent": EventPrerequisites(mayBeText: false, members: [("event", .present)]),
        "cloudwatchLog": EventPrerequisites(members: [("logGroup", .text)]),
        "cognitoUserPool": EventPrerequisites(mayBeText: false, members: [("pool", .text), ("trigger", .text)]),
        "sqs": EventPrerequisites(members: [("arn", .reference)]),
        "cloudFront": EventPrerequisites(
            mayBeText: false,
            members: [("origin", .origin), ("eventType", .optionalText)]
        ),
    ]

    private static let settings: [(path: [String], form: Form)] = [
        (["provider", "iam", "role", "statements"], .list), (["provider", "iamRoleStatements"], .list),
        (["package"], .collection), (["package", "patterns"], .texts), (["package", "include"], .texts),
        (["resources"], .collection), (["resources", "Resources"], .map), (["resources", "Outputs"], .map),
        (["layers"], .map),
    ]

    /// The errors that prevent the compilation of a template.
    package static func errors(in root: ConfigurationValue) -> [Diagnostic] {
        var result: [Diagnostic] = []
        for (path, form) in settings {
            var node: ConfigurationValue? = root
            for key in path { node = node?[key] }
            if let node, node.isTruthy, !form.admits(node) { result.append(error(path, "must be \(form.name)", node)) }
        }
        for (key, function) in root["functions"]?.map ?? [:] {
            let path = ["functions", key]
            if let name = function["name"], name.string == nil {
                result.append(error(path + ["name"], "must be a string", name))
            }
            if let layers = function["layers"], layers.list == nil {
                result.append(error(path + ["layers"], "must be a list", layers))
            }
            for (index, event) in (function["events"]?.list ?? []).enumerated() {
                for (source, value) in event.map ?? [:] where value.isTruthy {
                    result += errors(of: value, source, path + ["events", String(index), source])
                }
            }
        }
        return result
    }

    private static func errors(of event: ConfigurationValue, _ source: String, _ path: [String]) -> [Diagnostic] {
        if source == "sns" { return topicErrors(event, path) }
        guard let needs = events[source] else { return [] }
        guard event.map != nil else {
            if event.list == nil, needs.mayBeText {
                let isFit = source != "stream" || Form.arn.admits(event)
                return isFit ? [] : [error(path, "must be an ARN (arn:…) or a mapping", event)]
            }
            return [error(path, needs.mayBeText ? "must be a string or a mapping" : "must be a mapping", event)]
        }
        return needs.members.compactMap { name, form in
            guard let member = event[name] else {
                return form == .optionalText
                    ? nil : error(path, "lacks the property '\(name)'", event, .missingProperty)
            }
            return form.admits(member) ? nil : error(path + [name], "must be \(form.name)", member)
        }
    }

    /// The errors of a topic, which is given by an ARN or a name.
    private static func topicErrors(_ event: ConfigurationValue, _ path: [String]) -> [Diagnostic] {
        if event.list != nil { return [error(path, "must be a string or a mapping", event)] }
        guard event.map != nil, event["arn"] == nil else { return [] }
        guard let name = event["topicName"] else {
            return [error(path, "needs 'arn' or 'topicName'", event, .missingProperty)]
        }
        return name.string == nil ? [error(path + ["topicName"], "must be a string", name)] : []
    }

    private static func error(
        _ path: [String],
        _ complaint: String,
        _ node: ConfigurationValue,
        _ code: DiagnosticCode = .invalidType
    ) -> Diagnostic {
        Diagnostic(.error, code, "'\(path.joined(separator: "."))' \(complaint)", at: node.place)
    }
}
