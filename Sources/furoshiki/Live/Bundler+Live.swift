import HostSystem
import LambdaBundle

extension Bundler {
    /// The bundler that works on this machine and over its network.
    static func live(in environment: Environment) -> Bundler {
        let files = LiveFileSystem()
        let transport = CurlTransport(environment: environment, files: files)
        return Bundler(
            HostServices(
                files: files,
                processes: LiveProcessRunner(),
                transport: RetryingTransport(transport, clock: ContinuousClock()),
                environment: environment,
                wallClock: .live,
                clock: .live,
                processorCount: ProcessorCount.available
            )
        )
    }
}
