import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// Builds wheels on this machine with `uv build`, outside the service's folder.
struct HostBuilder: Sendable {
    let host: HostServices
    let wheelhouse: Wheelhouse
    let uv: UvProgram
    let command: UvCommand
    let fetcher: WheelFetcher
    let options: ProvisioningOptions
    let report: @Sendable (ProvisioningEvent) -> Void

    /// What is to be built.
    enum Source: Sendable {
        /// A source distribution of an index, or an archive at an address.
        case file(WheelFetcher.Asked, subdirectory: String?)
        /// A repository as `git+https://…`.
        case repository(String, commit: String, subdirectory: String?)
        /// A folder or an archive on this machine.
        case local(LocalPath)
    }

    /// The wheel that a source gives for a target: one that was built before from the same source, or a new one.
    ///
    /// - Throws: `DiagnosticError` where it cannot be built, or gives a wheel that does not load on the target.
    func wheel(_ distribution: ExactDistribution, from source: Source, for target: Target) async throws -> StoredWheel {
        let key = try await key(source, target)
        if options.usesWheelCache, let wheel = try wheelhouse.notedWheel("builds", key) { return wheel }
        return try await wheelhouse.locked("build-" + key) {
            if options.usesWheelCache, let wheel = try wheelhouse.notedWheel("builds", key) { return wheel }
            report(.building(distribution.name, target))
            let wheel = try await TemporaryDirectory.with(in: host.environment.temporaryDirectory, files: host.files) {
                folder in
                let project = try await prepare(source, in: folder)
                let file = try await build(project, distribution, target, folder)
                return try await accept(file, distribution, target)
            }
            try wheelhouse.noteWheel("builds", key, wheel)
            report(.built(distribution.name, target))
            return wheel
        }
    }

    private func key(_ source: Source, _ target: Target) async throws -> String {
        var key = CacheKey("build", version: 1)
        key.add("target", target.description)
        key.add("interpreter", options.interpreter ?? "")
        switch source {
        case .file(let asked, let subdirectory):
            key.add("file", asked.file.name)
            key.add("address", Redaction.removingCredentials(in: asked.file.address ?? ""))
            key.add("hashes", asked.file.hashes.map(\.description).sorted())
            key.add("subdirectory", subdirectory ?? "")
            if asked.file.hashes.isEmpty, let path = asked.file.path {
                key.add("content", try await SourceTree(path, files: host.files).digest().hexadecimal)
            }
        case .repository(let address, let commit, let subdirectory):
            key.add("repository", Redaction.removingCredentials(in: address))
            key.add("commit", commit)
            key.add("subdirectory", subdirectory ?? "")
        case .local(let path): key.add("tree", try await SourceTree(path, files: host.files).digest().hexadecimal)
        }
        return key.finish()
    }

    /// Brings the source into a folder of its own.
    ///
    /// - Returns: the project's folder, or the archive that uv unpacks itself.
    private func prepare(_ source: Source, in folder: LocalPath) async throws -> LocalPath {
        switch source {
        case .local(let path):
            if host.files.isFile(path) { return path }
            let copy = folder / "source" / path.lastComponent
            try await SourceTree(path, files: host.files).copy(to: copy)
            return copy
        case .file(let asked, let subdirectory):
            let archive = try await fetcher.file(asked, into: folder).file
            guard let subdirectory else { return archive }
            return try await Repository.unpack(archive, in: folder / "source", host: host) / subdirectory
        case .repository(let address, let commit, let subdirectory):
            let repository = Repository(address: address, commit: commit, settings: command.settings, host: host)
            return try await repository.checkOut(in: folder / "source") / (subdirectory ?? ".")
        }
    }

    private func build(
        _ project: LocalPath,
        _ distribution: ExactDistribution,
        _ target: Target,
        _ folder: LocalPath
    ) async throws -> LocalPath {
        let program = try await uv.locate()
        let output = folder / "wheels"
        var arguments = ["build", "--wheel", "--out-dir", output.string] + command.indexArguments
        let interpreter = BuildInterpreter(host: host, command: command, named: options.interpreter)
        if let python = try await interpreter.argument(for: target, program, in: folder) {
            arguments += ["--python", python]
        }
        let result = try await command.run(program, arguments + [project.string], in: folder)
        let wheels = try host.files.entriesIfPresent(of: output).filter { $0.name.hasSuffix(".whl") }
        guard result.isSuccess, let wheel = wheels.first else {
            throw DiagnosticError(
                "cannot build a wheel of '\(distribution.title)' for '\(target)'",
                category: .build,
                at: distribution.place,
                notes: [Self.reason(distribution)],
                help: Self.remedies(distribution, target),
                toolOutput: UvCommand.ending(of: UvCommand.complaint(result))
            )
        }
        return output / wheel.name
    }

    /// Takes a built wheel into the store if it loads on the target.
    private func accept(
        _ file: LocalPath,
        _ distribution: ExactDistribution,
        _ target: Target
    ) async throws -> StoredWheel {
        let name = try WheelName(parsing: file.lastComponent)
        if let reason = try await offPool({ try LoadCheck.problem(of: file, named: name, on: target) }) {
            throw DiagnosticError(
                "the wheel of '\(distribution.title)' that was built here does not load on '\(target)': \(reason)",
                category: .build,
                at: distribution.place,
                notes: [Self.reason(distribution)],
                help: Self.remedies(distribution, target)
            )
        }
        let asked = WheelFetcher.Asked(
            name: distribution.name,
            file: LockedFile(name: name.fileName, path: file),
            index: nil,
            place: distribution.place
        )
        return try await fetcher.adopt(file, named: name, asked)
    }

    /// Why a distribution was built.
    private static func reason(_ distribution: ExactDistribution) -> String {
        distribution.isProject
            ? "it is a project, of which no index has a wheel, so it was built"
            : "no wheel of it fits the target, so it was built from its source"
    }

    /// What a user can do about a distribution without a wheel that loads.
    static func remedies(_ distribution: ExactDistribution, _ target: Target) -> [String] {
        let change =
            distribution.isProject
            ? "change the project '\(distribution.name)' so that it builds a wheel that loads on the target"
            : "choose a version of '\(distribution.name)' that has a wheel for \(target.manylinuxPlatform) or older, "
                + "or another runtime or architecture that has one"
        return [
            change,
            "build its wheel where the target's Python runs, such as in the image "
                + "'public.ecr.aws/sam/build-\(target.runtime.name):latest-\(target.architecture)', "
                + "and name the wheel's folder with --find-links in the requirements",
            "package on \(target.architecture.machine) Linux with Python \(target.runtime.version) and glibc "
                + "2.\(target.runtime.glibcMinor) or older, where what is built loads on the target",
        ]
    }
}

extension ExactDistribution {
    /// Whether it is a folder on this machine or a repository, and no release.
    fileprivate var isProject: Bool {
        switch source {
        case .local, .repository: true
        case .wheel, .sourceDistribution, .anyFile, .archive: false
        }
    }
}
