package import Diagnostics
package import HostSystem

/// The images of a container engine.
package struct ImageStore: Sendable {
    /// The program that the engine is contacted with.
    package let program: ContainerProgram

    /// Makes the store of the engine that a program contacts.
    package init(_ program: ContainerProgram) { self.program = program }

    /// An image that the engine has.
    package struct Image: Hashable, Sendable {
        /// The digest of its configuration, which identifies the content.
        package let identity: String
        /// The architecture in the words of Go, such as `amd64`.
        package let architecture: String
    }

    /// An image of the engine by its name.
    ///
    /// - Returns: The image, or `nil` if it would have to be pulled or built.
    /// - Throws: A `DiagnosticError` if the engine cannot be contacted, `CancellationError`.
    package func image(_ name: String) async throws -> Image? {
        let result = try await program.run(["image", "inspect", "--format", "{{.Id}} {{.Architecture}}", name])
        let words = result.outputText.split { $0.isWhitespace }
        if result.isSuccess, words.count >= 2 {
            return Image(identity: String(words[0]), architecture: String(words[1]))
        }
        let failure = EngineFailure(result.errorText)
        if failure == .imageNotFound { return nil }
        throw failure.error(of: program, "cannot inspect image '\(name)'", image: name, output: result.errorText)
    }

    /// The engine's description of an image, in a format of Go's `text/template`.
    ///
    /// - Throws: A `DiagnosticError` if the engine does not have the image, `CancellationError`.
    package func description(of name: String, format: String) async throws -> String {
        let result = try await program.run(["image", "inspect", "--format", format, name])
        if result.isSuccess { return result.outputText }
        throw EngineFailure(result.errorText)
            .error(of: program, "cannot inspect image '\(name)'", image: name, output: result.errorText)
    }

    /// An image for a platform, which is pulled if the engine does not have it.
    ///
    /// - Parameters:
    ///   - name: The name of the image.
    ///   - platform: The platform, such as `linux/arm64`.
    /// - Returns: The image.
    /// - Throws: A `DiagnosticError` if the image does not exist for the platform, or if the engine or the registry cannot
    ///   be contacted, `CancellationError`.
    package func pulledImage(_ name: String, platform: String) async throws -> Image {
        let architecture = String(platform.split(separator: "/").last ?? "")
        let known = try await image(name)
        if let known, known.architecture == architecture { return known }
        let result = try await program.run(["pull", "--quiet", "--platform", platform, name])
        if result.isSuccess, let image = try await image(name), image.architecture == architecture { return image }
        if let known {
            throw EngineFailure.foreignArchitecture.error(
                of: program,
                "image '\(name)' is for '\(known.architecture)', not for '\(architecture)'",
                image: name,
                output: result.errorText
            )
        }
        throw EngineFailure(result.errorText)
            .error(of: program, "cannot pull image '\(name)'", image: name, output: result.errorText)
    }

    /// Builds an image from a Dockerfile.
    ///
    /// - Parameters:
    ///   - name: The name and tag that the image gets when it is complete.
    ///   - file: The Dockerfile.
    ///   - context: The directory that the file refers to.
    ///   - arguments: Further arguments of `build`.
    ///   - variables: Build arguments, whose values do not appear in the command line.
    ///   - directory: The directory that paths in the arguments are relative to.
    ///   - place: The place of the option that names the file.
    /// - Returns: The image.
    /// - Throws: A `DiagnosticError` with the output of the build if it fails, `CancellationError`.
    package func build(
        _ name: String,
        file: LocalPath,
        context: LocalPath,
        arguments: [String],
        variables: [String: String] = [:],
        directory: LocalPath? = nil,
        at place: SourcePlace?
    ) async throws -> Image {
        // Docker without BuildKit would leave the container of a step that fails.
        let cleanUp = program.name == "docker" ? ["--force-rm"] : []
        let own = variables.filter { ContainerProgram.reads($0.key) }
        let others = variables.filter { !ContainerProgram.reads($0.key) }
        let values =
            others.keys.sorted().flatMap { ["--build-arg", $0] }
            + own.sorted { $0.key < $1.key }.flatMap { ["--build-arg", "\($0.key)=\($0.value)"] }
        // An image for Lambda must be a plain manifest, which an index with an attestation is not.
        let environment = others.merging(["BUILDX_NO_DEFAULT_ATTESTATIONS": "1"]) { $1 }
        let result = try await program.runAttached(
            ["build"] + cleanUp + ["--file", file.string, "--tag", name] + values + arguments + [context.string],
            variables: environment
        ) { $0.workingDirectory = directory }
        if result.isSuccess, let image = try await image(name) { return image }
        let output = [result.outputText, result.errorText].filter { !$0.isEmpty }.joined(separator: "\n")
        let failure = EngineFailure(result.errorText)
        if EngineFailure(output) == .foreignArchitecture {
            throw EngineFailure.foreignArchitecture
                .error(of: program, "cannot build an image from '\(file)'", image: name, output: output)
        }
        if failure.isAboutEngine || failure == .diskFull {
            throw failure.error(of: program, "cannot build an image from '\(file)'", image: name, output: output)
        }
        throw DiagnosticError(
            .imageBuildFailed,
            "cannot build an image from '\(file)'"
                + (EngineFailure.lastLine(result.errorText).isEmpty
                    ? "" : ": \(EngineFailure.lastLine(result.errorText))"),
            at: place,
            help: ["correct the file; '\(program.name) build --file \(file) \(context)' runs the same build"],
            toolOutput: output
        )
    }
}
