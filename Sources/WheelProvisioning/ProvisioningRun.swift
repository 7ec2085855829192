import ContainerEngine
import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// The resolver, fetcher and builder for one call of a provider.
struct ProvisioningRun: Sendable {
    let resolver: Resolver
    let fetcher: WheelFetcher
    let builder: BuilderChoice
    let pinned: PinnedWheels
    let container: ContainerResolution
    let index: IndexClient
    let options: ProvisioningOptions
    let report: @Sendable (ProvisioningEvent) -> Void

    init(
        _ host: HostServices,
        _ cacheDirectory: LocalPath,
        _ requirements: RequirementSet,
        _ options: ProvisioningOptions,
        _ building: (limit: ConcurrencyLimit, containers: BuildContainers),
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
        let ownFetcher = self.fetcher
        func runner(_ backend: any WheelBuildBackend) -> BuildRunner {
            BuildRunner(
                host: host,
                wheelhouse: wheelhouse,
                preparation: BuildPreparation(host: host, fetcher: ownFetcher, settings: settings),
                backend: backend,
                acceptance: BuildAcceptance(fetcher: ownFetcher),
                limit: building.limit,
                options: options,
                report: report
            )
        }
        builder = BuilderChoice(
            onThisSystem: runner(
                UvBuildBackend(host: host, uv: uv, command: command, interpreter: options.interpreter)
            ),
            inContainer: runner(
                ContainerBuildBackend(
                    host: host,
                    containers: building.containers,
                    settings: settings,
                    options: options.containers
                )
            ),
            use: options.containers.use
        )
        container = ContainerResolution(
            host: host,
            containers: building.containers,
            fetcher: self.fetcher,
            settings: settings,
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

    /// The wheels of requirements that this system could not resolve, because a build failed that finds dependencies.
    func wheels(
        in requirements: RequirementSet,
        _ target: Target,
        after failure: TargetError
    ) async throws -> [StoredWheel] {
        do {
            return try await container.wheels(for: requirements, target: target)
        } catch let error as DiagnosticError {
            if options.containers.use == .always { throw error }
            // Containers are only an attempt then, and the failure on this system is what the user knows.
            throw failure
        }
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
