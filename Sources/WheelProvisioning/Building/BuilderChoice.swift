import Diagnostics
import PythonPackaging
import RequirementFormats

/// Where a distribution that has no wheel is built. This is the whole rule:
///
/// 1. A wheel from an index is used if there is one for the target. Its tags say where it works, so that no system and no
///    container has to match the target. `dockerizePip` has no effect on this. (`ProvisioningRun` comes here without one only.)
/// 2. A source is built on this system, unless `dockerizePip` is `true`. The result counts only if it is pure Python, or
///    proves that it can be loaded on the target (``BuildAcceptance``).
/// 3. It is built in a container of the target's build image: always if `dockerizePip` is `true`; if it is not set, when
///    the build on this system failed and an engine answers; never if it is `false`. If it is `true` and no engine can be
///    used, a local project is built on this system with a warning, if the result is pure Python: that is the same
///    everywhere, and anything else is the error that there is no engine.
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
        case .always:
            if let known = try await inContainer.knownWheel(from: source, for: target) { return known }
            // Only before a build begins: an engine that fails later is an error.
            do {
                try await inContainer.backend.prepare(for: target)
            } catch let error as DiagnosticError where error.isAboutEngine {
                let explained = error.noting(BuildAdvice.need(of: distribution))
                guard case .local = source else { throw explained }
                return try await pureWheel(of: distribution, from: source, for: target, without: explained)
            }
            return try await inContainer.wheel(of: distribution, from: source, for: target)
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

    /// The wheel of a local project that is built on this system although it should be built in a container.
    ///
    /// - Throws: The error of the engine if the result is not pure Python.
    private func pureWheel(
        of distribution: ExactDistribution,
        from source: BuildSource,
        for target: Target,
        without error: DiagnosticError
    ) async throws -> StoredWheel {
        let wheel: StoredWheel
        do {
            wheel = try await onThisSystem.wheel(of: distribution, from: source, for: target)
        } catch let failure as DiagnosticError {
            throw error.noting("a build on this system failed: \(failure.diagnostics.first?.message ?? "")")
        }
        guard wheel.name.tags.contains(where: { $0.abi == "none" && $0.platform == "any" }) else {
            throw error.noting("a build on this system is not pure Python")
        }
        if var warning = error.diagnostics.first {
            warning.severity = .warning
            warning.message += "; '\(distribution.title)' was built on this system, because it is pure Python"
            warning.toolOutput = nil
            onThisSystem.report(.found(warning))
        }
        return wheel
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
    /// Whether no container engine can be used.
    var isAboutEngine: Bool {
        let codes: [DiagnosticCode] = [.containerProgramMissing, .engineNotRunning, .engineAccessDenied]
        return diagnostics.first.map { codes.contains($0.code) } ?? false
    }

    /// Whether a build was started and did not result in a usable wheel.
    var isAboutBuild: Bool {
        let codes: [DiagnosticCode] = [.buildFailed, .incompatibleBuild]
        return diagnostics.first.map { codes.contains($0.code) } ?? false
    }
}
