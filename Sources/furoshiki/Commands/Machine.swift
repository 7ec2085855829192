import HostSystem

/// The machine as commands use it; the folder `Live` makes the real one, and tests make one of doubles.
struct Machine: Sendable {
    /// The environment variables that the program was started with.
    let environment: Environment
    /// The directory that the program was started in.
    let workingDirectory: LocalPath
    /// The file system of the machine.
    let files: any FileSystem
    /// Runs other programs as child processes.
    let processes: any ProcessRunner
    /// Creates an HTTP client, with the proxies and certificates in the environment variables.
    let transport: @Sendable (Environment) -> any HTTPTransport
    /// The time of day.
    let wallClock: WallClock
    /// Elapsed time and pauses.
    let clock: MonotonicClock
    /// The number of processors to use, at least one.
    let processorCount: Int
    /// The standard streams of the program.
    let streams: any StandardStreams
    /// What is known about this build of the program, as a JSON object (`BuildFacts.h`).
    let buildFacts: String

    /// The services that libraries get.
    ///
    /// - Parameter environment: the environment variables, which may include those of a service's `.env` file.
    /// - Returns: the services.
    func services(in environment: Environment) -> HostServices {
        HostServices(
            files: files,
            processes: processes,
            transport: transport(environment),
            environment: environment,
            wallClock: wallClock,
            clock: clock,
            processorCount: processorCount
        )
    }
}
