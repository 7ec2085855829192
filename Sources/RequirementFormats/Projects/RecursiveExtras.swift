import Diagnostics
import HostSystem
import PythonPackaging

/// Replaces requirements of a project for itself, such as `app[report]` in the dependencies of `app`, by the
/// dependencies of its extras: the project is the service, which is not in an index.
struct RecursiveExtras {
    /// The project whose extras replace the requirements.
    let project: ProjectFile

    private typealias Placed = (Requirement, SourcePlace)

    /// Replaces the requirements for the project itself.
    ///
    /// - Parameter requirements: The dependencies of the project or of one of its groups.
    /// - Returns: The dependencies on other distributions, including those of the required extras.
    /// - Throws: A `DiagnosticError` for an extra that the project does not have.
    func resolved(_ requirements: [(Requirement, SourcePlace)]) throws(DiagnosticError) -> [(Requirement, SourcePlace)]
    {
        guard let name = project.toml.root["project", "name"]?.string.map({ PackageName.normalize($0) }) else {
            return requirements
        }
        var known: Set<Requirement> = []
        return try resolved(requirements, of: name, within: []).filter { known.insert($0.0).inserted }
    }

    /// Replaces the requirements in the dependencies of some extras, which are not followed again; `""` is the project
    /// without extras.
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
            .unknownExtra,
            "the project has no extra '\(extra)'",
            at: place,
            help: ["add the extra to project.optional-dependencies, or remove it here"]
        )
    }
}
