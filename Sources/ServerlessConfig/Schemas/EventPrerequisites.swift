import ConfigurationValues
import Diagnostics

/// The properties that an event must have for a template to be compiled, by its source.
///
/// The schemas beside this file say what is valid. These are the properties without which a template cannot be made even
/// if problems are only warnings.
enum EventPrerequisites {
    /// The requirements for the events of a source.
    private struct Needs {
        /// Whether the event can be a string.
        var mayBeText = true
        var members: [(name: String, form: PropertyForm)] = []
    }

    private static let events: [String: Needs] = [
        "schedule": Needs(members: [("rate", .list)]),
        "websocket": Needs(members: [("route", .text)]),
        "stream": Needs(members: [("arn", .arn)]),
        "kafka": Needs(mayBeText: false, members: [("accessConfigurations", .present), ("topic", .text)]),
        "activemq": Needs(mayBeText: false, members: [("queue", .text)]),
        "rabbitmq": Needs(mayBeText: false, members: [("queue", .text)]),
        "msk": Needs(mayBeText: false, members: [("arn", .arn), ("topic", .text)]),
        "alb": Needs(),
        "alexaSkill": Needs(members: [("appId", .optionalText)]),
        "alexaSmartHome": Needs(members: [("appId", .text)]),
        "iot": Needs(mayBeText: false, members: [("sql", .text)]),
        "cloudwatchEvent": Needs(mayBeText: false, members: [("event", .present)]),
        "cloudwatchLog": Needs(members: [("logGroup", .text)]),
        "cognitoUserPool": Needs(mayBeText: false, members: [("pool", .text), ("trigger", .text)]),
        "sqs": Needs(members: [("arn", .reference)]),
        "cloudFront": Needs(
            mayBeText: false,
            members: [("origin", .origin), ("eventType", .optionalText)]
        ),
    ]

    /// The errors of an event that prevent the compilation of a template.
    ///
    /// - Parameters:
    ///   - event: the settings of the event.
    ///   - source: the name of the source, such as `sqs`.
    ///   - path: the keys and indexes that lead to the settings.
    /// - Returns: the errors.
    static func errors(of event: ConfigurationValue, _ source: String, _ path: [String]) -> [Diagnostic] {
        if source == "sns" { return topicErrors(event, path) }
        guard let needs = events[source] else { return [] }
        guard event.map != nil else {
            if event.list == nil, needs.mayBeText {
                let isFit = source != "stream" || PropertyForm.arn.admits(event)
                return isFit ? [] : [PropertyForm.error(path, "must be an ARN (arn:…) or a mapping", event)]
            }
            return [
                PropertyForm.error(path, needs.mayBeText ? "must be a string or a mapping" : "must be a mapping", event)
            ]
        }
        return needs.members.compactMap { name, form in
            guard let member = event[name] else {
                return form == .optionalText
                    ? nil : PropertyForm.error(path, "lacks the property '\(name)'", event, .missingProperty)
            }
            return form.admits(member) ? nil : PropertyForm.error(path + [name], "must be \(form.name)", member)
        }
    }

    /// The errors of a topic, which is given by an ARN or a name.
    private static func topicErrors(_ event: ConfigurationValue, _ path: [String]) -> [Diagnostic] {
        if event.list != nil { return [PropertyForm.error(path, "must be a string or a mapping", event)] }
        guard event.map != nil, event["arn"] == nil else { return [] }
        guard let name = event["topicName"] else {
            return [PropertyForm.error(path, "needs 'arn' or 'topicName'", event, .missingProperty)]
        }
        return name.string == nil ? [PropertyForm.error(path + ["topicName"], "must be a string", name)] : []
    }
}
