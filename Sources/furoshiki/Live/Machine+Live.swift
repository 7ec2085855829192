import BuildFacts
import HostSystem

extension Machine {
    /// The machine that the program runs on.
    static func current() -> Machine {
        let files = LiveFileSystem()
        let clock = MonotonicClock.live
        return Machine(
            environment: .current(),
            workingDirectory: ".",
            files: files,
            processes: LiveProcessRunner(),
            transport: { environment in
                RetryingTransport(
                    CurlTransport(environment: environment, files: files, userAgent: "furoshiki/\(Version.current)"),
                    clock: clock,
                    random: { .random(in: 0...1) }
                )
            },
            wallClock: .live,
            clock: clock,
            processorCount: ProcessorCount.available,
            streams: LiveStandardStreams(),
            buildFacts: String(cString: furoshiki_build_facts())
        )
    }
}
