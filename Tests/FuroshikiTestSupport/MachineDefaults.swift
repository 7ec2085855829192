package import HostSystem

// Libraries have the machine's effects handed in; tests that mean the real machine may leave that out.

extension TemporaryDirectory {
    /// Runs a body with a temporary directory in the real file system.
    package static func with<Result>(
        in parent: LocalPath,
        prefix: String = "furoshiki",
        _ body: (LocalPath) async throws -> Result
    ) async throws -> Result {
        try await with(in: parent, prefix: prefix, files: LiveFileSystem(), body)
    }
}

extension Environment {
    /// The first executable file with a given name in the directories of `PATH`, in the real file system.
    package func findProgram(_ name: String) -> LocalPath? { findProgram(name, files: LiveFileSystem()) }
}

extension CurlTransport {
    /// Creates a transport that reads certificates from the real file system.
    package init(environment: Environment) {
        self.init(environment: environment, files: LiveFileSystem(), userAgent: "furoshiki/test")
    }
}

extension RetryingTransport {
    /// Creates a transport whose pauses have no jitter.
    package init(_ base: any HTTPTransport, clock: MonotonicClock) { self.init(base, clock: clock, random: { 0 }) }
}

extension HostServices {
    /// Creates services with the real clocks, for tests that do not depend on time.
    package init(
        files: any FileSystem,
        processes: any ProcessRunner,
        transport: any HTTPTransport,
        environment: Environment,
        wallClock: WallClock = .live
    ) {
        self.init(
            files: files,
            processes: processes,
            transport: transport,
            environment: environment,
            wallClock: wallClock,
            clock: .live,
            processorCount: 2
        )
    }
}
