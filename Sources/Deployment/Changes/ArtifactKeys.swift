import OrderedJSON

/// The keys of artifacts in a template.
enum ArtifactKeys {
    /// The keys of the code of functions and of the content of layers, each once, in the order of the template.
    ///
    /// - Parameters:
    ///   - template: the template.
    ///   - directory: the directory that the keys are in; others are omitted.
    /// - Returns: the keys.
    static func all(in template: JSONValue, below directory: String) -> [String] {
        var keys: [String] = []
        for (_, resource) in template["Resources"]?.objectValue ?? [:] {
            let properties = resource["Properties"]
            let key = (properties?["Code"] ?? properties?["Content"])?["S3Key"]?.stringValue
            if let key, key.hasPrefix(directory + "/"), !keys.contains(key) { keys.append(key) }
        }
        return keys
    }

    /// The digests of the code of functions in Base64, by key, as far as the versions of the functions in a template say them.
    ///
    /// CloudFormation publishes a version only if the code has its digest.
    static func digests(in template: JSONValue) -> [String: String] {
        let resources = template["Resources"]
        var digests: [String: String] = [:]
        for (_, version) in resources?.objectValue ?? [:] where version["Type"]?.stringValue == "AWS::Lambda::Version" {
            let properties = version["Properties"]
            guard let digest = properties?["CodeSha256"]?.stringValue,
                let function = properties?["FunctionName"]?["Ref"]?.stringValue,
                let key = resources?[function]?["Properties"]?["Code"]?["S3Key"]?.stringValue
            else { continue }
            digests[key] = digest
        }
        return digests
    }

    /// A document in which strings that are keys are replaced by others.
    static func replacing(_ keys: [String: String], in value: JSONValue) -> JSONValue {
        guard !keys.isEmpty else { return value }
        switch value {
        case .string(let text): return .string(keys[text] ?? text)
        case .array(let items): return .array(items.map { replacing(keys, in: $0) })
        case .object(let members): return .object(members.mapValues { replacing(keys, in: $0) })
        default: return value
        }
    }
}
