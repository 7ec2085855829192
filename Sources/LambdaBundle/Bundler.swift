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

    private let host: Host
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
        do {
            return try await BundleRun(host: host, request: request, supplier: supplier, progress: progress).run()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw DiagnosticError(describing: error)
        }
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
