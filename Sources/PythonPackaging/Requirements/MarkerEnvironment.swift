/// The environment in which markers are evaluated.
package struct MarkerEnvironment: Hashable, Sendable {
    /// The values of the variables; missing ones are empty strings.
    package var values: [Marker.Variable: String]
    /// The selected extras, which are the value of `extras` (PEP 751).
    package var extras: Set<String> = []
    /// The selected dependency groups, which are the value of `dependency_groups` (PEP 751).
    package var dependencyGroups: Set<String> = []

    /// Creates an environment from the values of its variables.
    package init(_ values: [Marker.Variable: String]) { self.values = values }

    /// Creates the environment of CPython on Linux.
    ///
    /// - Parameters:
    ///   - version: The full version of the interpreter, such as 3.11.7.
    ///   - machine: The architecture, as printed by `uname -m`.
    package init(linuxPython version: Version, machine: String) {
        values = [
            .pythonVersion: "\(version.releaseNumber(0)).\(version.releaseNumber(1))",
            .pythonFullVersion: "\(version)",
            .implementationVersion: "\(version)",
            .implementationName: "cpython",
            .platformPythonImplementation: "CPython",
            .osName: "posix",
            .sysPlatform: version.releaseNumber(0) < 3 ? "linux2" : "linux",
            .platformSystem: "Linux",
            .platformMachine: machine,
        ]
    }
}

extension Marker {
    /// Whether the marker is true in an environment.
    ///
    /// - Parameters:
    ///   - environment: The values of the variables.
    ///   - extra: The value of `extra`; empty for none.
    /// - Returns: The value of the marker.
    package func holds(in environment: MarkerEnvironment, extra: String = "") -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.holds(in: environment, extra: extra) }
        case .any(let parts): parts.contains { $0.holds(in: environment, extra: extra) }
        case .comparison(let left, let comparison, let right):
            Self.compare(left, comparison, right, in: environment, extra: extra)
        }
    }

    /// Whether the marker is true in an environment without an extra, or with one of some extras.
    package func holds(in environment: MarkerEnvironment, anyOf extras: some Collection<String>) -> Bool {
        if holds(in: environment) { return true }
        return extras.contains { holds(in: environment, extra: $0) }
    }

    private static func compare(
        _ left: Operand,
        _ comparison: Comparison,
        _ right: Operand,
        in environment: MarkerEnvironment,
        extra: String
    ) -> Bool {
        func value(of operand: Operand) -> String {
            switch operand {
            case .literal(let text): text
            case .variable(.extra): PackageName.normalize(extra)
            case .variable(let variable): environment.values[variable] ?? ""
            }
        }
        if case .variable(let set) = right, set == .extras || set == .dependencyGroups {
            let members = set == .extras ? environment.extras : environment.dependencyGroups
            let isMember = members.contains { PackageName.normalize($0) == PackageName.normalize(value(of: left)) }
            return comparison == .notIn ? !isMember : isMember
        }
        var (leftValue, rightValue) = (value(of: left), value(of: right))
        if left == .variable(.extra) || right == .variable(.extra) {
            (leftValue, rightValue) = (PackageName.normalize(leftValue), PackageName.normalize(rightValue))
        }
        let variables = [left, right].compactMap { if case .variable(let name) = $0 { name } else { nil } }
        if variables.contains(where: \.isVersion), case .relation(let relation) = comparison,
            let version = try? Version(parsing: leftValue),
            let clause = try? VersionSpecifier(parsing: relation.rawValue + rightValue)
        {
            return clause.contains(version)
        }
        return comparison.holds(leftValue, rightValue)
    }
}

extension Marker.Comparison {
    /// Compares strings as in Python.
    fileprivate func holds(_ left: String, _ right: String) -> Bool {
        switch self {
        case .relation(.equal), .relation(.identical): left == right
        case .relation(.notEqual): left != right
        case .relation(.less): left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
        case .relation(.greater): right.unicodeScalars.lexicographicallyPrecedes(left.unicodeScalars)
        case .relation(.lessOrEqual): !right.unicodeScalars.lexicographicallyPrecedes(left.unicodeScalars)
        case .relation(.greaterOrEqual): !left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
        case .relation(.compatible): false
        case .in: left.isEmpty || right.utf8Contains(left)
        case .notIn: !(left.isEmpty || right.utf8Contains(left))
        }
    }
}

extension String {
    /// Whether the string contains another one, which must not be empty, byte for byte.
    fileprivate func utf8Contains(_ part: String) -> Bool {
        let (whole, part) = (Array(utf8), Array(part.utf8))
        guard part.count <= whole.count else { return false }
        return (0...(whole.count - part.count)).contains { whole[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
