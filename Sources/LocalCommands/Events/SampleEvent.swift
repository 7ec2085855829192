package import Diagnostics
import HostSystem
package import OrderedJSON

/// The event sources that there are sample events of, by the names that `generate-event --type` has in Serverless v3.
package enum SampleEvent: String, CaseIterable, Sendable {
    case alexaSkill = "aws:alexaSkill"
    case alexaSmartHome = "aws:alexaSmartHome"
    case apiGateway = "aws:apiGateway"
    case cloudWatch = "aws:cloudWatch"
    case cloudWatchLog = "aws:cloudWatchLog"
    case cognitoUserPool = "aws:cognitoUserPool"
    case dynamo = "aws:dynamo"
    case iot = "aws:iot"
    case kinesis = "aws:kinesis"
    case s3 = "aws:s3"
    case sns = "aws:sns"
    case sqs = "aws:sqs"
    case webSocket = "aws:websocket"

    /// Finds an event source by its name.
    ///
    /// - Throws: ``DiagnosticError`` with the nearest name if there is no such event source.
    package init(named name: String) throws(DiagnosticError) {
        guard let source = Self(rawValue: name) else {
            let names = Self.allCases.map(\.rawValue)
            throw DiagnosticError(
                .unknownEventType,
                "unknown event type '\(name)'",
                notes: ["known types: \(names.joined(separator: ", "))"],
                help: NearestNames.help(for: name, among: names)
            )
        }
        self = source
    }

    /// The event that Lambda would pass to a function.
    ///
    /// - Parameter body: the message, the request body, the data or the members of the event, as the source has it;
    ///   `nil` for that of the sample.
    /// - Returns: the event.
    /// - Throws: ``DiagnosticError`` if the source needs a JSON object and the body is not one.
    package func event(body: String?) throws(DiagnosticError) -> JSONValue {
        var event = sample
        switch self {
        case .alexaSkill, .alexaSmartHome, .cloudWatch, .cognitoUserPool, .iot:
            if let body { event.merge(try object(body)) }
        case .apiGateway, .webSocket:
            if let body { event["body"] = .string(body) }
        case .cloudWatchLog:
            let text = body.map { Array($0.utf8) } ?? JSONWriter().bytes(of: event)
            event = ["awslogs": ["data": .string(Base64.encode(Gzip.encode(text)))]]
        case .dynamo:
            if let body {
                let change = try object(body)
                event.changeRecord { $0["dynamodb"] = change }
            }
        case .kinesis:
            if let body { event.changeRecord { $0["kinesis"]?["data"] = .string(Base64.encode(Array(body.utf8))) } }
        case .s3: break
        case .sns:
            if let body { event.changeRecord { $0["Sns"]?["Message"] = .string(body) } }
        case .sqs:
            if let body {
                event.changeRecord {
                    $0["body"] = .string(body)
                    $0["md5OfBody"] = .string(MD5.hexadecimal(of: body))
                }
            }
        }
        return event
    }

    /// What `--body` sets in the event, for help.
    package var bodyMeaning: String {
        switch self {
        case .alexaSkill, .alexaSmartHome, .cloudWatch, .cognitoUserPool, .iot: "members of the event, as a JSON object"
        case .apiGateway, .webSocket: "body of the request"
        case .cloudWatchLog: "log data"
        case .dynamo: "change of the item, as a JSON object"
        case .kinesis: "data of the record"
        case .s3: "not used"
        case .sns: "message of the notification"
        case .sqs: "body of the message"
        }
    }

    private func object(_ body: String) throws(DiagnosticError) -> JSONValue {
        let reason: String
        do throws(JSONParseError) {
            let value = try JSONValue(parsing: body)
            if value.objectValue != nil { return value }
            reason = "it is JSON, but not an object"
        } catch {
            reason = "\(error)"
        }
        throw DiagnosticError(
            .invalidEventBody,
            "the body of '\(rawValue)' is not a JSON object",
            notes: [reason],
            help: ["pass the \(bodyMeaning): --body '{\"name\": \"value\"}'"]
        )
    }

    private var sample: JSONValue {
        // The samples are part of the program, and a test reads all of them.
        (try? JSONValue(parsing: sampleBytes)) ?? [:]
    }

    private var sampleBytes: [UInt8] {
        switch self {
        case .alexaSkill: PackageResources.alexa_skill_json
        case .alexaSmartHome: PackageResources.alexa_smart_home_json
        case .apiGateway: PackageResources.api_gateway_json
        case .cloudWatch: PackageResources.cloud_watch_json
        case .cloudWatchLog: PackageResources.cloud_watch_log_json
        case .cognitoUserPool: PackageResources.cognito_user_pool_json
        case .dynamo: PackageResources.dynamo_json
        // What a rule selects is up to the rule.
        case .iot: Array("{}".utf8)
        case .kinesis: PackageResources.kinesis_json
        case .s3: PackageResources.s3_json
        case .sns: PackageResources.sns_json
        case .sqs: PackageResources.sqs_json
        case .webSocket: PackageResources.websocket_json
        }
    }
}
