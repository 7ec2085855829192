package import Diagnostics

/// Why a command of a container engine failed, as far as its output shows.
///
/// Engines report all of their errors with the same exit status, so that only their words distinguish them. Everything
/// that is not recognized is an error of its own, which shows the words.
package enum EngineFailure: Hashable, Sendable {
    /// Nothing answers at the address of the engine.
    case notRunning
    /// The user may not contact the engine.
    case accessDenied
    /// The registry does not have the image, or its name is not valid.
    case imageNotFound
    /// The registry requires a login, or does not allow the user to pull the image.
    case pullDenied
    /// The registry could not be contacted.
    case registryUnreachable
    /// The image is for another architecture, which the engine cannot run.
    case foreignArchitecture
    /// The engine has no space left.
    case diskFull
    /// The engine or the container ended, or another error.
    case other

    /// Finds the reason in the error output of a command.
    package init(_ output: String) {
        let text = output.lowercased()
        func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        if says("no space left on device", "disk quota exceeded") {
            self = .diskFull
        } else if says(
            "exec format error",
            "does not match the specified platform",
            "no image found in image index for architecture"
        ) {
            self = .foreignArchitecture
        } else if says("permission denied"), says(".sock", "daemon socket", "connect to the docker", "containerd") {
            self = .accessDenied
        } else if says(
            "cannot connect to the docker daemon",
            "is the docker daemon running",
            "error during connect",
            "cannot connect to podman",
            "unable to connect to podman",
            "failed to connect to the docker api",
            "cannot access containerd socket",
            "failed to dial"
        ) {
            self = .notRunning
        } else if says(
            "pull access denied",
            "unauthorized",
            "authentication required",
            "no basic auth credentials",
            "denied:",
            "requested access to the resource is denied",
            "403 forbidden"
        ) {
            self = .pullDenied
        } else if says(
            "manifest unknown",
            "name unknown",
            "not found: manifest",
            "repository does not exist",
            "no such image",
            "invalid reference format",
            "does not exist or no pull access",
            "name invalid",
            "repository name not known",
            "no matching manifest",
            "image not known",
            "failed to resolve reference",
            "404 not found"
        ), !says("no such host", "connection refused", "i/o timeout") {
            self = .imageNotFound
        } else if says(
            "no such host",
            "i/o timeout",
            "connection refused",
            "tls handshake",
            "x509:",
            "server misbehaving",
            "network is unreachable",
            "connection reset",
            "proxyconnect",
            "context deadline exceeded"
        ) {
            self = .registryUnreachable
        } else {
            self = .other
        }
    }

    /// The code of the error.
    package var code: DiagnosticCode {
        switch self {
        case .notRunning: .engineNotRunning
        case .accessDenied: .engineAccessDenied
        case .imageNotFound: .imageNotFound
        case .pullDenied: .imagePullDenied
        case .registryUnreachable: .imagePullFailed
        case .foreignArchitecture: .foreignImageArchitecture
        case .diskFull: .engineDiskFull
        case .other: .containerFailed
        }
    }

    /// Whether the engine itself cannot be used, no matter for what.
    package var isAboutEngine: Bool { self == .notRunning || self == .accessDenied }

    /// The error of a command.
    ///
    /// - Parameters:
    ///   - program: The program that was run.
    ///   - subject: What failed, such as `cannot pull image 'x'`.
    ///   - image: The image that the command is about.
    ///   - output: The error output.
    /// - Returns: The error with the reason and its remedy.
    package func error(
        of program: ContainerProgram,
        _ subject: String,
        image: String,
        output: String
    ) -> DiagnosticError {
        let reason: String =
            switch self {
            case .notRunning: "the engine of '\(program.name)' is not running"
            case .accessDenied: "the user may not contact the engine of '\(program.name)'"
            case .imageNotFound: "the image does not exist"
            case .pullDenied: "the registry does not allow it"
            case .registryUnreachable: "the registry cannot be reached"
            case .foreignArchitecture: "the engine cannot run an image of this architecture"
            case .diskFull: "the engine has no space left on its disk"
            case .other: Self.lastLine(output)
            }
        return DiagnosticError(
            code,
            isAboutEngine ? "\(subject): \(reason)" : subject + (reason.isEmpty ? "" : ": \(reason)"),
            help: help(program, image),
            toolOutput: output.isEmpty ? nil : output
        )
    }

    private func help(_ program: ContainerProgram, _ image: String) -> [String] {
        switch self {
        case .notRunning:
            let start =
                program.name == "podman"
                ? "on macOS, run 'podman machine start'"
                : "start it: 'systemctl start docker' on Linux, Docker Desktop or 'finch vm start' on macOS"
            return [start, "or set DOCKER_HOST, or select a context, if the engine is on another system"]
        case .accessDenied:
            return [
                "add the user to the group of the socket, 'docker', and log in again",
                "or use an engine that runs without root, such as podman, with \(ContainerProgram.variable)",
            ]
        case .imageNotFound:
            return ["correct the name of the image: \(program.name) pull \(image)"]
        case .pullDenied:
            return ["log in to the registry with '\(program.name) login', or correct the name of the image"]
        case .registryUnreachable:
            return ["check the connection and the proxy of the engine: \(program.name) pull \(image)"]
        case .foreignArchitecture:
            return [
                "install emulation: \(program.name) run --privileged --rm tonistiigi/binfmt --install all",
                "or run the command on a system of this architecture, or use an image for it",
            ]
        case .diskFull:
            return ["remove what the engine no longer needs: \(program.name) system prune"]
        case .other: return []
        }
    }

    /// The last line that is not a hint about the usage of the program.
    static func lastLine(_ output: String) -> String {
        let lines = ToolOutput(output).lines.filter { !$0.isEmpty && !$0.hasPrefix("Run '") && !$0.hasPrefix("See '") }
        return lines.last.map { String($0.prefix(300)) } ?? ""
    }
}
