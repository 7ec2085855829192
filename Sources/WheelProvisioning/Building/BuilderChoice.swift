import Diagnostics
import RequirementFormats

/// Where a distribution that has no wheel is built. This is the whole rule:
///
/// 1. A wheel from an index is used if there is one for the target. Its tags say where it works, so that no system and no
///    container has to match the target. `dockerizePip` has no effect on this. (`ProvisioningRun` comes here without one only.)
/// 2. A source is built on this system, unless `dockerizePip` is `true`. The result counts only if it is pure Python, or
///    proves that it can be loaded on the target (``BuildAcceptance``).
/// 3. It is built in a container of the target's build image: always if `dockerizePip` is `true`; if it is not set, when
///    the build on this system failed and an engine answers; never if it is `false`.
/// 4. The error names the distribution and the reason, and has three remedies: another version, a container, another
///    system.
struct BuilderChoice: Sendable {
    let onThisSystem: BuildRunner
    let inContainer: BuildRunner
    let use: ContainerOptions.Use

    /// The wheel of a source for a target.
    ///
    /// - Throws: A `DiagnosticError` if no builder makes one that works on the target.
    func wheel(
        of distribution: ExactDistribution,
        from source: BuildSource,
        for target: Target
    ) async throws -> StoredWheel {
        switch use {
        case .always: return try await inContainer.wheel(of: distribution, from: source, for: target)
        case .never: return try await onThisSystem.wheel(of: distribution, from: source, for: target)
        case .ifNeeded:
            for runner in [onThisSystem, inContainer] {
                if let known = try await runner.knownWheel(from: source, for: target) { return known }
            }
            do {
                return try await onThisSystem.wheel(of: distribution, from: source, for: target)
            } catch let failure as DiagnosticError where failure.isAboutBuild {
                return try await inContainer(distribution, source, target, after: failure)
            }
        }
    }

    private func inContainer(
        _ distribution: ExactDistribution,
        _ source: BuildSource,
        _ target: Target,
        after failure: DiagnosticError
    ) async throws -> StoredWheel {
        do {
            return try await inContainer.wheel(of: distribution, from: source, for: target)
        } catch let error as DiagnosticError {
            // The failure in the container is the more helpful one, unless the container could not be used.
            guard !error.isAboutBuild else {
                throw error.noting("a build on this system failed too: \(failure.diagnostics.first?.message ?? "")")
            }
            throw failure.noting("a container was not used: \(error.diagnostics.first?.message ?? "")")
        }
    }
}

extension DiagnosticError {
    /// Whether a build was started and did not result in a usable wheel.
    var isAboutBuild: Bool {
        let codes: [DiagnosticCode] = [.buildFailed, .incompatibleBuild]
        return diagnostics.first.map { codes.contains($0.code) } ?? false
    }
}
