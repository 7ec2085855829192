/// The services of the system that libraries can use: real ones from the composition root, or doubles in tests.
package struct HostServices: Sendable {
    /// The file system; locks, downloads and memory-mapped archives always use the real one.
    package var files: any FileSystem
    /// Runs other programs as child processes.
    package var processes: any ProcessRunner
    /// Sends HTTP requests to servers.
    package var transport: any HTTPTransport
    /// The environment variables of the process.
    package var environment: Environment
    /// The clock for the time of day.
    package var wallClock: WallClock
    /// The clock for elapsed time and pauses.
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
