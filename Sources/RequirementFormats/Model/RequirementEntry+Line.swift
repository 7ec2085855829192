package import Diagnostics
import HostSystem
package import PythonPackaging

extension RequirementEntry {
    /// The requirement as a line of a requirements file that means the same in any folder.
    ///
    /// Addresses may hold credentials, so the line is for a program's input and never for a log.
    ///
    /// - Parameter withHashes: Whether the hashes follow.
    /// - Returns: One line without its end.
    package func line(withHashes: Bool = false) -> String {
        var text: String
        switch subject {
        case .named(let requirement): text = requirement.description
        case .address(let address, let extras, let marker):
            text = address + Self.extras(extras) + Self.condition(marker)
        case .local(let path, let name, let extras, let marker):
            let address = "file://" + PercentCoding.encode(path.string, allowing: "/")
            if let name {
                text = name.written + Self.extras(extras) + " @ " + address + Self.condition(marker)
            } else {
                text = address + Self.extras(extras) + Self.condition(marker)
            }
        }
        if withHashes { for hash in hashes { text += " --hash=\(hash)" } }
        return text
    }

    /// Whether a requirement without a name asks for what comes from a place.
    package func isFor(_ source: LockedPackage.Source) -> Bool {
        switch (subject, source) {
        case (.local(let path, _, _, _), .local(let other)): path == other
        case (.address(let address, _, _), .archive(let other, _)):
            address.prefix { $0 != "#" } == other.prefix { $0 != "#" }
        case (.address(let address, _, _), .repository(let other, _, _)): address.hasPrefix(other)
        default: false
        }
    }

    private static func extras(_ extras: [PackageName]) -> String {
        extras.isEmpty ? "" : "[\(extras.map(\.written).joined(separator: ","))]"
    }

    private static func condition(_ marker: Marker?) -> String { marker.map { " ; \($0)" } ?? "" }
}

extension RequirementList {
    /// The demands without those for some distributions, which then bring nothing that only they need.
    ///
    /// Where others need such a distribution all the same, its versions count on, so that its hashes fit.
    package func omitting(_ names: Set<PackageName>) -> RequirementList {
        func isLeftOut(_ demand: RequirementEntry) -> Bool { demand.name.map(names.contains) ?? false }
        var result = RequirementList(requirements.filter { !isLeftOut($0) }, constraints: constraints)
        for var demand in requirements where isLeftOut(demand) {
            guard case .named(var requirement) = demand.subject, requirement.address == nil else { continue }
            // A constraint asks for no extras.
            requirement.extras = []
            demand.subject = .named(requirement)
            result.constraints.append(demand)
        }
        return result
    }
}

extension RequirementSet {
    /// The hashes that each distribution must have one of, by its name, as far as the set has any.
    ///
    /// - Parameter target: What distributions are for; requirements whose markers do not hold there say nothing.
    /// - Returns: The hashes of requirements with hashes.
    /// - Throws: A `DiagnosticError` where hashes are required and a requirement that counts has none, or leaves its
    ///   version open, as pip does.
    package func requiredHashes(for target: Target) throws(DiagnosticError) -> [PackageName: Set<FileHash>] {
        guard case .requirements(let demands) = content else { return [:] }
        let environment = target.markerEnvironment
        var result: [PackageName: Set<FileHash>] = [:]
        var faults: [Diagnostic] = []
        for demand in demands.requirements where demand.marker?.holds(in: environment) ?? true {
            if let name = demand.name, !demand.hashes.isEmpty { result[name, default: []].formUnion(demand.hashes) }
            guard indexes.requiresHashes else { continue }
            let name = demand.name.map { "'\($0)'" } ?? "a requirement"
            if demand.hashes.isEmpty {
                faults.append(
                    Diagnostic(
                        .error,
                        "\(name) has no hash, but hashes are required",
                        category: .resolution,
                        at: demand.place,
                        notes: ["one hash in the file, or --require-hashes, makes hashes required for all"],
                        help: ["give it a --hash=sha256:…"]
                    )
                )
            } else if case .named(let requirement) = demand.subject, requirement.address == nil,
                requirement.versions.exactVersion == nil
            {
                faults.append(
                    Diagnostic(
                        .error,
                        "\(name) has a hash, but not one exact version",
                        category: .resolution,
                        at: demand.place,
                        help: ["give it a version with =="]
                    )
                )
            }
        }
        guard faults.isEmpty else { throw DiagnosticError(faults) }
        for demand in demands.constraints {
            if let name = demand.name, !demand.hashes.isEmpty { result[name, default: []].formUnion(demand.hashes) }
        }
        return result
    }
}
