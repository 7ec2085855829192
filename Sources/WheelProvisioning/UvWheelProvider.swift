import Diagnostics
package import HostSystem
import PythonPackaging
package import RequirementFormats

/// Provides wheels by resolving with uv, and downloading or building the wheels that the store does not have.
package struct UvWheelProvider: WheelProvider {
    private let host: HostServices
    private let cache: CacheFolder
    private let buildLimit: ConcurrencyLimit

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
        var requirements = requirements
        requirements.indexes.merge(options.indexes)
        do {
            let run = try ProvisioningRun(host, cache.path, requirements, options, buildLimit, report)
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
        let (unresolved, continuation) = AsyncStream.makeStream(of: RequirementList.self)
        // Ends with this scope; until then, its downloads are used by those below.
        async let _ = run.pinned.fetch(unresolved, for: target)
        let distributions = try await run.distributions(of: requirements, for: target, refreshes: refreshes) { list in
            if run.options.usesWheelCache { continuation.yield(list) }
        }
        continuation.finish()
        return try await distributions.concurrentMap(limit: Self.downloadLimit) { distribution in
            try await run.wheel(of: distribution, for: target)
        }
    }
}

/// The resolver, fetcher and builder for one call of a provider.
private struct ProvisioningRun: Sendable {
    let resolver: Resolver
    let fetcher: WheelFetcher
    let builder: BuildRunner
    let pinned: PinnedWheels
    let index: IndexClient
    let options: ProvisioningOptions
    let report: @Sendable (ProvisioningEvent) -> Void

    init(
        _ host: HostServices,
        _ cacheDirectory: LocalPath,
        _ requirements: RequirementSet,
        _ options: ProvisioningOptions,
        _ buildLimit: ConcurrencyLimit,
        _ report: @escaping @Sendable (ProvisioningEvent) -> Void
    ) throws {
        var settings = try IndexSettings(requirements.indexes, environment: host.environment, files: host.files)
        for address in requirements.addresses { settings.learnCredentials(of: address) }
        let wheelhouse = Wheelhouse(cacheDirectory, files: host.files)
        index = IndexClient(
            transport: host.transport,
            files: host.files,
            clock: host.clock,
            settings: settings,
            report: report
        )
        func fetcher(_ settings: IndexSettings) -> WheelFetcher {
            WheelFetcher(
                wheelhouse: wheelhouse,
                downloader: Downloader(
                    transport: host.transport,
                    settings: settings,
                    wheelhouse: wheelhouse,
                    clock: host.clock,
                    report: report
                ),
                index: IndexClient(
                    transport: host.transport,
                    files: host.files,
                    clock: host.clock,
                    settings: settings,
                    report: report
                ),
                options: options,
                report: report
            )
        }
        self.fetcher = fetcher(settings)
        pinned = PinnedWheels(index: index, fetcher: self.fetcher)
        let configured = try IndexSettings(IndexOptions(), environment: host.environment, files: host.files)
        let command = UvCommand(host: host, settings: settings, cache: cacheDirectory)
        let uv = UvProgram(host: host, wheelhouse: wheelhouse, fetchers: [self.fetcher, fetcher(configured)])
        resolver = Resolver(
            host: host,
            wheelhouse: wheelhouse,
            uv: uv,
            command: command,
            index: index,
            options: options,
            report: report
        )
        builder = BuildRunner(
            host: host,
            wheelhouse: wheelhouse,
            preparation: BuildPreparation(host: host, fetcher: self.fetcher, settings: settings),
            backend: UvBuildBackend(host: host, uv: uv, command: command, interpreter: options.interpreter),
            acceptance: BuildAcceptance(fetcher: self.fetcher),
            limit: buildLimit,
            options: options,
            report: report
        )
        self.options = options
        self.report = report
    }

    /// The exact distributions of a requirement set, without the excluded ones.
    ///
    /// - Parameters:
    ///   - requirements: The requirement set.
    ///   - target: The target to install for.
    ///   - refreshes: Whether cached resolutions and cached responses of indexes are ignored.
    ///   - willResolve: Called with the requirements before uv resolves them.
    /// - Returns: The distributions, each with its source.
    /// - Throws: The errors of the resolver.
    func distributions(
        of requirements: RequirementSet,
        for target: Target,
        refreshes: Bool,
        willResolve: (RequirementList) -> Void
    ) async throws -> [ExactDistribution] {
        try requirements.python?.check(for: target)
        var lock = requirements
        var isReused = true
        if case .requirements(let all) = requirements.content {
            let list = all.omitting(options.excluded)
            guard !list.requirements.isEmpty else {
                report(.resolved(target, distributions: 0, isReused: true))
                return []
            }
            (lock, isReused) = try await resolver.lock(
                requirements,
                list,
                target: target,
                refreshes: refreshes,
                willResolve: { willResolve(list) }
            )
        }
        let all = try lock.exactDistributions(for: target) ?? []
        let wanted = all.filter { !options.excluded.contains($0.name) }
        report(.resolved(target, distributions: wanted.count, isReused: isReused))
        return wanted
    }

    /// The wheel of one distribution.
    func wheel(of distribution: ExactDistribution, for target: Target) async throws -> StoredWheel {
        func request(_ file: LockedFile, _ index: IndexAddress? = nil) -> WheelFetcher.FileRequest {
            WheelFetcher.FileRequest(name: distribution.name, file: file, index: index, place: distribution.place)
        }
        switch distribution.source {
        case .wheel(let file, let index): return try await fetcher.wheel(request(file, index))
        case .sourceDistribution(let file, let index):
            return try await builder.wheel(
                of: distribution,
                from: .file(request(file, index), subdirectory: nil),
                for: target
            )
        case .archive(let address, let subdirectory, let hashes):
            let name = String(address.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").last ?? "archive")
            let file = LockedFile(name: PercentCoding.decode(name), address: address, hashes: hashes)
            if (try? WheelName(parsing: file.name)) != nil { return try await fetcher.wheel(request(file)) }
            return try await builder.wheel(
                of: distribution,
                from: .file(request(file), subdirectory: subdirectory),
                for: target
            )
        case .repository(let address, let commit, let subdirectory):
            return try await builder.wheel(
                of: distribution,
                from: .repository(address, commit: commit, subdirectory: subdirectory),
                for: target
            )
        case .local(let path):
            guard fetcher.wheelhouse.files.exists(path) else {
                throw DiagnosticError(
                    .missingLocalDistribution,
                    "cannot find '\(distribution.name)': no such file or directory '\(path)'",
                    at: distribution.place,
                    help: ["restore the file or directory, or update the lock file"]
                )
            }
            if (try? WheelName(parsing: path.lastComponent)) != nil {
                return try await fetcher.wheel(request(LockedFile(name: path.lastComponent, path: path)))
            }
            return try await builder.wheel(of: distribution, from: .local(path), for: target)
        case .anyFile(let hashes, let index): return try await anyWheel(distribution, hashes, index, target)
        }
    }

    /// The wheel of the best file that an index has of a version, with one of the hashes.
    private func anyWheel(
        _ distribution: ExactDistribution,
        _ hashes: [FileHash],
        _ index: IndexAddress?,
        _ target: Target
    ) async throws -> StoredWheel {
        var key = CacheKey("choice", version: 1)
        key.add("distribution", distribution.title)
        key.add("hashes", hashes.map(\.description).sorted())
        key.add("target", target.description)
        key.add("index", (index.map { [$0] } ?? self.index.settings.allIndexes).map(\.location))
        let note = key.finish()
        let wheelhouse = fetcher.wheelhouse
        if options.usesResolutionCache, options.usesWheelCache, let known = try wheelhouse.notedWheel("choices", note) {
            return known
        }
        let files = try await self.index.files(of: distribution.name, in: index)
        let wheel: StoredWheel
        guard let source = FileChoice(distribution, hashes, files).best(for: target, settings: self.index.settings)
        else {
            throw FileChoice.none(distribution, files, target, queried: self.index.settings.allIndexes)
        }
        let chosen = ExactDistribution(
            name: distribution.name,
            version: distribution.version,
            source: source,
            place: distribution.place
        )
        wheel = try await self.wheel(of: chosen, for: target)
        try wheelhouse.noteWheel("choices", note, wheel)
        return wheel
    }
}
