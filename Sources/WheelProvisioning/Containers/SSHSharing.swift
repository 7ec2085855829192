import Diagnostics
import HostSystem

/// The arguments of `run` that let a container use the SSH key, agent and known hosts of the user (`dockerSsh`).
///
/// These are the only files of this system that are mounted, because the user requests it; with an engine on another
/// system, they must be there too.
struct SSHSharing: Sendable {
    /// The arguments; empty if the option is off.
    let arguments: [String]

    /// Finds the files.
    ///
    /// - Throws: A `DiagnosticError` if the key does not exist.
    init(_ options: ContainerOptions, _ host: HostServices) throws(DiagnosticError) {
        guard options.sharesSSH else {
            arguments = []
            return
        }
        let home = host.environment.home ?? "/"
        let agent = host.environment.nonEmpty("SSH_AUTH_SOCK")
        let key = Self.path(options.privateKey ?? "~/.ssh/id_rsa", options.serviceDirectory, home)
        var result: [String] = []
        func mount(_ path: LocalPath, at place: String) { result += ["-v", "\(path):\(place):z"] }
        if host.files.exists(key) {
            mount(key, at: "/root/.ssh/\(key.lastComponent)")
        } else if options.privateKey != nil || agent == nil {
            throw DiagnosticError(
                .missingSSHKey,
                "cannot find the SSH key '\(key)'",
                at: options.places["dockerPrivateKey"] ?? options.places["dockerSsh"],
                help: ["set 'dockerPrivateKey' to the path of the key, or start an SSH agent"]
            )
        }
        let knownHosts = home / ".ssh/known_hosts"
        if host.files.exists(knownHosts) { mount(knownHosts, at: "/root/.ssh/known_hosts") }
        if let agent {
            mount(LocalPath(agent), at: "/tmp/ssh_sock")
            result += ["-e", "SSH_AUTH_SOCK=/tmp/ssh_sock"]
        }
        arguments = result
    }

    private static func path(_ text: String, _ folder: LocalPath, _ home: LocalPath) -> LocalPath {
        text.hasPrefix("~/") ? home / String(text.dropFirst(2)) : folder / text
    }
}
