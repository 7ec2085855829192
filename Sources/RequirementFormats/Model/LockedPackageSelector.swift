import Diagnostics
import HostSystem
import PythonPackaging

/// Selects the entries of a lock that are installed for a target.
struct LockedPackageSelector {
    /// The lock to select from.
    let lock: Lock
    /// The values of marker variables, with the installed groups.
    let environment: MarkerEnvironment
    /// The target to install for.
    let target: Target
    /// The file of the lock, for messages.
    let origin: RequirementSource

    /// Selects the entries to install, one for each name.
    ///
    /// - Throws: A `DiagnosticError` if two entries of a name apply, or the entry of a dependency is missing.
    func packages() throws(DiagnosticError) -> [LockedPackage] {
        guard let roots = lock.roots else { return try flat() }
        var entries: [PackageName: [LockedPackage]] = [:]
        for package in lock.packages where package.marker?.holds(in: environment) ?? true {
            entries[package.name, default: []].append(package)
        }
        var chosen: [PackageName: LockedPackage] = [:]
        // The extras for which the dependencies of an entry were followed; `""` is the entry without extras.
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
                    .unsupportedPythonVersion,
                    "'\(package.name)' in '\(origin.displayName)' requires Python \(package.requiresPython), "
                        + "but the target is '\(target)'",
                    at: package.place,
                    help: ["allow Python \(target.runtime.version) in the lock file, or set another 'runtime'"]
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
            let versions = dependency.versions.map { " \($0)" }.joined(separator: " or")
            throw DiagnosticError(
                .incompleteLock,
                "'\(origin.displayName)' has no '\(dependency.name)\(versions)' for '\(target)'",
                at: entries.first?.place ?? SourcePlace(file: origin.displayName, line: 1, column: 1),
                help: ["update the lock file"]
            )
        }
        guard fitting.count > 1 else { return first }
        guard origin.kind == .poetryLock else { throw conflict(first, fitting[1]) }
        // Before format 2.1, the locks of Poetry do not say when an entry applies; Poetry uses the newest that fits.
        return fitting.max { ($0.version ?? Version(release: [0])) < ($1.version ?? Version(release: [0])) } ?? first
    }

    private func conflict(_ first: LockedPackage, _ second: LockedPackage) -> DiagnosticError {
        DiagnosticError(
            .ambiguousLock,
            "'\(origin.displayName)' has two entries of '\(second.name)' for '\(target)'",
            at: second.place,
            notes: [first, second].compactMap { $0.version.map { "version \($0)" } },
            help: ["update the lock file, so that one entry applies to each Python version"]
        )
    }
}
