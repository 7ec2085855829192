import Foundation
package import OrderedJSON

/// Compares templates by their meaning: ignores the order of keys, values that differ between runs, and the code of
/// custom resources.
package enum TemplateComparison {
    /// The differences between a template and the recorded one, one a line.
    package static func differences(_ expected: JSONValue, _ actual: JSONValue) -> [String] {
        let expected = normalized(expected)
        return differences(expected, withoutAddedPermissions(normalized(actual), expected), at: "")
    }

    private static let volatile: [(NSRegularExpression, String)] = [
        (#"/\d{13}-\d{4}-\d\d-\d\dT[\d:.]+Z/"#, "/<TIME>/"),
        (#"ApiGatewayDeployment[A-Za-z0-9]{8,}"#, "ApiGatewayDeployment<ID>"),
        (#"WebsocketsDeployment[A-Za-z0-9]{8,}"#, "WebsocketsDeployment<ID>"),
        (#"LambdaVersion[A-Za-z0-9]{30,}"#, "LambdaVersion<HASH>"),
        (#"LambdaLayer(Permission)?[0-9a-f]{40}"#, "LambdaLayer$1<HASH>"),
        (#"^(\d{4}-\d\d-\d\d)T00:00:00\.000Z$"#, "$1"),
    ]
    .compactMap { pattern, replacement in
        (try? NSRegularExpression(pattern: pattern)).map { ($0, replacement) }
    }

    private static func normalized(_ text: String) -> String {
        volatile.reduce(text) { text, rule in
            let whole = NSRange(text.startIndex..., in: text)
            return rule.0.stringByReplacingMatches(in: text, range: whole, withTemplate: rule.1)
        }
    }

    private static func normalized(_ value: JSONValue, key: String = "") -> JSONValue {
        switch value {
        case .string(let text):
            let isDefaultMapping =
                key.contains("/")
                && (text.contains("#define( $body )") || text.contains("#define( $loop")
                    || text.hasPrefix("#set($origin = $input.params(\"Origin\"))"))
            return isDefaultMapping ? "<ANY>" : .string(normalized(text))
        case .array(let items): return .array(items.map { normalized($0) })
        case .object(let members):
            var result = OrderedMap<JSONValue>()
            for (name, member) in members { result[normalized(name)] = normalized(member, key: name) }
            if key == "Properties", result["ServiceToken"] != nil, result["ForceDeploy"] != nil {
                result["ForceDeploy"] = "<ANY>"
            }
            if result["Type"] == "AWS::Lambda::Version",
                result["Properties"]?["CodeSha256"]?.stringValue?.hasSuffix("=") == true
            {
                result["Properties"]?["CodeSha256"] = "<HASH>"
            }
            if let dependencies = result["DependsOn"]?.arrayValue {
                result["DependsOn"] = .array(dependencies.sorted { ($0.stringValue ?? "") < ($1.stringValue ?? "") })
            }
            for (name, member) in result {
                if name.hasPrefix("CustomDashresource"), member["Type"] == "AWS::Lambda::Function" {
                    result[name]?["Properties"]?["Handler"] = "<ANY>"
                    result[name]?["Properties"]?["Runtime"] = "<ANY>"
                }
                if name.hasSuffix("LambdaLayerHash"), member["Value"] != nil { result[name]?["Value"] = "<HASH>" }
            }
            return .object(result)
        default: return value
        }
    }

    /// Removes the second permission that public function URLs need since 2025, if the recording is older.
    private static func withoutAddedPermissions(_ actual: JSONValue, _ expected: JSONValue) -> JSONValue {
        var result = actual
        for (name, resource) in actual["Resources"]?.objectValue ?? [:]
        where name.hasSuffix("LambdaPermissionFn") && expected["Resources"]?[name] == nil {
            if resource["Properties"]?["InvokedViaFunctionUrl"] == true { result["Resources"]?[name] = nil }
        }
        return result
    }

    private static func differences(_ expected: JSONValue, _ actual: JSONValue, at path: String) -> [String] {
        if expected == "<ANY>" { return actual == "" || actual == .null ? ["\(path): missing"] : [] }
        switch (expected, actual) {
        case (.object(let left), .object(let right)):
            return Set(left.keys + right.keys).sorted()
                .flatMap { key -> [String] in
                    let inner = path.isEmpty ? key : "\(path).\(key)"
                    guard let found = right[key] else { return ["\(inner): missing, expected \(short(left[key]))"] }
                    guard let wanted = left[key] else { return ["\(inner): unexpected \(short(found))"] }
                    return differences(wanted, found, at: inner)
                }
        case (.array(let left), .array(let right)):
            return (0..<max(left.count, right.count))
                .flatMap { index -> [String] in
                    let inner = "\(path)[\(index)]"
                    guard index < right.count else { return ["\(inner): missing, expected \(short(left[index]))"] }
                    guard index < left.count else { return ["\(inner): unexpected \(short(right[index]))"] }
                    return differences(left[index], right[index], at: inner)
                }
        default: return expected == actual ? [] : ["\(path): expected \(short(expected)), got \(short(actual))"]
        }
    }

    private static func short(_ value: JSONValue?) -> String {
        let text = value.map { JSONWriter().text(of: $0) } ?? "nothing"
        return text.count > 160 ? text.prefix(157) + "..." : text
    }
}
