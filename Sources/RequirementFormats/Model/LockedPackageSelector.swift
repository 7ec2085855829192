import Diagnostics
import HostSystem
import PythonPackaging

/// Selects the entries of a lock that are installed for a target.
struct LockedPackageSelector {
    let lock: Lock
    let environment: MarkerEnvironment
    let target: Target
    let origin: RequirementSource

    /// The entries, one for each name.
    ///
    /// - Throws: A `DiagnosticError` where the lock leaves two entries of a name, or lacks one that is needed.
    func packages() throws(DiagnosticError) -> [LockedPackage] {
        guard let roots = lock.roots else { return try flat() }
        var entries: [PackageName: [LockedPackage]] = [:]
        for package in lock.packages where package.marker?.holds(in: environment) ?? true {
            entries[package.name, default: []].append(package)
        }
        var chosen: [PackageName: LockedPackage] = [:]
        // The extras under which an entry's dependencies were followed; `""` stands for the entry without any.
        var followed: [PackageName: Set<String>] = [:]
        var pending = roots.filter { $0.marker?.holds(in: environment) ?? true }
        while let dependency = pending.popLast() {
            let package = try entry(for: dependency, among: entries[dependency.name] ?? [])
            if let other = chosen[package.name], other != package { throw conflict(other, package) }
            chosen[package.name] = package
            let known = followed[package.name] ?? []
            let new = Set([""] + dependency.extras).subtracting(known)
            guard !new.isEmpty else { continue }
            followed[package.name] = known.union(new)
            for need in package.dependencies {
                let isNeeded = new.contains { need.marker?.holds(in: environment, extra: $0) ?? ($0 == "") }
                if isNeeded { pending.append(need) }
            }
        }
        return Array(chosen.values)
    }

    private func flat() throws(DiagnosticError) -> [LockedPackage] {
        var chosen: [PackageName: LockedPackage] = [:]
        for package in lock.packages where package.marker?.holds(in: environment) ?? true {
            if let other = chosen[package.name], other.version != package.version || other.source != package.source {
                throw conflict(other, package)
            }
            guard target.runtime.satisfies(package.requiresPython) else {
                throw DiagnosticError(
                    "'\(package.name)' in \(origin.displayName) is for Python \(package.requiresPython), not for '\(target)'",
                    category: .resolution,
                    at: package.place,
                    help: ["lock for Python \(target.runtime.version) too, or choose another runtime"]
                )
            }
            chosen[package.name] = package
        }
        return Array(chosen.values)
    }

    private func entry(
        for dependency: LockedDependency,
        among entries: [LockedPackage]
    ) throws(DiagnosticError) -> LockedPackage {
        var fitting = entries.filter(dependency.isMet)
        if fitting.count > 1 {
            let forPython = fitting.filter { target.runtime.satisfies($0.requiresPython) }
            if !forPython.isEmpty { fitting = forPython }
        }
        guard let first = fitting.first else {
            let versions = dependency.versions.map(\.description).joined(separator: " or ")
            throw DiagnosticError(
                "\(origin.displayName) has no '\(dependency.name)' \(versions) for '\(target)'",
                category: .resolution,
                at: entries.first?.place ?? SourcePlace(file: origin.displayName, line: 1, column: 1),
                help: ["lock again"]
            )
        }
        guard fitting.count > 1 else { return first }
        guard origin.kind == .poetryLock else { throw conflict(first, fitting[1]) }
        // Until format 2.1 Poetry's locks do not say when an entry counts; Poetry takes the newest that fits.
        return fitting.max { ($0.version ?? Version(release: [0])) < ($1.version ?? Version(release: [0])) } ?? first
    }

    private func conflict(_ first: LockedPackage, _ second: LockedPackage) -> DiagnosticError {
        DiagnosticError(
            "\(origin.displayName) has two entries of '\(second.name)' for '\(target)'",
            category: .resolution,
            at: second.place,
            notes: [first, second].compactMap { $0.version.map { "version \($0)" } },
            help: ["lock again, so that markers leave one entry for each Python"]
        )
    }
}
