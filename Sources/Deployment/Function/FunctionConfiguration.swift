import OrderedJSON

/// The configuration of a function that `deploy function` changes without CloudFormation.
///
/// What the configuration no longer has gets the default of Lambda: it does not stay as it was.
enum FunctionConfiguration {
    /// The properties that differ between a template and a function.
    ///
    /// - Parameters:
    ///   - current: the configuration that the function has.
    ///   - properties: the properties of the function in the template.
    ///   - references: resolves references; a property that cannot be resolved is left as it is.
    /// - Returns: the changes, with the names of the API; empty if there are none.
    /// - Throws: `AWSError`, `CancellationError`.
    static func changes(
        from current: JSONValue,
        to properties: JSONValue,
        _ references: FunctionReferences
    ) async throws -> JSONValue {
        var changes = OrderedMap<JSONValue>()
        for (name, fallback) in simple {
            let wanted: JSONValue?
            if let value = properties[propertyNames[name] ?? name] {
                guard let value = try await references.resolved(value) else { continue }
                wanted = value
            } else {
                wanted = fallback
            }
            guard let wanted else { continue }
            if wanted != current[name] ?? fallback { changes[name] = wanted }
        }
        for (name, member, fallback) in nested {
            var wanted = fallback
            if let value = properties[name]?[member] {
                guard let value = try await references.resolved(value) else { continue }
                wanted = value
            }
            if wanted != current[name]?[member] ?? fallback { changes[name] = .object([member: wanted]) }
        }
        changes["Environment"] = try await environment(current, properties, references)
        changes["Layers"] = try await layers(current, properties, references)
        changes["VpcConfig"] = try await network(current, properties, references)
        for name in ["FileSystemConfigs", "ImageConfig", "LoggingConfig"] {
            guard let value = properties[name], let wanted = try await references.resolved(value) else { continue }
            if !isPart(wanted, of: current[name]) { changes[name] = wanted }
        }
        return .object(changes)
    }

    /// Properties with one value, and the default of Lambda; `nil` if the function always has the property.
    private static let simple: [(name: String, fallback: JSONValue?)] = [
        ("Description", ""), ("Handler", nil), ("Runtime", nil), ("MemorySize", 128), ("Timeout", 3), ("Role", nil),
        ("KMSKeyArn", ""),
    ]
    /// The names of the properties in templates where they differ from those of the API.
    private static let propertyNames = ["KMSKeyArn": "KmsKeyArn"]
    /// Properties with one member, and the default of Lambda.
    private static let nested: [(name: String, member: String, fallback: JSONValue)] = [
        ("DeadLetterConfig", "TargetArn", ""), ("TracingConfig", "Mode", "PassThrough"),
        ("EphemeralStorage", "Size", 512), ("SnapStart", "ApplyOn", "None"),
    ]

    private static func environment(
        _ current: JSONValue,
        _ properties: JSONValue,
        _ references: FunctionReferences
    ) async throws -> JSONValue? {
        let old = current["Environment"]?["Variables"]?.objectValue ?? [:]
        var new = OrderedMap<JSONValue>()
        for (name, value) in properties["Environment"]?["Variables"]?.objectValue ?? [:] {
            let text = try await references.resolved(value).map(Self.text)
            new[name] = text.map { .string($0) } ?? old[name]
        }
        return JSONValue.object(new) == .object(old) || areEqual(new, old) ? nil : ["Variables": .object(new)]
    }

    /// A value as the text that Lambda gets for it.
    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): JSONWriter.text(of: number)
        default: JSONWriter().text(of: value)
        }
    }

    private static func areEqual(_ left: OrderedMap<JSONValue>, _ right: OrderedMap<JSONValue>) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
    }

    private static func layers(
        _ current: JSONValue,
        _ properties: JSONValue,
        _ references: FunctionReferences
    ) async throws -> JSONValue? {
        guard let wanted = try await references.resolved(properties["Layers"] ?? []) else { return nil }
        let old = (current["Layers"]?.arrayValue ?? []).map { $0["Arn"] ?? $0 }
        return wanted == .array(old) ? nil : wanted
    }

    private static func network(
        _ current: JSONValue,
        _ properties: JSONValue,
        _ references: FunctionReferences
    ) async throws -> JSONValue? {
        var result = OrderedMap<JSONValue>()
        var isChanged = false
        for name in ["SecurityGroupIds", "SubnetIds"] {
            guard let wanted = try await references.resolved(properties["VpcConfig"]?[name] ?? []) else { return nil }
            let old = current["VpcConfig"]?[name]?.arrayValue ?? []
            if Set(wanted.arrayValue ?? []) != Set(old) { isChanged = true }
            result[name] = wanted
        }
        return isChanged ? .object(result) : nil
    }

    /// Whether a value has all members of another one.
    private static func isPart(_ wanted: JSONValue, of current: JSONValue?) -> Bool {
        guard let members = wanted.objectValue else { return wanted == current }
        return members.allSatisfy { isPart($0.value, of: current?[$0.key]) }
    }
}
