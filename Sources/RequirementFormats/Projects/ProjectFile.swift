import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// A `pyproject.toml`: who builds it, and what it depends on (PEP 518, 621, 735).
struct ProjectFile: Sendable {
    /// The file with its places.
    let toml: TOMLFile

    /// Reads a file.
    init(reading file: LocalPath, context: ReadingContext) throws(DiagnosticError) {
        toml = try TOMLFile(reading: file, context: context)
    }

    /// Whether Poetry manages the project: its build system says so, or there is none and Poetry has locked it.
    func isPoetry(hasLock: Bool) -> Bool {
        guard let buildSystem = toml.root["build-system"] else {
            return hasLock && (toml.root["tool", "poetry"] != nil || toml.root["project"] != nil)
        }
        return buildSystem["requires"]?.array?.contains { $0.string?.hasPrefix("poetry") == true } == true
    }

    /// Whether it names dependencies or groups of them.
    var hasDependencies: Bool {
        toml.root["project", "dependencies"]?.array?.isEmpty == false
            || toml.root["dependency-groups"]?.table?.isEmpty == false || hasDynamicDependencies
    }

    /// The versions of Python that `[project]` is for, `nil` where it does not say.
    func python() throws(DiagnosticError) -> PythonRequirement? {
        guard let value = toml.root["project", "requires-python"] else { return nil }
        let text = try toml.string(value, "requires-python", in: toml.root["project"])
        let versions = try toml.specifiers(text, at: value)
        return PythonRequirement(versions.isEmpty ? [] : [versions], at: toml.place(of: value))
    }

    /// Whether the build backend tells the dependencies, and not `[project]`.
    var hasDynamicDependencies: Bool {
        toml.root["project", "dynamic"]?.array?.contains { $0.string == "dependencies" } == true
    }

    /// The names of the groups that PEP 735 defines, normalized.
    var groupNames: Set<String> {
        Set((toml.root["dependency-groups"]?.table?.keys ?? []).map { PackageName.normalize($0) })
    }

    /// The dependencies of `[project]`.
    func dependencies() throws(DiagnosticError) -> [(Requirement, SourcePlace)] {
        try requirements(toml.root["project", "dependencies"], "dependencies")
    }

    /// The dependencies of an extra of the project, by its normalized name; `nil` where it has no such extra.
    func optionalDependencies(_ name: String) throws(DiagnosticError) -> [(Requirement, SourcePlace)]? {
        let extras = toml.root["project", "optional-dependencies"]?.table ?? OrderedMap()
        guard let value = extras.first(where: { PackageName.normalize($0.key) == name })?.value else { return nil }
        return try requirements(value, name)
    }

    /// The requirements of a group with the groups that it includes.
    ///
    /// - Parameter name: The group's normalized name, one of ``groupNames``.
    /// - Returns: The requirements with their places.
    /// - Throws: A `DiagnosticError` where one is none, or a group is missing or includes itself.
    func group(_ name: String) throws(DiagnosticError) -> [(Requirement, SourcePlace)] {
        try group(name, within: [])
    }

    private func group(_ name: String, within outer: [String]) throws(DiagnosticError) -> [(Requirement, SourcePlace)] {
        let groups = toml.root["dependency-groups"]?.table ?? OrderedMap()
        guard let value = groups.first(where: { PackageName.normalize($0.key) == name })?.value else { return [] }
        guard !outer.contains(name) else {
            throw toml.fault("group '\(name)' includes itself: \((outer + [name]).joined(separator: " → "))", at: value)
        }
        var result: [(Requirement, SourcePlace)] = []
        for item in try toml.items(value, name) {
            if let included = item["include-group"] {
                let other = PackageName.normalize(try toml.string(included, "include-group", in: item))
                guard groupNames.contains(other) else {
                    throw toml.fault("there is no dependency group '\(other)'", at: included)
                }
                result += try group(other, within: outer + [name])
            } else {
                result.append(try requirement(item, name, in: value))
            }
        }
        return result
    }

    private func requirements(
        _ value: TOMLValue?,
        _ key: String
    ) throws(DiagnosticError) -> [(Requirement, SourcePlace)] {
        var result: [(Requirement, SourcePlace)] = []
        for item in try toml.items(value, key) { result.append(try requirement(item, key, in: value)) }
        return result
    }

    private func requirement(
        _ item: TOMLValue,
        _ key: String,
        in parent: TOMLValue?
    ) throws(DiagnosticError) -> (Requirement, SourcePlace) {
        let text = try toml.string(item, key, in: parent)
        do {
            return (try Requirement(parsing: text), toml.place(of: item))
        } catch {
            throw toml.fault("\(error)", at: item)
        }
    }
}
