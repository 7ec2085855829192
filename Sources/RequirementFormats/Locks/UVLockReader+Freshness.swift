import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// Checks that a lock is up to date with its projects, so that no new dependency is missing silently.
extension UVLockReader {
    /// Checks that the lock has the current dependencies of a project.
    ///
    /// - Parameters:
    ///   - entry: The project's entry in the lock.
    ///   - groups: The normalized names of the installed groups; other groups are not checked.
    /// - Throws: A `DiagnosticError` at the requirement that is not in the lock.
    func checkFreshness(of entry: TOMLValue, groups: [String]) throws(DiagnosticError) {
        guard let path = Self.localPath(entry["source"]), let metadata = entry["metadata"],
            let project = try projectFile(in: lock.file.parent / path)
        else { return }
        for group in groups {
            if group == GroupSelection.main {
                try check(try project.dependencies(), against: metadata["requires-dist"], of: project)
            } else {
                let locked = metadata["requires-dev"]?.table?.first { PackageName.normalize($0.key) == group }?.value
                try check(try project.group(group), against: locked, of: project)
            }
        }
    }

    /// Checks the other local projects that are installed, whose dependencies are read only from the lock.
    func checkLocalProjects(
        among entries: [TOMLValue],
        neededBy roots: [PackageName],
        besides own: [TOMLValue]
    ) throws(DiagnosticError) {
        var known = Set(own.compactMap { $0["name"]?.string })
        var pending = roots.map(\.normalized)
        let byName = Dictionary(grouping: entries) { $0["name"]?.string ?? "" }
        while let name = pending.popLast() {
            guard known.insert(name).inserted else { continue }
            for entry in byName[name] ?? [] {
                try checkFreshness(of: entry, groups: [GroupSelection.main])
                let extras = (entry["optional-dependencies"]?.table ?? OrderedMap()).map(\.value)
                for needs in [entry["dependencies"]].compactMap({ $0 }) + extras {
                    pending += (needs.array ?? []).compactMap { $0["name"]?.string }
                }
            }
        }
    }

    private func check(
        _ requirements: [(Requirement, SourcePlace)],
        against value: TOMLValue?,
        of project: ProjectFile
    ) throws(DiagnosticError) {
        var known: [String: Set<VersionSpecifierSet>] = [:]
        for item in value?.array ?? [] {
            let name = PackageName.normalize(item["name"]?.string ?? "")
            let specifiers = try lock.specifiers(item["specifier"]?.string ?? "", at: item["specifier"])
            known[name, default: []].insert(specifiers.canonical)
        }
        for (requirement, place) in requirements {
            let versions = known[requirement.name.normalized]
            let isLocked = versions?.contains(requirement.versions.canonical) ?? false
            guard !isLocked, versions == nil || requirement.address == nil else { continue }
            throw DiagnosticError(
                .outdatedLock,
                "'\(lock.name)' does not contain '\(requirement.name)' as '\(project.toml.name)' requires it",
                at: place,
                notes: ["'\(project.toml.name)' has changed since '\(lock.name)' was created"],
                help: ["run uv lock"]
            )
        }
    }
}

extension VersionSpecifierSet {
    /// The set with its clauses in canonical form and order, without duplicates.
    fileprivate var canonical: VersionSpecifierSet {
        let clauses = Set(self.clauses.map { VersionSpecifier($0.comparison, $0.version, isPrefix: $0.isPrefix) })
        return VersionSpecifierSet(clauses.sorted { "\($0)" < "\($1)" })
    }
}
