import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// A value of the configuration while variables are resolved.
///
/// A class because properties refer to each other: whoever asks first has it resolved, all others find the result.
/// Parts without variables stay whole nodes.
final class ConfigurationProperty {
    /// How far a property is resolved.
    enum State {
        /// Resolved to the last part.
        case resolved(ConfigurationValue)
        /// A text with variables.
        case variables(VariableText)
        /// A list or map, of whose parts at least one held variables; `ConfigurationValue` has its places and no parts.
        case list([ConfigurationProperty], ConfigurationValue)
        case map(OrderedMap<ConfigurationProperty>, ConfigurationValue)
        /// Being resolved: who asks for it now asks in a circle.
        case resolving(VariableText)
        /// Cannot be resolved; told once, whoever asks.
        case failed(Diagnostic)
    }

    var state: State
    /// The key in the parent, or the number in a list.
    let name: String
    /// The list or map that holds this, `nil` for the whole configuration.
    ///
    /// Not kept alive: a parent that is resolved lets its parts go.
    private weak var parent: ConfigurationProperty?
    let place: SourcePlace?
    let keyPlace: SourcePlace?
    /// How many values that brought variables of their own led here.
    let nesting: Int

    private init(_ node: ConfigurationValue, name: String, parent: ConfigurationProperty?, nesting: Int) {
        self.name = name
        self.parent = parent
        self.nesting = nesting
        place = node.place
        keyPlace = node.keyPlace
        state = .resolved(node)
    }

    /// Makes the properties of a configuration.
    ///
    /// What is wrong with the variables' syntax goes into `faults`.
    convenience init(whole node: ConfigurationValue, errors: inout [Diagnostic]) {
        self.init(node, name: "", parent: nil, nesting: 0)
        adopt(node, nesting: 0) { errors.append($0) }
    }

    /// Takes a node over as the value, with what variables it holds.
    func adopt(_ node: ConfigurationValue, nesting: Int, onError report: (Diagnostic) -> Void) {
        state = .resolved(node)
        guard Self.holdsVariables(node) else { return }
        switch node.content {
        case .string(let text):
            do throws(VariableSyntaxError) {
                if let variables = try VariableParser.parse(text) { state = .variables(variables) }
            } catch {
                let diagnostic = Diagnostic(
                    .error,
                    "the variables of '\(path)' cannot be read: \(error)",
                    at: place,
                    notes: ["in '\(text)', at character \(text.character(atByte: error.offset))"]
                )
                state = .failed(diagnostic)
                report(diagnostic)
            }
        case .list(let items):
            let children = items.enumerated()
                .map { index, item in child(item, String(index), nesting: nesting, onError: report) }
            state = .list(children, ConfigurationValue(.list([]), at: node.place, keyAt: node.keyPlace))
        case .map(let members):
            var children = OrderedMap<ConfigurationProperty>()
            for (key, member) in members { children[key] = child(member, key, nesting: nesting, onError: report) }
            state = .map(children, ConfigurationValue(.map([:]), at: node.place, keyAt: node.keyPlace))
        case .null, .bool, .number:
            break
        }
    }

    private func child(
        _ node: ConfigurationValue,
        _ name: String,
        nesting: Int,
        onError report: (Diagnostic) -> Void
    ) -> ConfigurationProperty {
        let child = ConfigurationProperty(node, name: name, parent: self, nesting: nesting)
        child.adopt(node, nesting: nesting, onError: report)
        return child
    }

    /// The member of a map that still holds variables, `nil` where there is none.
    func member(_ key: String) -> ConfigurationProperty? {
        guard case .map(let members, _) = state else { return nil }
        return members[key]
    }

    /// Whether this is a text whose variables are not resolved yet.
    var isWaiting: Bool {
        if case .variables = state { true } else { false }
    }

    /// Sets a member of a map; one that is there and not `null` is left alone unless it is overridden, and one that
    /// waits for its variables always.
    func setMember(_ key: String, to content: ConfigurationValue.Content, overriding: Bool) {
        switch state {
        case .map(var members, let shell):
            if let member = members[key] {
                guard !member.isWaiting else { return }
                if !overriding {
                    guard case .resolved(let node) = member.state, node.isNull else { return }
                }
            }
            members[key] = ConfigurationProperty(ConfigurationValue(content), name: key, parent: self, nesting: nesting)
            state = .map(members, shell)
        case .resolved(var node):
            guard node.map != nil, overriding || node[key] == nil else { return }
            node[key] = ConfigurationValue(content)
            state = .resolved(node)
        default: break
        }
    }

    /// Whether a `${` stands anywhere in a value.
    static func holdsVariables(_ node: ConfigurationValue) -> Bool {
        switch node.content {
        case .string(let text): VariableParser.mayHoldVariables(text)
        case .list(let items): items.contains(where: holdsVariables)
        case .map(let members): members.values.contains(where: holdsVariables)
        case .null, .bool, .number: false
        }
    }

    /// The way here from the whole, its steps joined by dots.
    var path: String {
        guard let parent, parent.parent != nil || !parent.name.isEmpty else { return name }
        return parent.path + "." + name
    }
}

extension String {
    /// The number, from 1, of the character at a byte.
    func character(atByte offset: Int) -> Int {
        let utf8 = utf8
        let end = utf8.index(utf8.startIndex, offsetBy: min(offset, utf8.count))
        return self[..<end].unicodeScalars.count + 1
    }
}
