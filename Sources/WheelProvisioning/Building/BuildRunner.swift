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

    /// The wheel that an earlier run built from the same source in the same way; `nil` if there is none.
    ///
    /// - Throws: `FileSystemError` if a local source cannot be read, `CancellationError`.
    func knownWheel(from source: BuildSource, for target: Target) async throws -> StoredWheel? {
        guard options.usesWheelCache, let properties = try await backend.properties(for: target) else { return nil }
        return try wheelhouse.notedWheel("builds", try await key(source, target, properties))
    }

    /// The wheel of a source for a target: the one that an earlier run built from the same source, or a new one.
    ///
    /// - Throws: A `DiagnosticError` if the build fails, or if its wheel does not work on the target.
    func wheel(
        of distribution: ExactDistribution,
        from source: BuildSource,
        for target: Target
    ) async throws -> StoredWheel {
        if let wheel = try await knownWheel(from: source, for: target) { return wheel }
        do {
            try await backend.prepare(for: target)
        } catch let error as DiagnosticError {
            throw error.noting(BuildAdvice.need(of: distribution))
        }
        let key = try await key(source, target, try await backend.properties(for: target) ?? [:])
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
            case .built(let file):
                let origin: StoredWheel.Origin = backend.usesContainer ? .container : .thisSystem
                return try await acceptance.accept(file, of: distribution, for: target, origin)
            case .failed(let output): throw failure(of: distribution, for: target, output)
            }
        }
    }

    private func failure(
        of distribution: ExactDistribution,
        for target: Target,
        _ output: String
    ) -> DiagnosticError {
        let failure = BuildOutput(output) ?? BuildOutput(ofPip: output)
        let header = failure.missingHeader
        return DiagnosticError(
            .buildFailed,
            "cannot build a wheel of '\(distribution.title)' for '\(target)'"
                + (backend.usesContainer ? " in a container" : "") + (failure.cause.map { ": \($0)" } ?? ""),
            at: distribution.place,
            notes: [BuildAdvice.reason(distribution)],
            help: backend.usesContainer
                ? BuildAdvice.helpInContainer(distribution, target, missingHeader: header)
                : BuildAdvice.help(distribution, target, missingHeader: header),
            toolOutput: output
        )
    }

    private func key(
        _ source: BuildSource,
        _ target: Target,
        _ properties: [String: String]
    ) async throws -> String {
        var key = CacheKey("build", version: 2)
        key.add("target", target.description)
        for (name, value) in properties.sorted(by: { $0.key < $1.key }) { key.add(name, value) }
        try await source.add(to: &key, files: host.files)
        return key.finish()
    }
}
