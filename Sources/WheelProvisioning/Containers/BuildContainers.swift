import ContainerEngine
import Diagnostics
import HostSystem
import RequirementFormats
import Synchronization

/// The containers of a run, at most one for each target, which start when something has to be built in them.
final class BuildContainers: Sendable {
    /// A running container with the interpreter in it.
    struct Container: Sendable {
        let running: RunningContainer
        /// The path of the interpreter, or its name on `PATH`.
        let python: String
    }

    private let host: HostServices
    private let scope: ContainerScope
    private let wheelhouse: Wheelhouse
    private let state = Mutex(State())

    private struct State {
        /// The images of `dockerFile` for each target.
        var files: [Target: SharedResult<DockerfileImage>] = [:]
        var identities: [String: SharedResult<String?>] = [:]
        var images: [String: SharedResult<ImageStore.Image>] = [:]
        var containers: [Target: SharedResult<Container>] = [:]
    }

    init(host: HostServices, scope: ContainerScope, wheelhouse: Wheelhouse) {
        self.host = host
        self.scope = scope
        self.wheelhouse = wheelhouse
    }

    /// The program of the engine.
    ///
    /// - Throws: A `DiagnosticError` if there is none.
    func program() throws -> ContainerProgram { try ContainerProgram.find(host) }

    /// The container of a target, which starts with the first call.
    ///
    /// - Throws: A `DiagnosticError` if it cannot be started, or if its image does not fit the target.
    func container(for target: Target, _ options: ContainerOptions) async throws -> Container {
        let shared = state.withLock { state in
            let shared = state.containers[target] ?? SharedResult()
            state.containers[target] = shared
            return shared
        }
        return try await shared.value { try await start(target, options) }
    }

    /// The image of a target, which is pulled or built if the engine does not have it.
    func image(for target: Target, _ options: ContainerOptions) async throws -> (name: String, ImageStore.Image) {
        let program = try program()
        let store = ImageStore(program)
        if let file = options.file {
            let image = try await dockerfileImage(file, target, options)
            let built = try await shared(image.name)
                .value {
                    if let known = try await store.image(image.name) { return known }
                    return try await store.build(
                        image.name,
                        file: file,
                        context: options.serviceDirectory,
                        arguments: image.arguments,
                        at: options.places["dockerFile"]
                    )
                }
            return (image.name, built)
        }
        let name = options.imageName(for: target)
        let platform = target.architecture.containerPlatform
        let image = try await shared(platform + " " + name)
            .value {
                do {
                    return try await store.pulledImage(name, platform: platform)
                } catch let error as DiagnosticError {
                    // Options for the container are shown although it was not started, so that they can be checked.
                    let command = program.commandNote(["run"] + (try runArguments(options)) + [name])
                    throw error.about(target, options).noting(command)
                }
            }
        return (name, image)
    }

    /// The digest of a target's image, for keys of what is built in it.
    ///
    /// If the engine cannot be contacted, or no longer has the image, it is the digest that an earlier run has noted, so
    /// that wheels from then can be used.
    ///
    /// - Returns: The digest; `nil` if the image was never used.
    func identity(for target: Target, _ options: ContainerOptions) async throws -> String? {
        let note = try await noteKey(for: target, options)
        let shared = state.withLock { state in
            let shared = state.identities[note.key] ?? SharedResult()
            state.identities[note.key] = shared
            return shared
        }
        let current = try await shared.value {
            guard let program = try? program() else { return nil }
            do {
                return try await ImageStore(program).image(note.image)?.identity
            } catch is DiagnosticError {
                return nil
            }
        }
        if let current { return current }
        return try wheelhouse.note("images", note.key).map { String(decoding: $0, as: UTF8.self).trimmingBlanks }
    }

    /// The digest of a target's image, which is pulled or built first if the engine does not have it.
    ///
    /// - Throws: A `DiagnosticError` if the image cannot be had.
    func preparedIdentity(for target: Target, _ options: ContainerOptions) async throws -> String {
        let image = try await image(for: target, options).1
        let note = try await noteKey(for: target, options)
        state.withLock { state in
            let known = SharedResult<String?>()
            known.set(image.identity)
            state.identities[note.key] = known
        }
        if try wheelhouse.note("images", note.key).map({ String(decoding: $0, as: UTF8.self) }) != image.identity {
            try wheelhouse.setNote("images", note.key, Array(image.identity.utf8))
        }
        return image.identity
    }

    /// The key of the note about an image, and its name.
    private func noteKey(for target: Target, _ options: ContainerOptions) async throws -> (key: String, image: String) {
        let name: String
        if let file = options.file {
            name = try await dockerfileImage(file, target, options).name
        } else {
            name = options.imageName(for: target)
        }
        var key = CacheKey("image", version: 1)
        key.add("name", name)
        key.add("platform", target.architecture.containerPlatform)
        return (key.finish(), name)
    }

    private func dockerfileImage(
        _ file: LocalPath,
        _ target: Target,
        _ options: ContainerOptions
    ) async throws -> DockerfileImage {
        let shared = state.withLock { state in
            let shared = state.files[target] ?? SharedResult()
            state.files[target] = shared
            return shared
        }
        return try await shared.value {
            try await DockerfileImage(
                file: file,
                options: options,
                target: target,
                cache: wheelhouse.root,
                host: host
            )
        }
    }

    private func shared(_ key: String) -> SharedResult<ImageStore.Image> {
        state.withLock { state in
            let shared = state.images[key] ?? SharedResult()
            state.images[key] = shared
            return shared
        }
    }

    private func start(_ target: Target, _ options: ContainerOptions) async throws -> Container {
        let program = try program()
        let (name, image) = try await image(for: target, options)
        var start = ContainerStart(image: name, identity: image.identity)
        start.arguments = try runArguments(options)
        for (variable, value) in options.variables {
            if let value = value ?? host.environment[variable] { start.variables[variable] = value }
        }
        start.greeting = ImagePython.script(for: target)
        let running: RunningContainer
        do {
            running = try await scope.start(start, with: program)
        } catch let error as DiagnosticError {
            throw error.about(target, options)
        }
        let python = try ImagePython(running.greeting).interpreter(for: target, image: name, options)
        return Container(running: running, python: python)
    }

    /// The arguments of `run` that the options of the service result in.
    private func runArguments(_ options: ContainerOptions) throws(DiagnosticError) -> [String] {
        try SSHSharing(options, host).arguments + options.runArguments
    }
}

extension DiagnosticError {
    /// Adds which function needs the image of a target, and the place to correct.
    fileprivate func about(_ target: Target, _ options: ContainerOptions) -> DiagnosticError {
        let user = options.users[target]
        let isOwn = options.image(for: target.runtime) != nil
        return DiagnosticError(
            diagnostics.map { diagnostic in
                var diagnostic = diagnostic
                diagnostic.place =
                    diagnostic.place ?? (isOwn ? options.places["dockerImage"] : nil) ?? user?.place
                    ?? options.places["dockerizePip"]
                if let user {
                    diagnostic.notes.append("function '\(user.function)' has the target '\(target)'")
                }
                return diagnostic
            }
        )
    }
}
