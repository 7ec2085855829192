import Diagnostics
package import HostSystem

extension ImageStore {
    /// Gives an image a further name.
    ///
    /// - Throws: A `DiagnosticError` if the engine does not do it, `CancellationError`.
    package func tag(_ name: String, as other: String) async throws {
        let result = try await program.run(["tag", name, other])
        guard !result.isSuccess else { return }
        throw EngineFailure(result.errorText)
            .error(of: program, "cannot name image '\(name)' '\(other)'", image: name, output: result.errorText)
    }

    /// Logs in to a registry; the password is in no command line.
    ///
    /// - Throws: A `DiagnosticError` if the engine or the registry refuses it, `CancellationError`.
    package func logIn(to registry: String, user: String, password: Secret) async throws {
        let result = try await program.run(["login", "--username", user, "--password-stdin", registry]) { request in
            request.input = .bytes(Array(password.revealed.utf8))
        }
        guard !result.isSuccess else { return }
        let failure = EngineFailure(result.errorText)
        if failure.isAboutEngine {
            throw failure.error(
                of: program,
                "cannot log in to '\(registry)'",
                image: registry,
                output: result.errorText
            )
        }
        throw DiagnosticError(
            .registryLoginFailed,
            "cannot log in to the registry '\(registry)': \(EngineFailure.lastLine(result.errorText))",
            help: ["check the credential helper in the configuration of \(program.name), and its connection and proxy"],
            toolOutput: result.errorText
        )
    }

    /// The outcome of a push.
    package enum PushOutcome: Hashable, Sendable {
        /// The registry has the image, with the digest of its manifest, such as `sha256:1a2b…`.
        case pushed(digest: String)
        /// The registry requires a login, or does not allow the user to push.
        case denied(output: String)
    }

    /// Pushes an image to the registry in its name.
    ///
    /// - Returns: The digest, or that the registry has refused it.
    /// - Throws: A `DiagnosticError` if the image cannot be pushed for another reason, `CancellationError`.
    package func push(_ name: String) async throws -> PushOutcome {
        guard program.name == "podman" else {
            let result = try await program.run(["push", name])
            guard result.isSuccess else { return try denial(of: name, result.errorText) }
            if let digest = Self.digest(inOutput: result.outputText) { return .pushed(digest: digest) }
            return .pushed(digest: try await digest(of: name))
        }
        // The digest of podman's own copy is that of another compression.
        let host = program.host
        return try await TemporaryDirectory.with(in: host.environment.temporaryDirectory, files: host.files) { folder in
            let file = folder / "digest"
            let result = try await program.run(["push", "--digestfile", file.string, name])
            guard result.isSuccess else { return try denial(of: name, result.errorText) }
            let digest = try host.files.readText(file).split(whereSeparator: \.isWhitespace).first.map(String.init)
            return .pushed(digest: digest ?? "")
        }
    }

    private func denial(of name: String, _ output: String) throws -> PushOutcome {
        let failure = EngineFailure(output)
        if failure == .pullDenied { return .denied(output: output) }
        if failure.isAboutEngine {
            throw failure.error(of: program, "cannot push image '\(name)'", image: name, output: output)
        }
        throw DiagnosticError(
            .imagePushFailed,
            "cannot push image '\(name)': \(EngineFailure.lastLine(output))",
            help: ["check the connection and the proxy of the engine: \(program.name) push \(name)"],
            toolOutput: output
        )
    }

    /// The digest in the last line of a push, such as `latest: digest: sha256:1a2b… size: 1570`.
    static func digest(inOutput output: String) -> String? {
        for line in output.split(separator: "\n").reversed() {
            guard let start = line.firstRange(of: "digest: sha256:")?.upperBound else { continue }
            let digits = line[start...].prefix { $0.isHexDigit }
            if digits.count == 64 { return "sha256:" + digits }
        }
        return nil
    }

    /// The digest under which the engine knows a pushed image in the repository of its name.
    private func digest(of name: String) async throws -> String {
        let result = try await program.run([
            "image", "inspect", "--format", "{{range .RepoDigests}}{{.}} {{end}}", name,
        ])
        let repository = name.prefix(upTo: name.lastIndex(of: ":") ?? name.endIndex) + "@"
        let known = result.outputText.split(whereSeparator: \.isWhitespace).last { $0.hasPrefix(repository) }
        guard let known else {
            throw DiagnosticError(
                .imagePushFailed,
                "image '\(name)' was pushed, but '\(program.name)' does not report its digest",
                toolOutput: result.outputText + result.errorText
            )
        }
        return String(known.dropFirst(repository.count))
    }
}
