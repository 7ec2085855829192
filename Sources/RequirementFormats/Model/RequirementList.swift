package import PythonPackaging

/// The requirements and constraints of a source that is not locked, so that they must be resolved.
package struct RequirementList: Hashable, Sendable {
    /// The requirements to install, together with their dependencies.
    package var requirements: [RequirementEntry]
    /// The constraints, which limit versions but do not install anything.
    package var constraints: [RequirementEntry]

    /// Makes a list of requirements and constraints.
    package init(_ requirements: [RequirementEntry] = [], constraints: [RequirementEntry] = []) {
        self.requirements = requirements
        self.constraints = constraints
    }

    /// The list without the requirements for some distributions, so that their dependencies are not installed either.
    ///
    /// If another distribution depends on an omitted one, the versions and hashes of the list still apply to it: the
    /// omitted requirements become constraints.
    package func omitting(_ names: Set<PackageName>) -> RequirementList {
        func isOmitted(_ entry: RequirementEntry) -> Bool { entry.name.map(names.contains) ?? false }
        var result = RequirementList(requirements.filter { !isOmitted($0) }, constraints: constraints)
        for var entry in requirements where isOmitted(entry) {
            guard case .named(var requirement) = entry.subject, requirement.address == nil else { continue }
            // Constraints cannot have extras.
            requirement.extras = []
            entry.subject = .named(requirement)
            result.constraints.append(entry)
        }
        return result
    }
}
