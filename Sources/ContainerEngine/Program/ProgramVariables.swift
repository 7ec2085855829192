extension ContainerProgram {
    /// Whether programs of engines read an environment variable themselves: their `PATH`, the engine that they contact, or
    /// a proxy on the way to it.
    ///
    /// In their environment, such a variable of a container or a build would change the program.
    static func reads(_ variable: String) -> Bool {
        let names: Set<String> = [
            "PATH", "HOME", "TMPDIR", "USER", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY",
        ]
        let prefixes = [
            "DOCKER_", "BUILDKIT_", "BUILDX_", "CONTAINER", "PODMAN_", "NERDCTL_", "XDG_", "SSH_", "LD_", "DYLD_",
            "NO_COLOR",
        ]
        let name = variable.uppercased()
        return names.contains(name) || prefixes.contains { name.hasPrefix($0) }
    }
}
