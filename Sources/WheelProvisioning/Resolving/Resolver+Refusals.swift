import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

extension Resolver {
    /// Warnings about indexes that require credentials, which the resolver skips if another index has what is required.
    ///
    /// Each index is queried for one project, which is enough to learn whether it accepts the credentials. A server that
    /// responds with 403 may only lack the project.
    ///
    /// - Parameters:
    ///   - list: The requirements that are resolved.
    ///   - target: The target to install for.
    /// - Returns: The warnings, one for each index; none for a single index, whose refusal is an error.
    /// - Throws: `CancellationError`.
    func refusals(of list: RequirementList, _ target: Target) async throws -> [Diagnostic] {
        let settings = command.settings
        guard settings.allIndexes.count > 1,
            let project = list.requirements.lazy
                .filter({ $0.marker?.holds(in: target.markerEnvironment) ?? true }).compactMap(\.name).first
        else { return [] }
        let survey = try await index.survey(of: project)
        return survey.refusals.filter { $0.value == 401 }.keys.sorted { $0.location < $1.location }
            .map { index in
                Diagnostic(
                    .warning,
                    .indexAccessDenied,
                    "the index '\(index)' requires valid credentials, so that it was skipped (status 401)",
                    help: WebAddress(index.location).map(settings.access.help) ?? [IndexError.login]
                )
            }
    }
}
