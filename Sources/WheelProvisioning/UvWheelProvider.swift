import ContainerEngine
import Diagnostics
package import HostSystem
import PythonPackaging
package import RequirementFormats

/// Provides wheels by resolving with uv, and downloading or building the wheels that the store does not have.
package struct UvWheelProvider: WheelProvider {
    private let host: HostServices
    private let cache: CacheFolder
    private let buildLimit: ConcurrencyLimit
    /// The containers of the current work; `nil` outside of ``sharingContainers(_:)``.
    private var containers: BuildContainers?

    /// The number of downloads at a time: enough for many small wheels, but few enough for one server.
    private static let downloadLimit = 16

    /// Makes a provider.
    ///
    /// - Parameters:
    ///   - host: The services of the system; the transport should retry failed requests.
    ///   - cacheDirectory: The cache directory, absolute; it is created when something is stored.
    package init(host: HostServices, cacheDirectory: LocalPath) {
        let temporary = host.environment.temporaryDirectory
        self.init(host: host, cache: CacheFolder(path: cacheDirectory, temporaryDirectory: temporary))
    }

    /// Makes a provider with a cache, which may be that of `cacheLocation`.
    package init(host: HostServices, cache: CacheFolder) {
        self.host = host
        self.cache = cache
        // A build uses a processor for Python or a compiler, but also waits for the index that has its build tools.
        buildLimit = ConcurrencyLimit(max(4, host.processorCount))
    }

    package func wheels(
        for requirements: RequirementSet,
        target: Target,
        options: ProvisioningOptions,
        report: @escaping @Sendable (ProvisioningEvent) -> Void
    ) async throws -> [StoredWheel] {
        if requirements.isEmpty { return [] }
        guard let containers else {
            return try await sharingContainers { provider in
                try await provider.wheels(for: requirements, target: target, options: options, report: report)
            }
        }
        var requirements = requirements
        requirements.indexes.merge(options.indexes)
        do {
            let run = try ProvisioningRun(
                host,
                cache.path,
                requirements,
                options,
                (buildLimit, containers),
                report
            )
            do {
                return try await wheels(run, requirements, target)
            } catch let error as StaleFileError {
                // The index has changed since the resolution, so the requirements are resolved again.
                guard case .requirements(let all) = requirements.content else { throw error }
                let list = all.omitting(options.excluded)
                try await run.resolver.forget(requirements, list, target: target)
                do {
                    return try await wheels(run, requirements, target, refreshes: true)
                } catch {
                    try await run.resolver.forget(requirements, list, target: target)
                    throw error
                }
            }
        } catch let error as CancellationError {
            throw error
        } catch let error as TargetError {
            throw error
        } catch {
            // All other errors are reported as diagnostics, which name the cache if it is the cause.
            throw cache.describe(error)
        }
    }

    package func sharingContainers<Result: Sendable>(
        _ body: (any WheelProvider) async throws -> Result
    ) async throws -> Result {
        try await ContainerScope.with(host) { scope in
            var provider = self
            let wheelhouse = Wheelhouse(cache.path, files: host.files)
            provider.containers = BuildContainers(host: host, scope: scope, wheelhouse: wheelhouse)
            return try await body(provider)
        }
    }

    package func discard(_ wheels: [StoredWheel]) async throws {
        let wheelhouse = Wheelhouse(cache.path, files: host.files)
        do {
            for wheel in wheels { try await wheelhouse.discard(wheel) }
        } catch let error as FileSystemError {
            throw cache.describe(error)
        }
    }

    private func wheels(
        _ run: ProvisioningRun,
        _ requirements: RequirementSet,
        _ target: Target,
        refreshes: Bool = false
    ) async throws -> [StoredWheel] {
        if run.options.containers.optionThatNeedsContainer(for: target) != nil {
            return try await run.container.wheels(for: requirements, target: target)
        }
        let (unresolved, continuation) = AsyncStream.makeStream(of: RequirementList.self)
        // Ends with this scope; until then, its downloads are used by those below.
        async let _ = run.pinned.fetch(unresolved, for: target)
        let distributions: [ExactDistribution]
        do {
            distributions = try await run.distributions(of: requirements, for: target, refreshes: refreshes) { list in
                if run.options.usesWheelCache { continuation.yield(list) }
            }
        } catch let error as TargetError where error.isAboutBuild && run.options.containers.use != .never {
            return try await run.wheels(in: requirements, target, after: error)
        }
        continuation.finish()
        return try await distributions.concurrentMap(limit: Self.downloadLimit) { distribution in
            try await run.wheel(of: distribution, for: target)
        }
    }
}
