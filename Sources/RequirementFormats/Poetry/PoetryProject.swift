import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// The dependencies of a Poetry project, by group.
struct PoetryProject {
    /// The `pyproject.toml` of the project.
    let project: ProjectFile

    private var toml: TOMLFile { project.toml }
    private var poetry: TOMLValue? { toml.root["tool", "poetry"] }

    /// The names of all groups, in `[dependency-groups]` and `[tool.poetry.group]`, normalized.
    var groupNames: Set<String> {
        var names = project.groupNames
        names.formUnion((poetry?["group"]?.table?.keys ?? []).map { PackageName.normalize($0) })
        if poetry?["dev-dependencies"] != nil { names.insert("dev") }
        return names
    }

    /// The dependencies of a group, including those of the groups that it includes; `main` is the project itself.
    func dependencies(ofGroup name: String) throws(DiagnosticError) -> [PoetryDependency] {
        try dependencies(ofGroup: name, within: [])
    }

    private func dependencies(
        ofGroup name: String,
        within outer: [String]
    ) throws(DiagnosticError) -> [PoetryDependency] {
        guard !outer.contains(name) else {
            throw toml.error(.circularInclude, "group '\(name)' includes itself", at: poetry?["group"])
        }
        if name == GroupSelection.main { return try mainDependencies() }
        var result = try standard(try project.group(name), enrichedBy: group(name)?["dependencies"])
        let named = Set(result.map(\.name))
        var tables = [group(name)?["dependencies"]]
        if name == "dev" { tables.append(poetry?["dev-dependencies"]) }
        for table in tables {
            result += try members(of: table).filter { !named.contains($0.name) }
        }
        let included = group(name)?["include-groups"]
        for other in try toml.strings(included, "include-groups") {
            let other = PackageName.normalize(other)
            guard groupNames.contains(other) else {
                throw toml.error(.unknownDependencyGroup, "dependency group '\(other)' not found", at: included)
            }
            result += try dependencies(ofGroup: other, within: outer + [name])
        }
        return result
    }

    /// The dependencies of `[project]`, with the sources of Poetry's own table, or those of that table alone.
    private func mainDependencies() throws(DiagnosticError) -> [PoetryDependency] {
        let isDynamic = toml.root["project", "dynamic"]?.array?.contains { $0.string == "dependencies" } == true
        guard toml.root["project", "dependencies"] != nil, !isDynamic else {
            return try members(of: poetry?["dependencies"]).filter { !$0.isOptional }
        }
        return try standard(try project.dependencies(), enrichedBy: poetry?["dependencies"])
    }

    private func group(_ name: String) -> TOMLValue? {
        poetry?["group"]?.table?.first { PackageName.normalize($0.key) == name }?.value
    }

    private func members(of table: TOMLValue?) throws(DiagnosticError) -> [PoetryDependency] {
        var result: [PoetryDependency] = []
        for (key, value) in table?.table ?? OrderedMap() where PackageName.normalize(key) != "python" {
            result += try PoetryDependency.read(key, value, in: toml)
        }
        return result
    }

    private func standard(
        _ requirements: [(Requirement, SourcePlace)],
        enrichedBy table: TOMLValue?
    ) throws(DiagnosticError) -> [PoetryDependency] {
        let own = try members(of: table)
        var result: [PoetryDependency] = []
        for (requirement, place) in requirements {
            let value = TOMLValue(.string(requirement.description), line: place.line, column: place.column)
            let enriching = own.first { $0.name == requirement.name }
            var source = enriching?.source ?? .index(nil)
            if let address = requirement.address {
                source = address.hasPrefix("file:") ? .path(String(address.dropFirst(5))) : .address(address)
            }
            result.append(
                PoetryDependency(
                    name: requirement.name,
                    extras: requirement.extras,
                    constraint: try PoetryDependency.constraint(
                        requirement.versions.isEmpty ? "*" : requirement.versions.description,
                        at: value,
                        in: toml
                    ),
                    marker: requirement.marker,
                    source: source,
                    allowsPreReleases: enriching?.allowsPreReleases ?? false,
                    isEditable: enriching?.isEditable ?? false,
                    value: value
                )
            )
        }
        return result
    }

    /// The Python versions that the project supports; `nil` if it does not say.
    func python() throws(DiagnosticError) -> PythonRequirement? {
        guard let value = poetry?["dependencies", "python"], let text = value.string else {
            return try project.python()
        }
        let constraint = try PoetryDependency.constraint(text, at: value, in: toml)
        return PythonRequirement(constraint.alternatives, at: toml.place(of: value))
    }

    /// The indexes in `[[tool.poetry.source]]`.
    func indexes() throws(DiagnosticError) -> IndexOptions {
        var result = IndexOptions()
        for source in try toml.items(poetry?["source"], "source") {
            // The public index is named without an address.
            let isPublic = source["name"]?.string?.lowercased() == "pypi"
            guard let url = source["url"]?.string ?? (isPublic ? "https://pypi.org/simple" : nil) else { continue }
            let priority = source["priority"]?.string
            let isFirst =
                priority == "default" || source["default"]?.boolean == true
                || (priority == nil && source["secondary"]?.boolean != true) || priority == "primary"
            if isFirst, result.index == nil {
                result.index = IndexAddress(url)
            } else {
                result.extraIndexes.append(IndexAddress(url))
            }
        }
        return result
    }
}
