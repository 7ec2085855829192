import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// The cause of a failed resolution that the content of the indexes shows exactly.
struct FailureCause: Hashable, Sendable {
    /// The code of the error.
    let code: DiagnosticCode
    /// The fact that ends the message of the error.
    let fact: String
    /// The place of the requirement; `nil` if another distribution requires the project.
    let place: SourcePlace?
    var notes: [String] = []
    var help: [String] = []

    /// Finds the cause that explains the failure best.
    ///
    /// - Parameters:
    ///   - surveys: What the indexes have of the projects that the resolver names.
    ///   - list: The requirements that were resolved.
    ///   - access: The credentials of the indexes.
    ///   - target: The target to install for.
    /// - Returns: The cause; `nil` if the requirements contradict each other, or the project does not exist.
    static func find(
        in surveys: [ProjectSurvey],
        list: RequirementList,
        access: IndexCredentials,
        for target: Target
    ) -> FailureCause? {
        // An index that denies access may have what is missing, so nothing else can be concluded.
        for survey in surveys where !survey.refusals.isEmpty {
            let entries = entries(of: survey.project, in: list, for: target)
            // Some servers of files respond with 403 if they do not have a project.
            guard survey.refusals.values.contains(401) || !Self.isAvailable(survey, entries) else { continue }
            return denied(survey, at: entries.first?.place, access)
        }
        for survey in surveys where survey.isComplete && !survey.files.isEmpty {
            let entries = entries(of: survey.project, in: list, for: target)
            for entry in entries {
                if let cause = missingVersion(survey, entry) ?? foreignPlatform(survey, entry) { return cause }
            }
            if entries.isEmpty, let cause = foreignDependency(survey) { return cause }
        }
        return nil
    }

    /// The requirements and constraints for a project that apply to a target.
    private static func entries(
        of project: PackageName,
        in list: RequirementList,
        for target: Target
    ) -> [RequirementEntry] {
        (list.requirements + list.constraints)
            .filter { $0.name == project && ($0.marker?.holds(in: target.markerEnvironment) ?? true) }
    }

    /// Whether an index that allows access has a version that requirements accept.
    private static func isAvailable(_ survey: ProjectSurvey, _ entries: [RequirementEntry]) -> Bool {
        guard !entries.isEmpty else { return !survey.files.isEmpty }
        return entries.allSatisfy { entry in
            guard case .named(let requirement) = entry.subject else { return true }
            return !survey.fileNames(satisfying: requirement.versions).isEmpty
        }
    }

    private static func denied(
        _ survey: ProjectSurvey,
        at place: SourcePlace?,
        _ access: IndexCredentials
    ) -> FailureCause {
        let refusals = survey.refusals.sorted { $0.key.location < $1.key.location }
        let facts = refusals.map { index, status in
            "the index '\(index)' " + (status == 401 ? "requires valid credentials for" : "denies access to")
                + " '\(survey.project)' (status \(status))"
        }
        var help: [String] = []
        for address in refusals.compactMap({ WebAddress($0.key.location) }) {
            for text in access.help(for: address) where !help.contains(text) { help.append(text) }
        }
        return FailureCause(
            code: .indexAccessDenied,
            fact: facts.first ?? "",
            place: place,
            notes: Array(facts.dropFirst()),
            help: help
        )
    }

    private static func missingVersion(_ survey: ProjectSurvey, _ entry: RequirementEntry) -> FailureCause? {
        guard case .named(let requirement) = entry.subject, requirement.address == nil, !requirement.versions.isEmpty,
            survey.fileNames(satisfying: requirement.versions).isEmpty
        else { return nil }
        let nearest = survey.nearestVersions(to: requirement.versions).map(\.description)
        guard let last = nearest.last else { return nil }
        let list = nearest.count == 1 ? last : nearest.dropLast().joined(separator: ", ") + " and " + last
        return FailureCause(
            code: .versionNotFound,
            fact: "there is no version '\(requirement.name)\(requirement.versions)'",
            place: entry.place,
            notes: [nearest.count == 1 ? "the nearest version is \(list)" : "the nearest versions are \(list)"],
            help: ["require a version that exists, or add the index that has this one"]
        )
    }

    /// The cause that all files of a required distribution are for other systems.
    private static func foreignPlatform(_ survey: ProjectSurvey, _ entry: RequirementEntry) -> FailureCause? {
        guard case .named(let requirement) = entry.subject, requirement.address == nil,
            let platform = ForeignPlatform(fileNames: survey.fileNames(satisfying: requirement.versions))
        else { return nil }
        return FailureCause(
            code: .noCompatibleFile,
            fact: "'\(survey.project)' has files for \(platform.name) only",
            place: entry.place,
            help: [
                "add the marker '; \(platform.marker)' to the requirement, so that it is not installed on Lambda",
                "remove the requirement if the function does not need it",
            ]
        )
    }

    /// The cause that a distribution depends on one for other systems, without a marker.
    private static func foreignDependency(_ survey: ProjectSurvey) -> FailureCause? {
        guard let platform = ForeignPlatform(fileNames: survey.files.map(\.name)) else { return nil }
        return FailureCause(
            code: .noCompatibleFile,
            fact: "the dependency '\(survey.project)' has files for \(platform.name) only",
            place: nil,
            help: ["require a version of the distribution that depends on '\(survey.project)' that works on Linux"]
        )
    }
}
