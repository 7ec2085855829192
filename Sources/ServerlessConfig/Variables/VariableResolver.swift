import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// Resolves the variables of one configuration.
///
/// Each property is resolved when it is first asked for, and once. Everything happens in the task of the caller; a
/// property that is asked for while it is being resolved shows a circle.
final class VariableResolver {
    let root: ConfigurationProperty
    let context: VariableContext
    /// The source texts of places, for faults.
    var texts: [String: [UInt8]]
    /// What files hold, by their path.
    var files: [LocalPath: FileContent] = [:]
    /// Values that JavaScript gave, by file and address.
    var scriptValues: [String: ConfigurationValue?] = [:]
    /// Messages of running code that is not waited for now.
    var waitingMessages: [ScriptHost.Message] = []
    /// The remote variables that were looked up, and those that are needed.
    var remote = RemoteVariables()
    /// Whether JavaScript waits for the value that is resolved now.
    var isAnsweringScript = false
    /// The sources that may be asked now, `nil` for all.
    var allowedSources: Set<String>?
    /// Whether plugins, which may bring options of their own, are not known yet.
    var isEarly: Bool { allowedSources?.contains("param") == false }
    /// The variables of the environment, with those of `.env` files once they are loaded.
    var environment: Environment
    /// The environment's variables that were asked for and not there.
    var missingEnvironment: Set<String> = []
    /// The properties that are being resolved, outermost first.
    private(set) var inProgress: [ConfigurationProperty] = []

    /// How many values in a row may bring variables of their own.
    private static let maximumNesting = 10
    /// How deep a value may be nested that variables bring: as deep as in any file, so that one that holds another,
    /// which holds another and so on, exhausts no stack.
    private static let maximumDepth = 512

    /// Makes a resolver.
    ///
    /// - Parameters:
    ///   - configuration: the configuration as it was read.
    ///   - context: what sources read from.
    ///   - texts: the bytes of files by the name that places have.
    ///   - errors: gets what is wrong with the variables' syntax.
    init(
        _ configuration: ConfigurationValue,
        context: VariableContext,
        texts: [String: [UInt8]],
        errors: inout [Diagnostic]
    ) {
        self.context = context
        self.texts = texts
        environment = context.environment
        root = ConfigurationProperty(whole: configuration, errors: &errors)
    }

    // MARK: Properties

    /// The value of a property with all that it holds.
    func value(of property: ConfigurationProperty) async throws(VariableFailure) -> ConfigurationValue {
        switch property.state {
        case .resolved(let node): return node
        case .failed(let diagnostic): throw .error(diagnostic)
        case .resolving: throw .error(circle(to: property))
        case .variables(let text):
            try await resolve(property, text)
            return try await value(of: property)
        case .list(let children, let shell):
            var items: [ConfigurationValue] = []
            for child in children { items.append(try await value(of: child)) }
            return finish(property, ConfigurationValue(.list(items), at: shell.place, keyAt: shell.keyPlace))
        case .map(let children, let shell):
            var members = OrderedMap<ConfigurationValue>()
            for (key, child) in children { members[key] = try await value(of: child) }
            return finish(property, ConfigurationValue(.map(members), at: shell.place, keyAt: shell.keyPlace))
        }
    }

    private func finish(_ property: ConfigurationProperty, _ node: ConfigurationValue) -> ConfigurationValue {
        property.state = .resolved(node)
        return node
    }

    /// Collects the faults of a property and all that it holds.
    func collectErrors(of property: ConfigurationProperty, into errors: inout [Diagnostic]) async {
        switch property.state {
        case .list(let children, _): for child in children { await collectErrors(of: child, into: &errors) }
        case .map(let children, _): for child in children.values { await collectErrors(of: child, into: &errors) }
        default:
            do throws(VariableFailure) {
                if case .variables(let text) = property.state {
                    try await resolve(property, text)
                    await collectErrors(of: property, into: &errors)
                } else {
                    _ = try await value(of: property)
                }
            } catch {
                // Only what is asked for ahead of the rest is bound to some sources and may be inaccessible.
                if case .error(let diagnostic) = error, !errors.contains(diagnostic) { errors.append(diagnostic) }
            }
        }
    }

    /// Replaces the text of a property by what its variables make of it; parts may still hold variables.
    private func resolve(_ property: ConfigurationProperty, _ text: VariableText) async throws(VariableFailure) {
        property.state = .resolving(text)
        inProgress.append(property)
        defer { inProgress.removeLast() }
        do throws(VariableFailure) {
            let owner = VariableOwner(property: property, resolver: self)
            var node = try await settled(text, for: owner, depth: property.nesting)
            node.keyPlace = property.keyPlace
            if node.list == nil, node.map == nil { node.place = property.place }
            if node.string != nil {
                // What an escape left in a text is no variable any more.
                property.state = .resolved(node)
                return
            }
            if node.isNested(deeperThan: Self.maximumDepth) { throw .error(tooDeep(owner)) }
            if property.nesting >= Self.maximumNesting, ConfigurationProperty.holdsVariables(node) {
                throw .error(tooNested(owner))
            }
            property.adopt(node, nesting: property.nesting + 1) { _ in }
        } catch {
            switch error {
            case .error(let diagnostic): property.state = .failed(diagnostic)
            case .unavailable, .pending: property.state = .variables(text)
            }
            throw error
        }
    }

    /// The property that a path names, with the steps that lead into its value; variables on the way are resolved.
    ///
    /// - Returns: `nil` where a step leads nowhere.
    func value(at keys: [String]) async throws(VariableFailure) -> ConfigurationValue? {
        var property = root
        for (step, key) in keys.enumerated() {
            if case .variables(let text) = property.state { try await resolve(property, text) }
            switch property.state {
            case .resolving: throw .error(circle(to: property))
            case .failed(let diagnostic): throw .error(diagnostic)
            case .resolved(let node): return node.member(at: keys[step...])
            case .list(let children, _):
                if key == "length" {
                    return ConfigurationValue(.number(Double(children.count))).member(at: keys[(step + 1)...])
                }
                guard let index = key.itemIndex(in: children.indices) else { return nil }
                property = children[index]
            case .map(let children, _):
                guard let child = children[key] else { return nil }
                property = child
            case .variables: return nil
            }
        }
        return try await value(of: property)
    }

    // MARK: Texts

    /// The value of a text whose variables bring no further ones: a text that does is resolved again, a list or map is
    /// left with what it brings.
    func settled(
        _ text: VariableText,
        for owner: VariableOwner,
        depth: Int = 0
    ) async throws(VariableFailure) -> ConfigurationValue {
        var text = text
        for _ in depth...max(depth, Self.maximumNesting) {
            let result = try await evaluate(text, for: owner)
            guard let next = try result.variables(for: owner) else { return result.node }
            text = next
        }
        throw .error(tooNested(owner))
    }

    /// The value of a text with all that it holds, wherever it stands.
    func complete(
        _ node: ConfigurationValue,
        for owner: VariableOwner,
        depth: Int = 0
    ) async throws(VariableFailure) -> ConfigurationValue {
        guard depth <= Self.maximumNesting else { throw .error(tooNested(owner)) }
        guard ConfigurationProperty.holdsVariables(node) else { return node }
        switch node.content {
        case .string(let string):
            guard let text = try owner.parse(string) else { return node }
            return try await complete(text, for: owner, depth: depth)
        case .list(let items):
            let values = try await values(of: items) { item async throws(VariableFailure) in
                try await self.complete(item, for: owner, depth: depth)
            }
            return ConfigurationValue(.list(values), at: node.place, keyAt: node.keyPlace)
        case .map(let members):
            let values = try await values(of: members.values) { member async throws(VariableFailure) in
                try await self.complete(member, for: owner, depth: depth)
            }
            let result = OrderedMap(zip(members.keys, values).map { ($0, $1) })
            return ConfigurationValue(.map(result), at: node.place, keyAt: node.keyPlace)
        case .null, .bool, .number:
            return node
        }
    }

    /// The value of a text with all that it brings.
    func complete(
        _ text: VariableText,
        for owner: VariableOwner,
        depth: Int = 0
    ) async throws(VariableFailure) -> ConfigurationValue {
        let node = try await settled(text, for: owner, depth: depth + 1)
        return node.string == nil ? try await complete(node, for: owner, depth: depth + 1) : node
    }

    /// Puts the values of a text's variables in their places.
    private func evaluate(_ text: VariableText, for owner: VariableOwner) async throws(VariableFailure) -> EvaluatedText
    {
        if text.isOneVariable {
            return EvaluatedText(node: try await value(of: text.variables[0], in: text, for: owner))
        }
        let values = try await values(of: text.variables) { variable async throws(VariableFailure) in
            let value = try await self.value(of: variable, in: text, for: owner)
            guard !value.isNull, value.map == nil else {
                let kind = value.isNull ? "null" : "a map"
                let source = text.source(of: variable)
                throw .error(owner.error("'\(source)' is \(kind), which cannot stand inside a text", source))
            }
            return value
        }
        var pieces: [String] = []
        var end = 0
        for (variable, value) in zip(text.variables, values) {
            pieces.append(String(decoding: text.bytes[end..<variable.range.lowerBound], as: UTF8.self))
            pieces.append(JavaScriptText.text(of: value))
            end = variable.range.upperBound
        }
        pieces.append(String(decoding: text.bytes[end...], as: UTF8.self))
        return EvaluatedText(node: ConfigurationValue(.string(pieces.joined())), pieces: pieces)
    }

    /// The values of several parts; one that is pending does not keep the next from being resolved, so that one round
    /// looks up what all of them need.
    private func values<Part>(
        of parts: some Sequence<Part>,
        _ resolve: (Part) async throws(VariableFailure) -> ConfigurationValue
    ) async throws(VariableFailure) -> [ConfigurationValue] {
        var values: [ConfigurationValue] = []
        var isPending = false
        for part in parts {
            do throws(VariableFailure) {
                values.append(try await resolve(part))
            } catch {
                guard case .pending = error else { throw error }
                isPending = true
            }
        }
        if isPending { throw .pending }
        return values
    }

    // MARK: Errors

    private func tooNested(_ owner: VariableOwner) -> Diagnostic {
        Diagnostic(
            .error,
            "the variables of '\(owner.path)' bring ever more variables",
            at: owner.property.place,
            notes: ["values that hold variables of their own were followed \(Self.maximumNesting) times"]
        )
    }

    private func tooDeep(_ owner: VariableOwner) -> Diagnostic {
        owner.error("its value is nested deeper than \(Self.maximumDepth) levels")
    }

    /// The fault of properties that need each other, with the whole circle.
    private func circle(to property: ConfigurationProperty) -> Diagnostic {
        let start = inProgress.firstIndex { $0 === property } ?? inProgress.startIndex
        let links = inProgress[start...]
        let names = links.map { "'\($0.path)'" } + ["'\(property.path)'"]
        let message =
            links.count == 1
            ? "'\(property.path)' refers to itself"
            : "'\(property.path)' refers to itself: \(names.joined(separator: " → "))"
        return Diagnostic(
            .error,
            message,
            at: property.place,
            notes: links.dropFirst().compactMap { link in link.place.map { "'\(link.path)' stands at \($0)" } }
        )
    }
}

extension VariableText {
    /// A variable as it is written.
    func source(of variable: Variable) -> String { String(decoding: bytes[variable.range], as: UTF8.self) }
}
