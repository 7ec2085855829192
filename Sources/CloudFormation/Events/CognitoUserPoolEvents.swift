import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// `cognitoUserPool` events: user pools of this stack with their triggers.
///
/// ``ExistingUserPoolEvents`` handles existing pools. Settings in `resources` are merged into a pool at the end.
enum CognitoUserPoolEvents: ResourceFamily {
    static let sources: Set<String> = ["cognitoUserPool"]

    /// The triggers that send messages themselves, and need a KMS key to decrypt codes.
    static let customSenders: Set<String> = ["CustomSMSSender", "CustomEmailSender"]

    static func compile(_ context: CompileContext, into template: inout Template) throws(DiagnosticError) {
        var pools = OrderedMap<[Trigger]>()
        for (function, event) in context.events("cognitoUserPool")
        where event.isSet && event["existing"]?.isTruthy != true {
            try checkVersion(event)
            pools[event["pool"]?.string ?? "", default: []].append(Trigger(function: function, event: event))
        }
        for (name, triggers) in pools {
            template.begin(triggers.first?.origin)
            let logicalID = "CognitoUserPool" + Naming.capitalizedAlphanumeric(name)
            template.merge(logicalID, try pool(name, triggers))
            for trigger in triggers {
                template.begin(trigger.origin)
                let permissionID =
                    "\(trigger.function.normalizedName)LambdaPermissionCognitoUserPool"
                    + "\(Naming.capitalizedAlphanumeric(name))TriggerSource\(Naming.capitalizedAlphanumeric(trigger.name))"
                template.merge(
                    permissionID,
                    trigger.function.permission(
                        for: "cognito-idp.amazonaws.com",
                        ["SourceArn": .getAtt(logicalID, "Arn")]
                    )
                )
            }
        }
    }

    private struct Trigger {
        let function: CompiledFunction
        let event: FunctionEvent
        var name: String { event["trigger"]?.string ?? "" }
        var origin: ResourceOrigin { .event(event, of: function) }
    }

    private static func pool(_ name: String, _ triggers: [Trigger]) throws(DiagnosticError) -> TemplateValue {
        var configuration = OrderedMap<TemplateValue>()
        var keys = UserPoolKeys(pool: name)
        for trigger in triggers {
            let version = trigger.event["lambdaVersion"]?.truthyJSON
            if customSenders.contains(trigger.name) {
                configuration[trigger.name] = [
                    "LambdaArn": trigger.function.target, "LambdaVersion": version ?? "V1_0",
                ]
                configuration["KMSKeyID"] = try keys.key(of: trigger.event)
            } else if trigger.name == "PreTokenGeneration", let version {
                configuration["PreTokenGenerationConfig"] = [
                    "LambdaArn": trigger.function.target, "LambdaVersion": version,
                ]
            } else {
                configuration[trigger.name] = trigger.function.target
            }
        }
        return [
            "Type": "AWS::Cognito::UserPool",
            "Properties": ["UserPoolName": .string(name), "LambdaConfig": .object(configuration)],
            "DependsOn": .array(triggers.map { .string($0.function.alias?.logicalID ?? $0.function.logicalID) }),
        ]
    }

    /// The event versions of a trigger.
    static func checkVersion(_ event: FunctionEvent) throws(DiagnosticError) {
        guard let version = event["lambdaVersion"], version.isTruthy else { return }
        let trigger = event["trigger"]?.string ?? ""
        let known =
            customSenders.contains(trigger)
            ? ["V1_0"] : trigger == "PreTokenGeneration" ? ["V1_0", "V2_0", "V3_0"] : []
        guard !known.contains(version.string ?? "") else { return }
        throw DiagnosticError(
            .unsupportedCombination,
            "the trigger '\(trigger)' does not support the 'lambdaVersion' '\(version.json.text)'",
            at: version.place,
            help: [known.isEmpty ? "remove 'lambdaVersion'" : "use \(known.joined(separator: " or "))"]
        )
    }
}

/// The KMS key for the custom senders of a user pool; a pool can only have one.
struct UserPoolKeys {
    let pool: String
    private var known: TemplateValue?

    init(pool: String) { self.pool = pool }

    /// The KMS key in an event.
    mutating func key(of event: FunctionEvent) throws(DiagnosticError) -> TemplateValue {
        guard let key = event["kmsKeyId"], key.isTruthy else {
            throw DiagnosticError(
                .missingProperty,
                "missing 'kmsKeyId' of the trigger '\(event["trigger"]?.string ?? "")' of the user pool '\(pool)'",
                at: event.node.place,
                help: ["set 'kmsKeyId' to the ARN of the key that encrypts the codes"]
            )
        }
        if let known, known != key.json {
            throw DiagnosticError(
                .conflictingProperties,
                "the user pool '\(pool)' has two different values of 'kmsKeyId'",
                at: key.place,
                help: ["set the same 'kmsKeyId' for all custom senders of a pool"]
            )
        }
        known = key.json
        return key.json
    }
}
