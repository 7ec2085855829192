import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// A `pyproject.toml` with its build system, dependencies, extras and dependency groups (PEP 518, 621, 735).
struct ProjectFile: Sendable {
    /// The content of the file with its places.
    let toml: TOMLFile

    /// Reads and parses a `pyproject.toml`.
    init(reading file: LocalPath, context: ReadingContext) throws(DiagnosticError) {
        toml = try TOMLFile(reading: file, context: context)
    }

    /// Whether the project is a Poetry project: Poetry is its build system, or it has none but a `poetry.lock`.
    func isPoetry(hasLock: Bool) -> Bool {
        guard let buildSystem = toml.root["build-system"] else {
            return hasLock && (toml.root["tool", "poetry"] != nil || toml.root["project"] != nil)
        }
        return buildSystem["requires"]?.array?.contains { $0.string?.hasPrefix("poetry") == true } == true
    }

    /// Whether the project has dependencies or dependency groups.
    var hasDependencies: Bool {
        toml.root["project", "dependencies"]?.array?.isEmpty == false
            || toml.root["dependency-groups"]?.table?.isEmpty == false || hasDynamicDependencies
    }

    /// The Python versions of `project.requires-python`; `nil` if it is not set.
    func python() throws(DiagnosticError) -> PythonRequirement? {
        guard let value = toml.root["project", "requires-python"] else { return nil }
        let text = try toml.string(value, "requires-python", in: toml.root["project"])
        let versions = try toml.specifiers(text, at: value)
        return PythonRequirement(versions.isEmpty ? [] : [versions], at: toml.place(of: value))
    }

    /// Whether the build backend computes the dependencies, so that `[project]` does not list them.
    var hasDynamicDependencies: Bool {
        toml.root["project", "dynamic"]?.array?.contains { $0.string == "dependencies" } == true
    }

    /// The names of the groups in `[dependency-groups]` (PEP 735), normalized.
    var groupNames: Set<String> {
        Set((toml.root["dependency-groups"]?.table?.keys ?? []).map { PackageName.normalize($0) })
    }

    /// The requirements in `project.dependencies`, with their places.
    func dependencies() throws(DiagnosticError) -> [(Requirement, SourcePlace)] {
        try requirements(toml.root["project", "dependencies"], "dependencies")
    }

    /// The dependencies of an extra of the project, by its normalized name; `nil` if it has no such extra.
    func optionalDependencies(_ name: String) throws(DiagnosticError) -> [(Requirement, SourcePlace)]? {
        let extras = toml.root["project", "optional-dependencies"]?.table ?? OrderedMap()
        guard let value = extras.first(where: { PackageName.normalize($0.key) == name })?.value else { return nil }
        return try requirements(value, name)
    }

    /// The requirements of a group, including those of the groups that it includes.
    ///
    /// - Parameter name: The group's normalized name, one of ``groupNames``.
    /// - Returns: The requirements with their places.
    /// - Throws: A `DiagnosticError` if a requirement is invalid, or a group is missing or includes itself.
    func group(_ name: String) throws(DiagnosticError) -> [(Requirement, SourcePlace)] {
        try group(name, within: [])
    }

    private func group(_ name: String, within outer: [String]) throws(DiagnosticError) -> [(Requirement, SourcePlace)] {
        let groups = toml.root["dependency-groups"]?.table ?? OrderedMap()
        guard let value = groups.first(where: { PackageName.normalize($0.key) == name })?.value else { return [] }
        guard !outer.contains(name) else {
            let chain = (outer + [name]).joined(separator: " → ")
            throw toml.error(.circularInclude, "group '\(name)' includes itself: \(chain)", at: value)
        }
        var result: [(Requirement, SourcePlace)] = []
        for item in try toml.items(value, name) {
            if let included = item["include-group"] {
                let other = PackageName.normalize(try toml.string(included, "include-group", in: item))
                guard groupNames.contains(other) else {
                    throw toml.error(.unknownDependencyGroup, "dependency group '\(other)' not found", at: included)
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
            throw toml.error(.invalidRequirement, "\(error)", at: item)
        }
    }
}
