package import Diagnostics
import PythonPackaging
import RequirementFormats

extension PreparedBundle {
    /// The requirements of one source for one target, as far as they are known before anything is resolved.
    package struct RequirementSummary: Sendable {
        /// The path of the source in messages.
        package let source: String
        /// The runtime and architecture, such as `python3.13/arm64`.
        package let target: String
        /// The number of distributions in the lock, or of requirements in any other source.
        package let count: Int
        /// Whether the source is a lock, which lists the files of every distribution.
        package let isLock: Bool
        /// The distributions in the lock that have no wheel for the target, and are built.
        package let withoutWheel: [String]
    }

    /// The warnings and notes about options and requirement sources.
    package var findings: [Diagnostic] { preparation.findings }

    /// The requirements of the artifacts, each source and target once.
    ///
    /// - Parameter errors: receives the errors of locks that do not support a target.
    /// - Returns: the requirements, in the order of the artifacts.
    package func requirementSummaries(errors: inout [Diagnostic]) -> [RequirementSummary] {
        var known: Set<Payload> = []
        var result: [RequirementSummary] = []
        for payload in preparation.plan.artifacts.compactMap(\.payload) {
            guard let origin = payload.origin, let set = preparation.sets[origin],
                known.insert(Payload(origin: origin, target: payload.target, vendors: [])).inserted
            else { continue }
            do throws(DiagnosticError) {
                let distributions = try set.exactDistributions(for: payload.target)
                result.append(
                    RequirementSummary(
                        source: origin.displayName,
                        target: "\(payload.target)",
                        count: distributions?.count ?? set.requirementCount,
                        isLock: distributions != nil,
                        withoutWheel: (distributions ?? []).filter(\.isBuilt).map(\.nameAndVersion)
                    )
                )
            } catch {
                errors += error.diagnostics
            }
        }
        return result
    }
}

extension RequirementSet {
    /// The number of requirements of a source that is not a lock.
    fileprivate var requirementCount: Int {
        if case .requirements(let list) = content { list.requirements.count } else { 0 }
    }
}

extension ExactDistribution {
    /// The distribution as messages name it.
    fileprivate var nameAndVersion: String { name.written + (version.map { " \($0)" } ?? "") }

    /// Whether the lock has no wheel for the target, so that the distribution is built from source.
    fileprivate var isBuilt: Bool {
        if case .sourceDistribution = source { true } else { false }
    }
}
