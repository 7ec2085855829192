import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// A lock is compared with the projects that it was made for, so that nothing is missing without a word.
extension UVLockReader {
    /// Checks that the lock was made for what a project says now.
    ///
    /// - Parameters:
    ///   - entry: The project's entry in the lock.
    ///   - groups: The groups that are installed, by their normalized names; others do not matter.
    /// - Throws: A `DiagnosticError` at the requirement that the lock does not have.
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

    /// Checks the other projects on this machine that are installed: what they need is told by the lock alone.
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
                "\(lock.name) does not have '\(requirement.name)' as \(project.toml.name) asks for it",
                category: .resolution,
                at: place,
                notes: ["\(lock.name) was made for another \(project.toml.name)"],
                help: ["run uv lock"]
            )
        }
    }
}

extension VersionSpecifierSet {
    /// The same clauses, each once, written and ordered in one way.
    fileprivate var canonical: VersionSpecifierSet {
        let clauses = Set(self.clauses.map { VersionSpecifier($0.comparison, $0.version, isPrefix: $0.isPrefix) })
        return VersionSpecifierSet(clauses.sorted { "\($0)" < "\($1)" })
    }
}
