import ConfigurationValues
import Diagnostics
package import HostSystem
package import WheelProvisioning

/// Makes the artifacts of a service.
package struct Bundler: Sendable {
    let host: HostServices
    let provider: (any WheelProvider)?

    /// Creates a bundler.
    ///
    /// - Parameters:
    ///   - host: the services of the host; its transport should retry requests.
    ///   - provider: the provider of wheels, or `nil` for one that stores them in the cache of the request.
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
    /// - Returns: the artifacts, and what was found in them.
    /// - Throws: `DiagnosticError` for errors in the service or its requirements, `CancellationError`.
    @concurrent
    package func bundle(
        _ request: BundleRequest,
        progress: @escaping @Sendable (BundleProgress) -> Void = { _ in }
    ) async throws -> BundleReport {
        try await bundle(prepare(request), progress: progress)
    }

    /// Makes the artifacts of a service.
    ///
    /// Artifacts whose inputs have not changed since an earlier run are reused. If anything fails, the artifacts of the
    /// earlier run stay unchanged. The caller makes sure that no other run writes to the output directory, with a
    /// `DirectoryLock`.
    ///
    /// - Parameters:
    ///   - bundle: the service, with the plan of its artifacts.
    ///   - progress: called with the progress of the work, from any thread.
    /// - Returns: the artifacts, and what was found in them.
    /// - Throws: `DiagnosticError` for errors in the service or its requirements, `CancellationError`.
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

    /// Prepares a request, and runs work on it with its caches.
    func run<Result: Sendable>(
        _ bundle: PreparedBundle,
        _ progress: @escaping @Sendable (BundleProgress) -> Void,
        _ body: (BundleRun) async throws -> Result
    ) async throws -> Result {
        let (request, preparation) = (bundle.request, bundle.preparation)
        async let _ = removeAbandonedDirectories()
        guard let cache = request.cacheDirectory else {
            let parent = host.environment.temporaryDirectory
            return try await TemporaryDirectory.with(in: parent, files: host.files) { cache in
                try await body(makeRun(request, preparation, cache, progress))
            }
        }
        let use = CacheUse(of: cache, files: host.files)
        defer { use.end() }
        do {
            let run = makeRun(request, preparation, cache, progress)
            do {
                return try await body(run)
            } catch let error as DamagedWheels {
                // Nothing has been written to the output directory yet, so everything can be done again.
                try await run.provider.discard(error.wheels)
                return try await body(makeRun(request, preparation, cache, progress))
            }
        } catch let error as DamagedWheels {
            throw error.diagnosticError(cache)
        } catch let error as CancellationError {
            throw error
        } catch let error as WheelError {
            throw error.error(in: preparation.sets.values)
        } catch {
            throw request.cacheFolder(cache, in: host.environment).describe(error)
        }
    }

    /// Removes the temporary directories of runs that were killed.
    @concurrent
    private func removeAbandonedDirectories() async {
        TemporaryDirectory.removeAbandoned(in: host.environment.temporaryDirectory, files: host.files)
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

    /// Runs work, and converts its errors to diagnostics.
    func describingErrors<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw DiagnosticError(describing: error)
        }
    }

    /// The directories that this target keeps in the cache.
    static let cacheFolders = ["artifacts", "derived"]
}

extension BundleRequest {
    /// The cache directory: a subdirectory of `cacheLocation`, which other programs may use, or that of the user.
    func cache(_ options: RequirementOptions) -> LocalPath? {
        options.cacheLocation.map { directory / $0 / "furoshiki" } ?? cacheDirectory
    }
}
