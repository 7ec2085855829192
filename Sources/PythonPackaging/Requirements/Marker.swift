/// A condition on the environment of a requirement (PEP 508, "Environment Markers").
///
/// See <https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers>.
package indirect enum Marker: Hashable, Sendable {
    /// A comparison of two operands.
    case comparison(Operand, Comparison, Operand)
    /// Two or more markers that must all be true.
    case all([Marker])
    /// Two or more markers of which at least one must be true.
    case any([Marker])

    /// One side of a comparison.
    package enum Operand: Hashable, Sendable {
        case variable(Variable)
        case literal(String)
    }

    /// The variables of an environment, by their names in PEP 508 and PEP 751.
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

        /// Whether the values of the variable are compared as versions.
        var isVersion: Bool {
            switch self {
            case .pythonVersion, .pythonFullVersion, .implementationVersion, .platformRelease: true
            default: false
            }
        }
    }

    /// The operators of comparisons.
    package enum Comparison: Hashable, Sendable {
        /// A version operator; compares versions if an operand has a version, and strings otherwise.
        case relation(VersionSpecifier.Operator)
        /// Whether the right operand contains the left one.
        case `in`
        /// Whether the right operand does not contain the left one.
        case notIn
    }

    /// A marker that is true if both markers are.
    package static func && (left: Marker, right: Marker) -> Marker { all(of: [left, right]) }

    /// A marker that is true if at least one of the markers is.
    package static func || (left: Marker, right: Marker) -> Marker { any(of: [left, right]) }

    /// A marker that is true if all parts are.
    ///
    /// There must be at least one part. Nested `all` markers are flattened.
    static func all(of parts: [Marker]) -> Marker {
        let flat = parts.flatMap { if case .all(let inner) = $0 { inner } else { [$0] } }
        return flat.count == 1 ? flat[0] : .all(flat)
    }

    /// A marker that is true if any part is.
    ///
    /// There must be at least one part. Nested `any` markers are flattened.
    static func any(of parts: [Marker]) -> Marker {
        let flat = parts.flatMap { if case .any(let inner) = $0 { inner } else { [$0] } }
        return flat.count == 1 ? flat[0] : .any(flat)
    }

    /// The normalized names of the extras in comparisons such as `extra == '…'`.
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
