import AWSClient
import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// The settings of a REST API's stage that Serverless v3 does not have in its templates, but applies after a deployment:
/// logs, metrics, tracing and tags.
struct RestStageSettings: Sendable {
    private let context: DeploymentContext
    private let tracing: Bool?
    private let metrics: Bool?
    private let logs: ConfigurationValue?
    private let tags: [(key: String, value: String)]
    private let stage: String
    private let externalAPI: String?
    private let usesRestAPI: Bool

    /// Reads the settings of the service.
    init(_ context: DeploymentContext) {
        self.context = context
        let provider = context.service.provider
        tracing = provider["tracing"]?["apiGateway"]?.bool
        metrics = provider["apiGateway"]?["metrics"]?.bool
        logs = provider["logs"]?["restApi"].flatMap { $0.isNull ? nil : $0 }
        var tags = OrderedMap<String>()
        for setting in ["stackTags", "tags"] {
            for (key, value) in provider[setting]?.map ?? [:] { tags[key] = JavaScriptText.text(of: value) }
        }
        self.tags = tags.map { ($0.key, $0.value) }
        stage = provider["apiGateway"]?["stage"]?.string ?? context.service.stage
        externalAPI = provider["apiGateway"]?["restApiId"]?.string
        usesRestAPI = context.service.functions.contains { $0.events.contains { $0.source == "http" } }
    }

    private var isConfigured: Bool {
        usesRestAPI && (tracing != nil || metrics != nil || logs != nil || !tags.isEmpty)
    }

    /// Applies the settings to the stage where they differ.
    ///
    /// - Parameters:
    ///   - stack: the stack.
    ///   - resources: its resources, which may have the API.
    /// - Throws: `AWSError`, `CancellationError`.
    func apply(to stack: Stack, _ resources: [StackResource]) async throws {
        guard isConfigured else { return }
        let own = resources.first { $0.logicalID == "ApiGatewayRestApi" }?.physicalID
        guard let api = own ?? externalAPI else { return }
        guard let current = try await context.aws.apiGateway.stage(stage, of: api) else { return }
        let account = stack.identifier.split(separator: ":").dropFirst(4).first.map(String.init) ?? ""
        let patches = patches(for: current, account: account)
        if !patches.isEmpty { try await context.aws.apiGateway.updateStage(stage, of: api, patches) }
        try await updateTags(of: current, api)
    }

    // MARK: Settings

    private func patches(for stage: JSONValue, account: String) -> [APIGatewayAPI.Patch] {
        var wanted: [(path: String, value: String)] = []
        if let tracing { wanted.append(("/tracingEnabled", text(tracing))) }
        if let metrics { wanted.append(("/*/*/metrics/enabled", text(metrics))) }
        var patches =
            wanted
            .filter { Self.value(at: $0.path, of: stage) != $0.value }
            .map { APIGatewayAPI.Patch("replace", $0.path, $0.value) }
        if let logs { patches += logPatches(logs, for: stage, account: account) }
        return patches
    }

    private func logPatches(
        _ setting: ConfigurationValue,
        for stage: JSONValue,
        account: String
    ) -> [APIGatewayAPI.Patch] {
        let isEnabled = setting.bool ?? !setting.isNull
        let hasAccessLog = isEnabled && setting["accessLogging"]?.bool != false
        let hasExecutionLog = isEnabled && setting["executionLogging"]?.bool != false
        var wanted: [(path: String, value: String)] = []
        var patches: [APIGatewayAPI.Patch] = []
        if hasAccessLog {
            let name = "/aws/api-gateway/\(context.service.name)-\(context.service.stage)"
            let arn = "arn:\(context.aws.partition.identifier):logs:\(context.aws.region):\(account):log-group:\(name)"
            wanted.append(("/accessLogSettings/destinationArn", arn))
            wanted.append(("/accessLogSettings/format", setting["format"]?.string ?? Self.accessLogFormat))
        } else if stage["accessLogSettings"]?["destinationArn"]?.stringValue != nil {
            patches.append(APIGatewayAPI.Patch("remove", "/accessLogSettings"))
        }
        let hasData = hasExecutionLog && setting["fullExecutionData"]?.bool != false
        wanted.append(("/*/*/logging/dataTrace", text(hasData)))
        wanted.append(("/*/*/logging/loglevel", hasExecutionLog ? setting["level"]?.string ?? "INFO" : "OFF"))
        return patches
            + wanted.filter { Self.value(at: $0.path, of: stage) != $0.value }
            .map { APIGatewayAPI.Patch("replace", $0.path, $0.value) }
    }

    private func text(_ flag: Bool) -> String { flag ? "true" : "false" }

    /// The value that a stage has at the path of a patch, as text; `nil` if it says none.
    private static func value(at path: String, of stage: JSONValue) -> String? {
        let methods = stage["methodSettings"]?["*/*"]
        let value: JSONValue? =
            switch path {
            case "/tracingEnabled": stage["tracingEnabled"]
            case "/*/*/metrics/enabled": methods?["metricsEnabled"]
            case "/accessLogSettings/destinationArn": stage["accessLogSettings"]?["destinationArn"]
            case "/accessLogSettings/format": stage["accessLogSettings"]?["format"]
            case "/*/*/logging/dataTrace": methods?["dataTraceEnabled"]
            case "/*/*/logging/loglevel": methods?["loggingLevel"]
            default: nil
            }
        if case .bool(let flag)? = value { return flag ? "true" : "false" }
        return value?.stringValue
    }

    private static let accessLogFormat =
        [
            ("requestId", "requestId"), ("ip", "identity.sourceIp"), ("caller", "identity.caller"),
            ("user", "identity.user"), ("requestTime", "requestTime"), ("httpMethod", "httpMethod"),
            ("resourcePath", "resourcePath"), ("status", "status"), ("protocol", "protocol"),
            ("responseLength", "responseLength"),
        ]
        .map { "\($0): $context.\($1)" }
        .joined(separator: ", ")

    // MARK: Tags

    private func updateTags(of stage: JSONValue, _ api: String) async throws {
        var current: [String: String] = [:]
        for (key, value) in stage["tags"]?.objectValue ?? [:] { current[key] = value.stringValue ?? "" }
        let partition = context.aws.partition.identifier
        let arn = "arn:\(partition):apigateway:\(context.aws.region)::/restapis/\(api)/stages/\(self.stage)"
        let wanted = Dictionary(tags.map { ($0.key, $0.value) }) { $1 }
        // Tags of AWS itself cannot be removed, and the stage has those of the stack as well.
        let stackTags = Set(context.stackSettings.tags.map(\.key))
        let obsolete = current.keys
            .filter { wanted[$0] == nil && !$0.hasPrefix("aws:") && !stackTags.contains($0) }.sorted()
        let missing = wanted.filter { current[$0.key] != $0.value }
        if !missing.isEmpty { try await context.aws.apiGateway.tag(arn, missing) }
        if !obsolete.isEmpty { try await context.aws.apiGateway.untag(arn, obsolete) }
    }
}
