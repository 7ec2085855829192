import ConfigurationValues
import Diagnostics
package import HostSystem
package import WheelProvisioning

/// Makes the artifacts of a service.
package struct Bundler: Sendable {
    let host: HostServices
    let provider: (any WheelProvider)?

    /// Makes a bundler for a machine.
    ///
    /// - Parameters:
    ///   - host: the machine; its transport should be one that retries.
    ///   - provider: provides the wheels, `nil` for one that keeps them in the request's cache.
    package init(
        _ host: HostServices,
        provider: (any WheelProvider)? = nil
    ) {
        self.host = host
        self.provider = provider
    }

    /// Plans the artifacts of a service, before anything is fetched, started or written.
    ///
    /// - Parameter request: the service.
    /// - Returns: the plan, which ``bundle(_:progress:)-(PreparedBundle,_)`` carries out.
    /// - Throws: `DiagnosticError` for errors of the service or of its requirement files.
    @concurrent
    package func prepare(_ request: BundleRequest) async throws -> PreparedBundle {
        try await describingErrors {
            var request = request
            let preparation = try BundlePreparation(request, files: host.files, environment: host.environment)
            request.cacheDirectory = request.cache(preparation.options)
            return PreparedBundle(request: request, preparation: preparation)
        }
    }

    /// Plans and makes the artifacts of a service.
    ///
    /// - Parameters:
    ///   - request: the service.
    ///   - progress: called with the progress of the work, from any thread.
    /// - Returns: what was made.
    /// - Throws: `DiagnosticError` for errors of the service or of what it needs, `CancellationError`.
    @concurrent
    package func bundle(
        _ request: BundleRequest,
        progress: @escaping @Sendable (BundleProgress) -> Void = { _ in }
    ) async throws -> BundleReport {
        try await bundle(prepare(request), progress: progress)
    }

    /// Makes the artifacts of a service.
    ///
    /// An artifact whose inputs are those of an earlier run is kept. Where anything fails, every artifact that was
    /// there before stays as it was.
    ///
    /// - Parameters:
    ///   - bundle: the service, with the plan of its artifacts.
    ///   - progress: called with the progress of the work, from any thread.
    /// - Returns: what was made.
    /// - Throws: `DiagnosticError` for errors of the service or of what it needs, `CancellationError`.
    @concurrent
    package func bundle(
        _ bundle: PreparedBundle,
        progress: @escaping @Sendable (BundleProgress) -> Void = { _ in }
    ) async throws -> BundleReport {
        try await describingErrors {
            let report = try await run(bundle, progress) { run in try await run.bundle() }
            if bundle.preparation.options.invalidatesCaches { try cleanCache(of: bundle.request) }
            return report
        }
    }

    /// Runs work on a prepared request, with the caches that it names.
    func run<Result: Sendable>(
        _ bundle: PreparedBundle,
        _ progress: @escaping @Sendable (BundleProgress) -> Void,
        _ body: (BundleRun) async throws -> Result
    ) async throws -> Result {
        let (request, preparation) = (bundle.request, bundle.preparation)
        guard let cache = request.cacheDirectory else {
            let parent = host.environment.temporaryDirectory
            return try await TemporaryDirectory.with(in: parent, files: host.files) { cache in
                try await body(makeRun(request, preparation, cache, progress))
            }
        }
        do {
            return try await body(makeRun(request, preparation, cache, progress))
        } catch let error as CancellationError {
            throw error
        } catch let error as WheelError {
            throw error.error(in: preparation.sets.values)
        } catch {
            throw request.cacheFolder(cache, in: host.environment).describe(error)
        }
    }

    private func makeRun(
        _ request: BundleRequest,
        _ preparation: BundlePreparation,
        _ cache: LocalPath,
        _ progress: @escaping @Sendable (BundleProgress) -> Void
    ) -> BundleRun {
        BundleRun(
            files: host.files,
            compiler: BytecodeCompiler(
                files: host.files,
                processes: host.processes,
                environment: host.environment
            ),
            wallClock: host.wallClock,
            clock: host.clock,
            processorCount: host.processorCount,
            request: request,
            preparation: preparation,
            provider: provider
                ?? UvWheelProvider(host: host, cache: request.cacheFolder(cache, in: host.environment)),
            progress: progress
        )
    }

    /// Runs work whose errors are told to the user.
    func describingErrors<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw DiagnosticError(describing: error)
        }
    }

    /// The folders of a cache that are ours.
    static let cacheFolders = ["artifacts", "derived"]
}

extension BundleRequest {
    /// The folder of caches: our own in what `cacheLocation` names, which may be for others too, else the user's.
    func cache(_ options: RequirementOptions) -> LocalPath? {
        options.cacheLocation.map { directory / $0 / "furoshiki" } ?? cacheDirectory
    }
}
