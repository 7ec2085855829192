import HostSystem
import PythonPackaging
import RequirementFormats

/// Fetches the wheels of requirements with an exact version while uv resolves, because their files are known already.
///
/// Nothing depends on its success: each wheel is requested again when the resolution is known, which waits for a
/// download that has begun, and reports errors.
struct PinnedWheels: Sendable {
    let index: IndexClient
    let fetcher: WheelFetcher

    /// The number of wheels at a time; uv contacts the same indexes, so it is below the limit of downloads.
    private static let limit = 8

    /// Fetches the wheels of each list that arrives, until the stream ends or the task is cancelled.
    func fetch(_ lists: AsyncStream<RequirementList>, for target: Target) async {
        for await list in lists {
            let distributions = Self.distributions(list, for: target)
            // Only a cancellation ends it early.
            _ = try? await distributions.concurrentMap(limit: Self.limit) { distribution, hashes in
                do {
                    try await fetch(distribution, hashes, for: target)
                } catch let error as CancellationError {
                    throw error
                } catch {
                    // The error is reported when the resolution needs the wheel.
                }
            }
        }
    }

    private func fetch(_ distribution: ExactDistribution, _ hashes: [FileHash], for target: Target) async throws {
        let files = try await index.files(of: distribution.name, in: nil)
        let choice = FileChoice(distribution, hashes, files)
        guard case .wheel(let file, let index) = choice.best(for: target, settings: self.index.settings) else { return }
        let place = distribution.place
        _ = try await fetcher.wheel(
            WheelFetcher.FileRequest(name: distribution.name, file: file, index: index, place: place)
        )
    }

    /// The distributions of requirements that apply to a target and accept one version only, by themselves or with a
    /// constraint.
    private static func distributions(
        _ list: RequirementList,
        for target: Target
    ) -> [(ExactDistribution, [FileHash])] {
        let constraints = list.constraints.compactMap { pin($0, for: target) }
        return list.requirements.compactMap { entry in
            guard case .named(let requirement) = entry.subject, requirement.address == nil,
                requirement.counts(in: target.markerEnvironment),
                let pinned = pin(entry, for: target) ?? constraints.first(where: { $0.name == requirement.name })
            else { return nil }
            let distribution = ExactDistribution(
                name: pinned.name,
                version: pinned.version,
                source: .anyFile(hashes: entry.hashes, index: nil),
                place: entry.place
            )
            return (distribution, entry.hashes)
        }
    }

    /// The name and the only version of an entry that applies to a target; `nil` if it accepts several.
    private static func pin(_ entry: RequirementEntry, for target: Target) -> (name: PackageName, version: Version)? {
        guard case .named(let requirement) = entry.subject, requirement.address == nil,
            let version = requirement.versions.exactVersion, requirement.counts(in: target.markerEnvironment)
        else { return nil }
        return (requirement.name, version)
    }
}
