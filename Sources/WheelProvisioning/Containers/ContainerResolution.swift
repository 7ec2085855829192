import ContainerEngine
import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// Resolves and builds all requirements for a target in its container, with the pip of the image.
///
/// This is done if the service requests something that only the container has: with `dockerFile`, `dockerExtraFiles` or an
/// image of its own, the pip.conf, the certificates and the libraries of the image count. It is also done if the
/// dependencies of a source distribution are only known to a build that this system cannot run. The container hands back
/// wheels, which are treated as any others.
struct ContainerResolution: Sendable {
    let host: HostServices
    let containers: BuildContainers
    let fetcher: WheelFetcher
    let settings: IndexSettings
    let options: ProvisioningOptions
    let report: @Sendable (ProvisioningEvent) -> Void

    private var container: ContainerOptions { options.containers }
    private var wheelhouse: Wheelhouse { fetcher.wheelhouse }

    /// The wheels for requirements on a target.
    ///
    /// - Throws: A `DiagnosticError` if pip fails, or if a wheel does not work on the target.
    func wheels(for requirements: RequirementSet, target: Target) async throws -> [StoredWheel] {
        let input = try ContainerRequirements(requirements, options, target)
        if let key = try await key(input, target), options.usesResolutionCache,
            let known = try wheelhouse.notedWheels("installations", key)
        {
            report(.resolved(target, distributions: known.count, isReused: true))
            return known
        }
        _ = try await containers.preparedIdentity(for: target, container)
        let key = try await key(input, target) ?? ""
        return try await wheelhouse.locked("installation-" + key) {
            if options.usesResolutionCache, let known = try wheelhouse.notedWheels("installations", key) {
                report(.resolved(target, distributions: known.count, isReused: true))
                return known
            }
            let temporary = host.environment.temporaryDirectory
            let wheels = try await TemporaryDirectory.with(in: temporary, files: host.files) { folder in
                try await resolve(requirements, input, target, in: folder)
            }
            try wheelhouse.noteWheels("installations", key, wheels)
            report(.resolved(target, distributions: wheels.count, isReused: false))
            return wheels
        }
    }

    private func resolve(
        _ requirements: RequirementSet,
        _ input: ContainerRequirements,
        _ target: Target,
        in folder: LocalPath
    ) async throws -> [StoredWheel] {
        let started = try await containers.container(for: target, container)
        let pip = try PipInContainer(settings, keepsConfiguration: true, host: host)
        var sources: [String: LocalPath] = [:]
        for (name, path) in input.projects {
            if host.files.isFile(path) {
                sources[name] = path
            } else {
                let copy = folder / "projects" / name
                try await SourceTree(path, files: host.files).copy(to: copy)
                sources[name] = copy
            }
        }
        let contents = ["requirements.txt": input.requirements, "constraints.txt": input.constraints]
        try await pip.write(sources, contents: contents, to: folder / "source.tar", host: host)
        var variables = pip.variables
        if container.bundlesSystemLibraries { variables["LDFLAGS"] = ContainerScripts.linkerFlags }
        let outcome = try await started.running.run(
            ContainerScripts.resolve,
            [started.python] + container.bundleArguments(for: target) + arguments(requirements),
            variables: variables,
            input: folder / "source.tar",
            output: folder / "wheels.tar"
        )
        if case .failed(let output) = outcome { throw failure(requirements, target, output) }
        let files = try await host.unpack(folder / "wheels.tar", into: folder / "wheels", from: started.running)
        var wheels: [StoredWheel] = []
        for file in files where file.hasSuffix(".whl") {
            let wheel = try await accept(folder / "wheels" / file, requirements, target)
            if !options.excluded.contains(wheel.name.name) { wheels.append(wheel) }
        }
        wheels.sort { $0.name.name < $1.name.name }
        if !container.extraFiles.isEmpty {
            wheels.append(
                try await ExtraFiles(host: host, fetcher: fetcher, options: container).wheel(from: started, in: folder)
            )
        }
        return wheels
    }

    private func accept(
        _ file: LocalPath,
        _ requirements: RequirementSet,
        _ target: Target
    ) async throws -> StoredWheel {
        let name = try WheelName(parsing: file.lastComponent)
        let distribution = ExactDistribution(
            name: name.name,
            version: name.version,
            source: .local(file),
            place: requirements.place(of: name.name)
        )
        // A wheel of an index has a tag of a platform with a version, or of none.
        let isBuilt = name.tags.contains { $0.platform.hasPrefix("linux_") }
        return try await BuildAcceptance(fetcher: fetcher)
            .accept(file, of: distribution, for: target, isBuilt ? .container : .index)
    }

    private func arguments(_ requirements: RequirementSet) -> [String] {
        func arguments(_ option: String, _ control: FormatControl) -> [String] {
            (control.isAll ? [":all:"] : control.names.map(\.normalized).sorted()).flatMap { [option, $0] }
        }
        var result = arguments("--no-binary", settings.noBinary) + arguments("--only-binary", settings.onlyBinary)
        if settings.allowsPreReleases { result.append("--pre") }
        if case .lock = requirements.content { return result + ["--no-deps"] }
        if requirements.indexes.requiresHashes { result.append("--require-hashes") }
        return result + (requirements.indexes.ignoresDependencies ? ["--no-deps"] : [])
    }

    private func failure(_ requirements: RequirementSet, _ target: Target, _ output: String) -> DiagnosticError {
        let output = Redaction.redactingCredentials(in: output)
        let build = BuildOutput(ofPip: output)
        let errors = ToolOutput(output).lines.filter { $0.hasPrefix("ERROR: ") }.map { String($0.dropFirst(7)) }
        let cause = build.cause.map { $0.hasPrefix("ERROR: ") ? String($0.dropFirst(7)) : $0 } ?? errors.last
        var help = [
            "correct the requirement, or install what it needs in the image: set 'dockerFile' to a Dockerfile"
        ]
        if let header = build.missingHeader {
            help = ["install the library that provides '\(header)' in the image: set 'dockerFile' to a Dockerfile"]
        }
        let origin = requirements.origin.displayName
        return DiagnosticError(
            .buildFailed,
            "cannot install '\(origin)' for '\(target)' in a container" + (cause.map { ": \($0)" } ?? ""),
            at: SourcePlace(file: origin, line: 1, column: 1),
            notes: container.optionThatNeedsContainer(for: target)
                .map { ["pip runs in the container because of '\($0)'"] }
                ?? ["pip runs in the container to find the dependencies of a source distribution"],
            help: help,
            toolOutput: output
        )
    }

    /// The key of the wheels; `nil` if the image is not known before it is pulled or built.
    private func key(_ input: ContainerRequirements, _ target: Target) async throws -> String? {
        guard let identity = try await containers.identity(for: target, container) else { return nil }
        var key = CacheKey("installation", version: 1)
        key.add("target", target.description)
        key.add("image", identity)
        for (name, value) in container.properties.sorted(by: { $0.key < $1.key }) { key.add(name, value) }
        key.add("requirements", Redaction.removingCredentials(in: input.requirements))
        key.add("constraints", Redaction.removingCredentials(in: input.constraints))
        for (name, path) in input.projects.sorted(by: { $0.key < $1.key }) {
            key.add(name, try await SourceTree(path, files: host.files).digest().hexadecimal)
        }
        key.add("index", settings.allIndexes.map(\.location))
        key.add("excluded", options.excluded.map(\.normalized).sorted())
        key.add("extra", container.extraFiles)
        key.add("pre", "\(settings.allowsPreReleases)")
        key.add("formats", ["\(settings.noBinary.isAll)"] + settings.noBinary.names.map(\.normalized).sorted())
        key.add("wheels", ["\(settings.onlyBinary.isAll)"] + settings.onlyBinary.names.map(\.normalized).sorted())
        for place in settings.findLinks {
            switch place {
            case .address(let address): key.add("links", address.location)
            case .local(let folder):
                key.add("links", try host.files.entriesIfPresent(of: folder).map(\.name))
            }
        }
        return key.finish()
    }
}
