package import HostSystem

/// What bundling needs of the machine.
package struct BundleHost: Sendable {
    /// The files; locks and downloads are always on the machine's own.
    package var files: any FileSystem
    /// Runs programs.
    package var processes: any ProcessRunner
    /// Asks indexes.
    package var transport: any HTTPTransport
    /// The environment variables.
    package var environment: Environment

    /// Makes a host.
    package init(
        files: any FileSystem,
        processes: any ProcessRunner,
        transport: any HTTPTransport,
        environment: Environment
    ) {
        self.files = files
        self.processes = processes
        self.transport = transport
        self.environment = environment
    }
}
