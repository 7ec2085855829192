package import Diagnostics
import HostSystem
package import LambdaBundle
import PythonPackaging
import RequirementFormats
import WheelProvisioning
import ZipArchive

/// Which distribution requires which one, among the wheels that functions use.
package struct DependencyGraph: Sendable {
    /// A reason for which a distribution is installed.
    package struct Reason: Hashable, Sendable {
        /// The distribution that requires it; `nil` for the requirements of the service.
        package let requirer: String?
        /// The requirement as it is written, without its marker.
        package let requirement: String
        /// The extras that are required of the distribution.
        let extras: Set<String>
        /// The extra of the requirer to which the requirement belongs; `nil` if it does not need one.
        package let neededExtra: String?
        /// The place in the requirement source; `nil` for requirements of other distributions.
        package let place: SourcePlace?
    }

    /// The functions or the layer whose wheels these are.
    package let use: RequirementUse
    /// The version of each distribution, by its normalized name.
    package let versions: [String: String]
    /// The reasons for each distribution, those of the service first.
    package private(set) var reasons: [String: [Reason]] = [:]

    /// Reads the requirements of the wheels; markers are evaluated for their target.
    ///
    /// An extra of a distribution counts if something that is installed requires it.
    /// - Throws: `ZipError`, `DiagnosticError` if a wheel cannot be read.
    package init(_ use: RequirementUse) throws {
        self.use = use
        var metadata: [String: WheelMetadata] = [:]
        var versions: [String: String] = [:]
        for wheel in use.wheels where !wheel.isFileSet {
            metadata[wheel.name.name.normalized] = try WheelMetadata(of: WheelLayout(of: wheel))
            versions[wheel.name.name.normalized] = wheel.name.version.description
        }
        self.versions = versions
        let environment = use.target.markerEnvironment
        var extras: [String: Set<String>] = [:]
        var pending: [String] = []
        func add(_ reason: Reason, for name: String, to reasons: inout [String: [Reason]]) {
            guard versions[name] != nil else { return }
            if reasons[name]?.contains(reason) != true { reasons[name, default: []].append(reason) }
            let known = extras[name]
            extras[name, default: []].formUnion(reason.extras)
            if extras[name] != known { pending.append(name) }
        }
        for (name, reason) in Self.roots(of: use) { add(reason, for: name, to: &reasons) }
        while let name = pending.popLast() {
            let own = extras[name] ?? []
            for requirement in metadata[name]?.requirements ?? [] where requirement.counts(in: environment, anyOf: own)
            {
                let isAlways = requirement.counts(in: environment)
                let extra =
                    isAlways
                    ? nil : own.sorted().first { requirement.counts(in: environment, anyOf: [$0]) }
                let reason = Reason(
                    requirer: name,
                    requirement: requirement.withoutMarker,
                    extras: Set(requirement.extras.map(\.normalized)),
                    neededExtra: extra,
                    place: nil
                )
                add(reason, for: requirement.name.normalized, to: &reasons)
            }
        }
        if case .lock(let lock) = use.requirements.content, lock.roots == nil { dropEntriesOfDependencies() }
    }

    /// Removes the entries of a lock that lists all distributions alike as reasons for those that others require.
    ///
    /// The entry remains for distributions that only require each other.
    private mutating func dropEntriesOfDependencies() {
        let all = reasons
        for (name, known) in all where known.contains(where: { $0.requirer != nil && $0.requirer != name }) {
            reasons[name] = known.filter { $0.requirer != nil }
        }
        var reached: Set<String> = []
        var pending = reasons.filter { $0.value.contains { $0.requirer == nil } }.map(\.key)
        func follow() {
            while let name = pending.popLast() {
                guard reached.insert(name).inserted else { continue }
                for (other, known) in all where known.contains(where: { $0.requirer == name }) { pending.append(other) }
            }
        }
        follow()
        for name in all.keys.sorted() where !reached.contains(name) {
            reasons[name] = all[name]
            pending = [name]
            follow()
        }
    }

    /// The requirements of the service that apply to the target.
    private static func roots(of use: RequirementUse) -> [(name: String, reason: Reason)] {
        switch use.requirements.content {
        case .requirements(let list): list.requirements.compactMap { root(of: $0, use) }
        case .lock(let lock): roots(of: lock, use)
        }
    }

    private static func root(of entry: RequirementEntry, _ use: RequirementUse) -> (name: String, reason: Reason)? {
        guard entry.marker?.holds(in: use.target.markerEnvironment) ?? true else { return nil }
        let name: String
        let text: String
        let extras: [PackageName]
        switch entry.subject {
        case .named(let requirement):
            (name, text, extras) = (requirement.name.normalized, requirement.withoutMarker, requirement.extras)
        case .local(let path, let known, let needed, _):
            guard let known else { return nil }
            (name, text, extras) = (known.normalized, path.string, needed)
        case .address(let address, let needed, _):
            // The name is that of the file, as for any wheel or archive at an address.
            guard let known = use.wheels.first(where: { address.contains($0.name.fileName) }) else { return nil }
            (name, text, extras) = (known.name.name.normalized, address, needed)
        }
        let reason = Reason(
            requirer: nil,
            requirement: text,
            extras: Set(extras.map(\.normalized)),
            neededExtra: nil,
            place: entry.place
        )
        return (name, reason)
    }

    /// The roots of a lock; without any, all of its distributions.
    private static func roots(of lock: Lock, _ use: RequirementUse) -> [(name: String, reason: Reason)] {
        func reason(_ name: String, _ requirement: String, _ extras: [String]) -> (String, Reason) {
            let place = lock.packages.first { $0.name.normalized == name }?.place
            return (
                name,
                Reason(
                    requirer: nil,
                    requirement: requirement,
                    extras: Set(extras),
                    neededExtra: nil,
                    place: place
                )
            )
        }
        if let roots = lock.roots {
            let environment = use.target.markerEnvironment
            return roots.filter { $0.marker?.holds(in: environment) ?? true }
                .map { root in
                    let extras = root.extras.isEmpty ? "" : "[\(root.extras.joined(separator: ","))]"
                    let versions = root.versions.first.map { "\($0)" } ?? ""
                    return reason(root.name.normalized, root.name.written + extras + versions, root.extras)
                }
        }
        return lock.packages.filter { package in use.wheels.contains { $0.name.name == package.name } }
            .map { reason($0.name.normalized, $0.name.written + ($0.version.map { "==\($0)" } ?? ""), []) }
    }
}

extension Requirement {
    /// The requirement without the condition under which it applies.
    var withoutMarker: String { "\(Requirement(name, extras: extras, versions: versions, address: address))" }
}
