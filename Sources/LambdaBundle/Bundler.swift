package import HostSystem

/// Makes the artifacts of a service.
package struct Bundler: Sendable {
    /// What the bundler needs of the machine.
    package struct Host: Sendable {
        /// The files.
        package var files: any FileSystem
        /// Other programs.
        package var processes: any ProcessRunner
        /// The network.
        package var transport: any HTTPTransport
        /// The environment.
        package var environment: Environment
        /// The time of day.
        package var clock: WallClock
        /// How many processors there are work for.
        package var processorCount: Int

        /// Puts a machine together.
        package init(
            files: any FileSystem,
            processes: any ProcessRunner,
            transport: any HTTPTransport,
            environment: Environment,
            clock: WallClock = .live,
            processorCount: Int = ProcessorCount.available
        ) {
            self.files = files
            self.processes = processes
            self.transport = transport
            self.environment = environment
            self.clock = clock
            self.processorCount = processorCount
        }
    }

    let host: Host
    private let supplier: any WheelSupplying

    /// Makes a bundler for a machine.
    ///
    /// - Parameters:
    ///   - host: the machine.
    ///   - supplier: supplies the wheels.
    package init(_ host: Host, supplier: (any WheelSupplying)? = nil) {
        self.host = host
        self.supplier = supplier ?? NoWheels()
    }

    /// Makes the artifacts of a service.
    ///
    /// An artifact whose inputs are those of an earlier run is kept. Where anything fails, every artifact that was
    /// there before stays as it was.
    ///
    /// - Parameters:
    ///   - request: the service.
    ///   - progress: is told how the work goes on, from any thread.
    /// - Returns: what was made.
    /// - Throws: `DiagnosticError` for faults of the service or of what it needs, `CancellationError`.
    @concurrent
    package func bundle(
        _ request: BundleRequest,
        progress: @escaping @Sendable (BundleProgress) -> Void = { _ in }
    ) async throws -> BundleReport {
        try await describingErrors {
            try await run(request, progress) { run in try await run.bundle() }
        }
    }

    /// Runs work on a prepared request, with the caches that it names.
    func run<Result: Sendable>(
        _ request: BundleRequest,
        _ progress: @escaping @Sendable (BundleProgress) -> Void,
        _ body: (BundleRun) async throws -> Result
    ) async throws -> Result {
        let preparation = try BundlePreparation(request, files: host.files, environment: host.environment)
        var request = request
        request.cacheDirectory = request.cache(preparation.options)
        return try await body(
            BundleRun(
                host: host,
                request: request,
                preparation: preparation,
                supplier: supplier,
                progress: progress
            )
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
    /// The folder of caches: what `cacheLocation` names, else the user's.
    func cache(_ options: RequirementOptions) -> LocalPath? {
        options.cacheLocation.map { directory / $0 } ?? cacheDirectory
    }
}

/// Supplies nothing: every demand is an error.
private struct NoWheels: WheelSupplying {
    func wheels(
        for requirements: RequirementSet,
        target: Target,
        options: SupplyOptions,
        report: @escaping @Sendable (SupplyEvent) -> Void
    ) async throws -> [StoredWheel] {
        throw DiagnosticError("'\(requirements.origin.displayName)' cannot be installed: nobody supplies wheels")
    }
}
