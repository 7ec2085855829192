import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON

/// A value of the configuration while variables are resolved.
///
/// Properties are objects because they refer to each other: the first reference resolves a property, and all others
/// use the result. Parts without variables stay plain values.
final class ConfigurationProperty {
    /// The states of the resolution.
    enum State {
        /// Resolved with all its parts.
        case resolved(ConfigurationValue)
        /// A string with variables.
        case variables(VariableText)
        /// A list or mapping with at least one part that contains variables; the `ConfigurationValue` has its places,
        /// but no parts.
        case list([ConfigurationProperty], ConfigurationValue)
        case map(OrderedMap<ConfigurationProperty>, ConfigurationValue)
        /// Being resolved; a reference to it now is a cycle.
        case resolving(VariableText)
        /// Not resolvable; the error is reported once.
        case failed(VariableError)
    }

    var state: State
    /// The key in the parent mapping, or the index in the parent list.
    let name: String
    /// The list or mapping that contains the property; `nil` for the whole configuration.
    ///
    /// The reference is weak because a resolved parent releases its parts.
    private weak var parent: ConfigurationProperty?
    let place: SourcePlace?
    let keyPlace: SourcePlace?
    /// The number of values with variables of their own that led to this one.
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
    /// Errors in the syntax of variables are added to `errors`.
    convenience init(whole node: ConfigurationValue, errors: inout VariableErrors) {
        self.init(node, name: "", parent: nil, nesting: 0)
        adopt(node, nesting: 0) { errors.add($0) }
    }

    /// Sets the value, and parses its variables.
    func adopt(_ node: ConfigurationValue, nesting: Int, onError report: (VariableError) -> Void) {
        state = .resolved(node)
        guard Self.holdsVariables(node) else { return }
        switch node.content {
        case .string(let text):
            do throws(VariableSyntaxError) {
                if let variables = try VariableParser.parse(text) { state = .variables(variables) }
            } catch {
                let error = VariableError(
                    code: .invalidVariableSyntax,
                    message: "cannot parse the variables of '\(path)': \(error)",
                    place: place,
                    notes: ["the error is at character \(text.character(atByte: error.offset)) of '\(text)'"],
                    help: [error.remedy]
                )
                state = .failed(error)
                report(error)
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
        onError report: (VariableError) -> Void
    ) -> ConfigurationProperty {
        let child = ConfigurationProperty(node, name: name, parent: self, nesting: nesting)
        child.adopt(node, nesting: nesting, onError: report)
        return child
    }

    /// The member of a mapping that still contains variables; `nil` if there is none.
    func member(_ key: String) -> ConfigurationProperty? {
        guard case .map(let members, _) = state else { return nil }
        return members[key]
    }

    /// Whether the property is a string with unresolved variables.
    var isWaiting: Bool {
        if case .variables = state { true } else { false }
    }

    /// Sets a member of a mapping.
    ///
    /// An existing member other than `null` is replaced only if `overriding` is set, and never if it has unresolved
    /// variables.
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

    /// Whether a value contains `${` anywhere.
    static func holdsVariables(_ node: ConfigurationValue) -> Bool {
        switch node.content {
        case .string(let text): VariableParser.mayHoldVariables(text)
        case .list(let items): items.contains(where: holdsVariables)
        case .map(let members): members.values.contains(where: holdsVariables)
        case .null, .bool, .number: false
        }
    }

    /// The path from the root of the configuration, with dots between its steps.
    var path: String {
        guard let parent, parent.parent != nil || !parent.name.isEmpty else { return name }
        return parent.path + "." + name
    }
}

extension String {
    /// The position, from 1, of the character at an offset in bytes.
    func character(atByte offset: Int) -> Int {
        let utf8 = utf8
        let end = utf8.index(utf8.startIndex, offsetBy: min(offset, utf8.count))
        return self[..<end].unicodeScalars.count + 1
    }
}
