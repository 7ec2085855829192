import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// Builds wheels from sources: prepares the source, lets a backend build it, accepts the wheel, and keeps it for later
/// runs.
struct BuildRunner: Sendable {
    let host: HostServices
    let wheelhouse: Wheelhouse
    let preparation: BuildPreparation
    let backend: any WheelBuildBackend
    let acceptance: BuildAcceptance
    /// The number of builds at a time, over all targets and requirement sets of a provider.
    let limit: ConcurrencyLimit
    let options: ProvisioningOptions
    let report: @Sendable (ProvisioningEvent) -> Void

    /// The wheel of a source for a target: the one that an earlier run built from the same source, or a new one.
    ///
    /// - Throws: A `DiagnosticError` if the build fails, or if its wheel does not work on the target.
    func wheel(
        of distribution: ExactDistribution,
        from source: BuildSource,
        for target: Target
    ) async throws -> StoredWheel {
        let key = try await key(source, target)
        if options.usesWheelCache, let wheel = try wheelhouse.notedWheel("builds", key) { return wheel }
        return try await wheelhouse.locked("build-" + key) {
            if options.usesWheelCache, let wheel = try wheelhouse.notedWheel("builds", key) { return wheel }
            report(.building(distribution.name, target))
            let wheel = try await limit.run { try await build(distribution, from: source, for: target) }
            try wheelhouse.noteWheel("builds", key, wheel)
            report(.built(distribution.name, target))
            return wheel
        }
    }

    private func build(
        _ distribution: ExactDistribution,
        from source: BuildSource,
        for target: Target
    ) async throws -> StoredWheel {
        let temporary = host.environment.temporaryDirectory
        return try await TemporaryDirectory.with(in: temporary, files: host.files) { folder in
            let project = try await preparation.project(of: source, in: folder)
            switch try await backend.build(project, for: target, in: folder) {
            case .built(let file): return try await acceptance.accept(file, of: distribution, for: target)
            case .failed(let output):
                let failure = BuildOutput(output)
                throw DiagnosticError(
                    .buildFailed,
                    "cannot build a wheel of '\(distribution.title)' for '\(target)'"
                        + (failure?.cause.map { ": \($0)" } ?? ""),
                    at: distribution.place,
                    notes: [BuildAdvice.reason(distribution)],
                    help: BuildAdvice.help(distribution, target, missingHeader: failure?.missingHeader),
                    toolOutput: output
                )
            }
        }
    }

    private func key(_ source: BuildSource, _ target: Target) async throws -> String {
        var key = CacheKey("build", version: 1)
        key.add("target", target.description)
        backend.add(to: &key)
        try await source.add(to: &key, files: host.files)
        return key.finish()
    }
}
