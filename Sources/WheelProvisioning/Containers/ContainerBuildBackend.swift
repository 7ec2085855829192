import ContainerEngine
import Diagnostics
import HostSystem
import RequirementFormats

/// Builds wheels in the container of their target with the pip of its image.
///
/// The source travels to the container as a tar archive on the input of a program in it, and the wheel back on its
/// output. So no directory has to be shared, and an engine on another system is as good as one on this system.
struct ContainerBuildBackend: WheelBuildBackend {
    let host: HostServices
    let containers: BuildContainers
    let settings: IndexSettings
    let options: ContainerOptions

    var usesContainer: Bool { true }

    func properties(for target: Target) async throws -> [String: String]? {
        guard let identity = try await containers.identity(for: target, options) else { return nil }
        return options.properties.merging(["image": identity]) { $1 }
    }

    func prepare(for target: Target) async throws { _ = try await containers.preparedIdentity(for: target, options) }

    func build(_ project: LocalPath, for target: Target, in folder: LocalPath) async throws -> WheelBuildOutcome {
        let container = try await containers.container(for: target, options)
        let pip = try PipInContainer(settings, keepsConfiguration: false, host: host)
        let source = folder / "source.tar"
        let result = folder / "wheels.tar"
        let name = "source/" + project.lastComponent
        try await pip.write([name: project], to: source, host: host)
        var variables = pip.variables
        if options.bundlesSystemLibraries { variables["LDFLAGS"] = ContainerScripts.linkerFlags }
        let outcome = try await container.running.run(
            ContainerScripts.build,
            [container.python, name] + options.bundleArguments(for: target),
            variables: variables,
            input: source,
            output: result
        )
        if case .failed(let output) = outcome { return .failed(output: Redaction.redactingCredentials(in: output)) }
        let files = try await host.unpack(result, into: folder / "wheels", from: container.running)
        guard let wheel = files.first(where: { $0.hasSuffix(".whl") }) else {
            return .failed(output: "pip has not written a wheel")
        }
        return .built(folder / "wheels" / wheel)
    }
}

extension ContainerOptions {
    /// What affects wheels except the image: the values of `dockerEnv` may be secret, so only the names count.
    var properties: [String: String] {
        func joined(_ words: [String]) -> String { words.map { "\($0.utf8.count):\($0)" }.joined() }
        return [
            "run": joined(runArguments), "build": joined(buildArguments), "variables": joined(variables.keys.sorted()),
            "bundles": "\(bundlesSystemLibraries)",
        ]
    }

    /// The arguments of scripts for the libraries that are added to wheels: those of Lambda, and the script that adds.
    func bundleArguments(for target: Target) -> [String] {
        guard bundlesSystemLibraries, let names = RuntimeLibraries.names(of: target.runtime) else { return ["", ""] }
        let provided = names.sorted() + ["libpython\(target.runtime.version).so.1.0"]
        return [provided.joined(separator: " "), ContainerScripts.bundle]
    }
}

extension HostServices {
    /// Unpacks the archive that a container wrote to its output.
    ///
    /// - Throws: A `DiagnosticError` if it is not complete or not safe.
    func unpack(_ archive: LocalPath, into folder: LocalPath, from container: RunningContainer) async throws -> [String]
    {
        do {
            return try await offPool { [files] in try TarReader(files: files).unpack(archive, into: folder) }
        } catch let error as TarError {
            throw DiagnosticError(
                .containerFailed,
                "cannot read what the container of image '\(container.image)' has built: \(error.summary)",
                help: ["run the command again", "check the memory and the disk of the container engine"]
            )
        }
    }
}

extension TarError {
    /// The error in words.
    fileprivate var summary: String {
        switch self {
        case .truncated: "the archive is not complete"
        case .invalidHeader: "the archive is not valid"
        case .unsafeEntry(let name): "the archive contains '\(name)', which is not a plain file"
        }
    }
}
