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

    /// Makes a bundler for a machine.
    package init(_ host: Host) { self.host = host }

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
            return try await BundleRun(host: host, request: request, progress: progress).run()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw DiagnosticError(describing: error)
        }
    }
}
