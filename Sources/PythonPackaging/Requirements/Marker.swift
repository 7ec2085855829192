/// A condition on the environment under which a requirement counts (PEP 508, "Environment Markers").
///
/// See <https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers>.
package indirect enum Marker: Hashable, Sendable {
    /// Two operands compared.
    case comparison(Operand, Comparison, Operand)
    /// All must hold; at least two.
    case all([Marker])
    /// One must hold; at least two.
    case any([Marker])

    /// A side of a comparison.
    package enum Operand: Hashable, Sendable {
        case variable(Variable)
        case literal(String)
    }

    /// What is known of an environment; the raw values are the names of PEP 508 and PEP 751.
    package enum Variable: String, Hashable, Sendable, CaseIterable {
        case pythonVersion = "python_version"
        case pythonFullVersion = "python_full_version"
        case osName = "os_name"
        case sysPlatform = "sys_platform"
        case platformRelease = "platform_release"
        case platformSystem = "platform_system"
        case platformVersion = "platform_version"
        case platformMachine = "platform_machine"
        case platformPythonImplementation = "platform_python_implementation"
        case implementationName = "implementation_name"
        case implementationVersion = "implementation_version"
        case extra
        case extras
        case dependencyGroups = "dependency_groups"

        /// Whether its values are versions and compared as such.
        var isVersion: Bool {
            switch self {
            case .pythonVersion, .pythonFullVersion, .implementationVersion, .platformRelease: true
            default: false
            }
        }
    }

    /// The operators.
    package enum Comparison: Hashable, Sendable {
        /// One that versions have too; it compares versions where an operand is one, else texts.
        case relation(VersionSpecifier.Operator)
        /// Whether the right operand holds the left one.
        case `in`
        /// Whether the right operand does not hold the left one.
        case notIn
    }

    /// Both must hold.
    package static func && (left: Marker, right: Marker) -> Marker { all(of: [left, right]) }

    /// One must hold.
    package static func || (left: Marker, right: Marker) -> Marker { any(of: [left, right]) }

    /// All of some must hold, of which there is at least one; what is made of several the same way counts one by one.
    static func all(of parts: [Marker]) -> Marker {
        let flat = parts.flatMap { if case .all(let inner) = $0 { inner } else { [$0] } }
        return flat.count == 1 ? flat[0] : .all(flat)
    }

    /// One of some must hold, of which there is at least one; what is made of several the same way counts one by one.
    static func any(of parts: [Marker]) -> Marker {
        let flat = parts.flatMap { if case .any(let inner) = $0 { inner } else { [$0] } }
        return flat.count == 1 ? flat[0] : .any(flat)
    }

    /// The extras that the marker asks for by `extra == '…'`, normalized.
    package var namedExtras: Set<String> {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.namedExtras) }
        case .comparison(.variable(.extra), .relation(.equal), .literal(let name)),
            .comparison(.literal(let name), .relation(.equal), .variable(.extra)):
            [PackageName.normalize(name)]
        case .comparison: []
        }
    }
}

extension Marker: CustomStringConvertible {
    package var description: String {
        switch self {
        case .comparison(let left, let comparison, let right): "\(left) \(comparison) \(right)"
        case .all(let parts):
            parts.map { part in
                if case .any = part { "(\(part))" } else { "\(part)" }
            }
            .joined(separator: " and ")
        case .any(let parts):
            parts.map { part in
                if case .any = part { "(\(part))" } else { "\(part)" }
            }
            .joined(separator: " or ")
        }
    }
}

extension Marker.Comparison: CustomStringConvertible {
    package var description: String {
        switch self {
        case .relation(let comparison): comparison.rawValue
        case .in: "in"
        case .notIn: "not in"
        }
    }
}

extension Marker.Operand: CustomStringConvertible {
    package var description: String {
        switch self {
        case .variable(let variable): variable.rawValue
        case .literal(let text): text.utf8.contains(UInt8(ascii: "\"")) ? "'\(text)'" : "\"\(text)\""
        }
    }
}
