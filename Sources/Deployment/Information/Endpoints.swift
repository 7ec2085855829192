import AWSClient
import CloudFormation
import ConfigurationValues
import ServerlessConfig

/// The addresses that invoke the functions of a deployed service.
struct Endpoints {
    /// The context of the deployment.
    let context: DeploymentContext
    let stack: Stack
    /// The address of an HTTP API that another stack made.
    let externalHTTPAPI: String?

    /// All addresses: of REST APIs, WebSocket APIs, HTTP APIs, CloudFront and functions, each with what leads there.
    var all: [String] { rest + webSocket + http + cloudFront + functionURLs }

    private func events(_ source: String) -> [ConfigurationValue] {
        context.service.functions.flatMap { $0.events.filter { $0.source == source }.map(\.node) }
    }

    // MARK: APIs

    private var rest: [String] {
        guard let address = restAddress else { return [] }
        return events("http")
            .compactMap { event in
                guard let route = Route(event) else { return nil }
                return "\(route.method) - \(address)/\(route.path)"
            }
    }

    private var restAddress: String? {
        if let output = stack.output("ServiceEndpoint") { return output }
        let settings = context.service.provider["apiGateway"]
        guard let identifier = settings?["restApiId"]?.string else { return nil }
        let stage = settings?["stage"]?.string ?? context.service.stage
        return "https://\(identifier).execute-api.\(context.aws.region).\(context.aws.partition.domain)/\(stage)"
    }

    private var webSocket: [String] { stack.output("ServiceEndpointWebsocket").map { [$0] } ?? [] }

    private var http: [String] {
        guard let address = stack.output("HttpApiUrl") ?? externalHTTPAPI else { return [] }
        return events("httpApi")
            .compactMap { event in
                if event.string == "*" { return "ANY - \(address)" }
                guard let route = Route(event) else { return nil }
                if route.path == "*" { return "\(route.method) - \(address)" }
                return "\(route.method) - \(address)/\(route.path)"
            }
    }

    /// The method and the path of an event, in its short or long form.
    private struct Route {
        let method: String
        let path: String

        init?(_ event: ConfigurationValue) {
            if let text = event.string {
                let words = text.split(separator: " ", maxSplits: 1).map(String.init)
                guard words.count == 2 else { return nil }
                (method, path) = (Self.method(words[0]), Self.path(words[1]))
            } else {
                guard let path = event["path"]?.string else { return nil }
                self.path = Self.path(path)
                method = Self.method(event["method"]?.string ?? "*")
            }
        }

        private static func method(_ text: String) -> String { text == "*" ? "ANY" : text.uppercased() }

        private static func path(_ text: String) -> String {
            text.hasPrefix("/") ? String(text.dropFirst()) : text
        }
    }

    // MARK: Others

    private var cloudFront: [String] {
        stack.output("CloudFrontDistributionDomainName").map { ["CloudFront - \($0)"] } ?? []
    }

    private var functionURLs: [String] {
        context.service.functions.compactMap { function in
            let id = "\(Naming.normalizedFunctionName(function.key))LambdaFunctionUrl"
            return stack.output(id).map { "\(function.key): \($0)" }
        }
    }
}
