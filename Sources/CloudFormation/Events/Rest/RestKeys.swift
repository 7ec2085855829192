import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// API keys and usage plans of a REST API.
struct RestKeys {
    /// An API key with its number, which is per plan if there are several plans.
    private struct Key {
        let setting: ConfigurationValue
        let number: Int
        let plan: String?
    }

    private let api: RestApi
    private let context: CompileContext
    private let deploymentID: String
    private let plans: ConfigurationValue?
    private let keys: [Key]
    private let hasKeys: Bool

    /// Reads the keys of the provider.
    ///
    /// - Throws: ``DiagnosticError`` for keys of a plan that is not defined.
    init(_ api: RestApi, deploymentID: String, _ context: CompileContext) throws(DiagnosticError) {
        self.api = api
        self.context = context
        self.deploymentID = deploymentID
        plans = api.settings?["usagePlan"].flatMap { $0.isTruthy ? $0 : nil }
        let list = api.settings?["apiKeys"]?.list
        hasKeys = list != nil
        let names = plans?.list?.compactMap { $0.map?.keys.first } ?? ["default"]
        var keys: [Key] = []
        var number = 0
        for setting in list ?? [] {
            let first = setting.map?.first { _ in true }
            if let first, plans?.list != nil, names.contains(first.key) {
                number = 0
                for key in first.value.items {
                    number += 1
                    keys.append(Key(setting: key, number: number, plan: first.key))
                }
                continue
            }
            if let first, first.value.map != nil || first.value.list != nil {
                throw DiagnosticError(
                    .unknownUsagePlan,
                    "unknown usage plan '\(first.key)' of API keys",
                    at: first.value.keyPlace ?? setting.place,
                    notes: plans?.list == nil ? [] : ["the usage plans are \(names.joined(separator: ", "))"],
                    help: ["add a plan '\(first.key)' to the list 'provider.apiGateway.usagePlan'"]
                )
            }
            number += 1
            keys.append(Key(setting: setting, number: number, plan: nil))
        }
        self.keys = keys
    }

    /// Adds keys, usage plans, and the assignments of keys to plans.
    func compile(into template: inout Template) {
        for key in keys { template.merge(RestNaming.keyID(key.number, plan: key.plan), resource(of: key)) }
        guard plans != nil || hasKeys else { return }
        if let list = plans?.list {
            for plan in list {
                guard let name = plan.map?.keys.first else { continue }
                // A plan with the name `default` is the one for all keys, which has no limits in a list.
                func limits(_ key: String) -> ConfigurationValue? {
                    let found = list.last { $0[name]?[key]?.isTruthy == true }?[name]?[key]
                    return name == "default" || found?.map?.isEmpty == true ? nil : found
                }
                template.merge(
                    RestNaming.planID(name),
                    planResource(
                        name == "default" ? nil : name,
                        quota: limits("quota"),
                        throttle: limits("throttle")
                    )
                )
            }
        } else {
            let plan = planResource(nil, quota: plans?["quota"], throttle: plans?["throttle"])
            template.merge(RestNaming.planID(nil), plan)
        }
        for key in keys {
            template.merge(
                RestNaming.planKeyID(key.number, plan: key.plan),
                [
                    "Type": "AWS::ApiGateway::UsagePlanKey",
                    "Properties": [
                        "KeyId": .ref(RestNaming.keyID(key.number, plan: key.plan)),
                        "KeyType": "API_KEY",
                        "UsagePlanId": .ref(RestNaming.planID(key.plan)),
                    ],
                ]
            )
        }
    }

    private func resource(of key: Key) -> TemplateValue {
        let setting = key.setting
        return [
            "Type": "AWS::ApiGateway::ApiKey",
            "Properties": .object(of: [
                "Enabled": setting["enabled"]?.json ?? true,
                "Name": setting.map == nil ? setting.json : setting["name"]?.json,
                "Value": setting["value"]?.truthyJSON,
                "Description": setting["description"]?.json,
                "CustomerId": setting["customerId"]?.json,
                "StageKeys": [["RestApiId": api.id, "StageName": .string(context.service.stage)]],
            ]),
            "DependsOn": .string(deploymentID),
        ]
    }

    /// A usage plan, or the one for all keys if there is no name.
    private func planResource(
        _ name: String?,
        quota: ConfigurationValue?,
        throttle: ConfigurationValue?
    ) -> TemplateValue {
        let (service, stage) = (context.service.name, context.service.stage)
        let description = name.map { "Usage plan \"\($0)\" for \(service) \(stage) stage" }
        return [
            "Type": "AWS::ApiGateway::UsagePlan",
            "DependsOn": .string(deploymentID),
            "Properties": .object(of: [
                "ApiStages": [["ApiId": api.id, "Stage": .string(stage)]],
                "Description": .string(description ?? "Usage plan for \(service) \(stage) stage"),
                "UsagePlanName": .string(name.map { "\(service)-\($0)-\(stage)" } ?? "\(service)-\(stage)"),
                "Quota": quota.map {
                    .object(of: [
                        "Limit": $0["limit"]?.json, "Offset": $0["offset"]?.json, "Period": $0["period"]?.json,
                    ])
                },
                "Throttle": throttle.map {
                    .object(of: ["BurstLimit": $0["burstLimit"]?.json, "RateLimit": $0["rateLimit"]?.json])
                },
            ]),
        ]
    }
}
