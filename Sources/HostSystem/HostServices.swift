/// The effects of the machine that libraries may use; the composition root makes the real ones, tests make doubles.
package struct HostServices: Sendable {
    /// The files; locks, downloads and archives that are mapped into memory are always on the machine's own disk.
    package var files: any FileSystem
    /// The programs that can be run.
    package var processes: any ProcessRunner
    /// The servers that can be contacted.
    package var transport: any HTTPTransport
    /// The environment variables.
    package var environment: Environment
    /// The time of day.
    package var wallClock: WallClock
    /// Elapsed time and pauses.
    package var clock: MonotonicClock
    /// The number of processors to use, at least one.
    package var processorCount: Int

    /// Creates the services from their parts.
    package init(
        files: any FileSystem,
        processes: any ProcessRunner,
        transport: any HTTPTransport,
        environment: Environment,
        wallClock: WallClock,
        clock: MonotonicClock,
        processorCount: Int
    ) {
        self.files = files
        self.processes = processes
        self.transport = transport
        self.environment = environment
        self.wallClock = wallClock
        self.clock = clock
        self.processorCount = processorCount
    }
}
