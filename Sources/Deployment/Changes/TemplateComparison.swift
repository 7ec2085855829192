import OrderedJSON

/// Compares templates without what differs between two deployments of the same service.
enum TemplateComparison {
    /// The beginnings of logical IDs that end with the time of the deployment.
    private static let timedIDs = ["ApiGatewayDeployment", "WebsocketsDeployment"]
    /// The property of custom resources that has the time of the deployment, so that they run again.
    private static let timedProperty = "ForceDeploy"

    /// A template with the times of its deployment replaced.
    static func normalized(_ template: JSONValue) -> JSONValue {
        var names: [String: String] = [:]
        for id in template["Resources"]?.objectValue?.keys ?? [] {
            if let prefix = timedIDs.first(where: { isTimed(id, prefix: $0) }) { names[id] = prefix }
        }
        return replacing(names, in: template)
    }

    private static func isTimed(_ id: String, prefix: String) -> Bool {
        let digits = id.dropFirst(prefix.count)
        return id.hasPrefix(prefix) && digits.count == 13 && digits.allSatisfy { $0.isASCII && $0.isNumber }
    }

    private static func replacing(_ names: [String: String], in value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): return .string(names[text] ?? text)
        case .array(let items): return .array(items.map { replacing(names, in: $0) })
        case .object(let members):
            var result = OrderedMap<JSONValue>()
            for (key, member) in members {
                let isTime = key == timedProperty && (member.numberValue ?? 0) > 1e12
                result[names[key] ?? key] = isTime ? 0 : replacing(names, in: member)
            }
            return .object(result)
        default: return value
        }
    }

    /// Whether two templates make the same resources.
    static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
        let writer = JSONWriter(sortsKeys: true)
        return writer.bytes(of: normalized(left)) == writer.bytes(of: normalized(right))
    }

    /// A state of the service without what differs between two deployments, or is in the template.
    static func normalizedState(_ state: JSONValue) -> JSONValue {
        var result = state
        for key in ["compiledCloudFormationTemplate", "coreCloudFormationTemplate"] {
            result["service"]?["provider"]?[key] = nil
        }
        result["package"] = nil
        if let functions = state["service"]?["functions"]?.objectValue {
            result["service"]?["functions"] = .object(
                functions.mapValues { function in
                    var function = function
                    function["package"]?["artifact"] = nil
                    return function
                }
            )
        }
        return result
    }
}
