import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// A resolver of the variables of one configuration.
///
/// Each property is resolved once, when it is first needed, in the task of the caller. A reference to a property that
/// is being resolved is a cycle.
final class VariableResolver {
    let root: ConfigurationProperty
    let context: VariableContext
    /// The bytes of files by their names in places, for diagnostics.
    var texts: [String: [UInt8]]
    /// The lines of these files, for which a place was needed.
    private var lineIndexes: [String: LineIndex] = [:]
    /// The size of the values of all variables so far.
    private var size = VariableValueSize()
    /// The contents of files by path.
    var files: [LocalPath: FileContent] = [:]
    /// The values of JavaScript modules, by file and address.
    var scriptValues: [String: ConfigurationValue?] = [:]
    /// The messages of running code that is not waited for now.
    var waitingMessages: [ScriptHost.Message] = []
    /// The remote variables that were looked up, and those that are needed.
    var remote = RemoteVariables()
    /// Whether JavaScript waits for the value that is resolved now.
    var isAnsweringScript = false
    /// The sources that are available now; `nil` for all.
    var allowedSources: Set<String>?
    /// Whether plugins, which may add options, are not known yet.
    var isEarly: Bool { allowedSources?.contains("param") == false }
    /// The environment, with the variables of `.env` files after these are loaded.
    var environment: Environment
    /// The name of the `.env` file whose variables are in the environment; `nil` if none was read.
    var dotenvFile: String?
    /// The environment variables that were needed, but not set.
    var missingEnvironment: Set<String> = []
    /// The properties that are being resolved, outermost first.
    private(set) var inProgress: [ConfigurationProperty] = []

    /// The largest number of values in a chain that contain variables of their own.
    static let maximumNesting = 10
    /// The deepest nesting of a value with variables, which is the limit of files, so that files that contain each
    /// other do not exhaust the stack.
    static let maximumDepth = 512

    /// Makes a resolver, and parses the variables of the configuration.
    ///
    /// - Parameters:
    ///   - configuration: the configuration with variables.
    ///   - context: the data that the sources read.
    ///   - texts: the bytes of files by their names in places.
    ///   - errors: receives the errors in the syntax of variables.
    init(
        _ configuration: ConfigurationValue,
        context: VariableContext,
        texts: [String: [UInt8]],
        errors: inout VariableErrors
    ) {
        self.context = context
        self.texts = texts
        environment = context.environment
        root = ConfigurationProperty(whole: configuration, errors: &errors)
    }

    /// The lines of a file, for places in it.
    func lines(of file: String, _ bytes: [UInt8]) -> LineIndex {
        if let known = lineIndexes[file] { return known }
        let index = LineIndex(bytes)
        lineIndexes[file] = index
        return index
    }

    // MARK: Properties

    /// The value of a property with all its parts.
    func value(of property: ConfigurationProperty) async throws(VariableFailure) -> ConfigurationValue {
        switch property.state {
        case .resolved(let node): return node
        case .failed(let error): throw .error(error)
        case .resolving: throw .error(cycle(to: property))
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

    /// Collects the errors of a property and all its parts.
    func collectErrors(of property: ConfigurationProperty, into errors: inout VariableErrors) async {
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
                // Sources are restricted only for the properties that are needed first.
                if case .error(let reason) = error { errors.add(reason) }
            }
        }
    }

    /// Replaces a property by the value of its variables; parts of it can still contain variables.
    private func resolve(_ property: ConfigurationProperty, _ text: VariableText) async throws(VariableFailure) {
        property.state = .resolving(text)
        inProgress.append(property)
        defer { inProgress.removeLast() }
        do throws(VariableFailure) {
            let owner = VariableOwner(property: property, resolver: self)
            var node = try await settled(text, for: owner, depth: property.nesting)
            guard size.add(node) else { throw .error(tooLarge(owner)) }
            node.keyPlace = property.keyPlace
            if node.list == nil, node.map == nil { node.place = property.place }
            if node.string != nil {
                // The text of an escape is not a variable.
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
            case .error(let reason): property.state = .failed(reason)
            case .unavailable, .pending: property.state = .variables(text)
            }
            throw error
        }
    }

    /// The value at a path of keys; variables on the way are resolved.
    ///
    /// - Returns: the value; `nil` if a step does not exist.
    func value(at keys: [String]) async throws(VariableFailure) -> ConfigurationValue? {
        var property = root
        for (step, key) in keys.enumerated() {
            if case .variables(let text) = property.state { try await resolve(property, text) }
            switch property.state {
            case .resolving: throw .error(cycle(to: property))
            case .failed(let error): throw .error(error)
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

    /// The value of a string; if it is a string with variables, it is resolved again, while a list or mapping keeps its
    /// variables.
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

    /// The value of a string or its parts without any variables.
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

    /// The value of a string without any variables.
    func complete(
        _ text: VariableText,
        for owner: VariableOwner,
        depth: Int = 0
    ) async throws(VariableFailure) -> ConfigurationValue {
        let node = try await settled(text, for: owner, depth: depth + 1)
        return node.string == nil ? try await complete(node, for: owner, depth: depth + 1) : node
    }

    /// Replaces the variables of a string by their values.
    private func evaluate(_ text: VariableText, for owner: VariableOwner) async throws(VariableFailure) -> EvaluatedText
    {
        if text.isOneVariable {
            return EvaluatedText(node: try await value(of: text.variables[0], in: text, for: owner))
        }
        let values = try await values(of: text.variables) { variable async throws(VariableFailure) in
            let value = try await self.value(of: variable, in: text, for: owner)
            guard !value.isNull, value.map == nil else {
                let kind = value.isNull ? "null" : "a mapping"
                let source = text.source(of: variable)
                throw .error(
                    owner.error(
                        .variableNotAString,
                        "'\(source)' is \(kind), which cannot be a part of a string",
                        source,
                        help: ["refer to a string in it, or give the variable the whole value"]
                    )
                )
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
        guard size.add(pieces) else { throw .error(tooLarge(owner)) }
        return EvaluatedText(node: ConfigurationValue(.string(pieces.joined())), pieces: pieces)
    }

    /// The values of several parts; after a pending part, the others are still resolved, so that one round looks up
    /// what all of them need.
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
}

extension VariableText {
    /// A variable as it is written.
    func source(of variable: Variable) -> String { String(decoding: bytes[variable.range], as: UTF8.self) }
}
