import Diagnostics
import HostSystem
import PythonPackaging

/// Puts what extras of a project mean in place of requirements for the project itself, as `app[report]` in its own
/// dependencies: the project is the service, which no index has.
struct RecursiveExtras {
    /// The project.
    let project: ProjectFile

    private typealias Placed = (Requirement, SourcePlace)

    /// Requirements without those for the project itself.
    ///
    /// - Parameter requirements: What the project or a group of it asks for.
    /// - Returns: The others, and what the extras ask for that were asked for.
    /// - Throws: A `DiagnosticError` for an extra that the project lacks.
    func resolved(_ requirements: [(Requirement, SourcePlace)]) throws(DiagnosticError) -> [(Requirement, SourcePlace)]
    {
        guard let name = project.toml.root["project", "name"]?.string.map({ PackageName.normalize($0) }) else {
            return requirements
        }
        var known: Set<Requirement> = []
        return try resolved(requirements, of: name, within: []).filter { known.insert($0.0).inserted }
    }

    /// Within some extras, which bring nothing once more; `""` stands for the project without any.
    private func resolved(
        _ requirements: [Placed],
        of name: String,
        within outer: Set<String>
    ) throws(DiagnosticError) -> [Placed] {
        var result: [Placed] = []
        for (requirement, place) in requirements {
            guard requirement.name.normalized == name else {
                result.append((requirement, place))
                continue
            }
            for extra in [""] + requirement.extras.map(\.normalized) where !outer.contains(extra) {
                let own = try needs(ofExtra: extra, at: place)
                for (need, place) in try resolved(own, of: name, within: outer.union(["", extra])) {
                    var need = need
                    if let marker = requirement.marker { need.marker = need.marker.map { marker && $0 } ?? marker }
                    result.append((need, place))
                }
            }
        }
        return result
    }

    private func needs(ofExtra extra: String, at place: SourcePlace) throws(DiagnosticError) -> [Placed] {
        if extra.isEmpty { return try project.dependencies() }
        if let needs = try project.optionalDependencies(extra) { return needs }
        throw DiagnosticError(
            "the project has no extra '\(extra)'",
            category: .resolution,
            at: place,
            help: ["name it in project.optional-dependencies"]
        )
    }
}
