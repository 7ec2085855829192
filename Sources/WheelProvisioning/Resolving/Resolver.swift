import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// Resolves requirements for a target with uv; the result is a lock, which is cached under a key of all inputs.
struct Resolver: Sendable {
    let host: HostServices
    let wheelhouse: Wheelhouse
    let uv: UvProgram
    let command: UvCommand
    let index: IndexClient
    let options: ProvisioningOptions
    let report: @Sendable (ProvisioningEvent) -> Void

    private var settings: IndexSettings { command.settings }

    /// The exact distributions that satisfy requirements on a target, as a requirement set with a lock.
    ///
    /// - Parameters:
    ///   - set: The requirement set.
    ///   - list: The requirements of the set that are resolved.
    ///   - target: The target to install for.
    ///   - refreshes: Whether cached resolutions and cached responses of indexes are ignored.
    ///   - willResolve: Called before uv is located and run, but not if there is a cached resolution.
    /// - Returns: The lock, and whether an earlier run created it.
    /// - Throws: A `TargetError` if there is no solution, `DiagnosticError`, `FileSystemError`, `CancellationError`.
    func lock(
        _ set: RequirementSet,
        _ list: RequirementList,
        target: Target,
        refreshes: Bool,
        willResolve: () -> Void
    ) async throws -> (RequirementSet, Bool) {
        let hashes = try set.requiredHashes(for: target)
        let key = try await key(list, set.indexes, target)
        let usesCache = options.usesResolutionCache && !refreshes
        if usesCache, let lock = try kept(key, set, list, hashes) { return (lock, true) }
        return try await wheelhouse.locked("resolution-" + key) {
            if usesCache, let lock = try kept(key, set, list, hashes) { return (lock, true) }
            willResolve()
            async let refusals = refusals(of: list, target)
            let text = try await resolve(set, list, target, refreshes: refreshes)
            for refusal in try await refusals { report(.found(refusal)) }
            try wheelhouse.setNote("resolutions", key, Array(text.utf8))
            if options.maximumResolutions > 0 {
                try wheelhouse.prune("resolutions", keeping: options.maximumResolutions)
            }
            guard let lock = try read(key, set, list, hashes) else {
                throw DiagnosticError(
                    .resolutionFailed,
                    "the resolution of '\(set.origin.displayName)' was removed from the cache by another program",
                    help: ["run the command again"]
                )
            }
            return (lock, false)
        }
    }

    /// Removes the cached resolution of requirements for a target.
    func forget(_ set: RequirementSet, _ list: RequirementList, target: Target) async throws {
        try wheelhouse.removeNote("resolutions", try await key(list, set.indexes, target))
    }

    /// Reads the resolution of an earlier run; `nil` if there is none.
    ///
    /// It is also `nil` if the resolution is invalid or incomplete: if that does not change when it is resolved again,
    /// the error is reported then.
    private func kept(
        _ key: String,
        _ set: RequirementSet,
        _ list: RequirementList,
        _ hashes: [PackageName: Set<FileHash>]
    ) throws -> RequirementSet? {
        do {
            return try read(key, set, list, hashes)
        } catch is DiagnosticError {
            return nil
        }
    }

    /// Reads a cached resolution; `nil` if there is none.
    private func read(
        _ key: String,
        _ set: RequirementSet,
        _ list: RequirementList,
        _ hashes: [PackageName: Set<FileHash>]
    ) throws -> RequirementSet? {
        guard try wheelhouse.note("resolutions", key) != nil else { return nil }
        let file = wheelhouse.notePath("resolutions", key)
        let origin = RequirementSource(kind: .pylock, file: file, displayName: set.origin.displayName)
        let reader = RequirementSourceReader(files: wheelhouse.files, serviceFolder: file.parent)
        var result = try reader.read(origin)
        guard case .lock(var lock) = result.content else { return nil }
        for index in lock.packages.indices {
            let name = lock.packages[index].name
            let entry =
                list.requirements.first { $0.name == name }
                ?? list.requirements.first { $0.isFor(lock.packages[index].source) }
            lock.packages[index].place = entry?.place
            guard let wanted = hashes[name] else {
                if !hashes.isEmpty, set.indexes.requiresHashes { throw Self.unhashed(name, set) }
                continue
            }
            let files = lock.packages[index].files
            let fitting = files.filter { !wanted.isDisjoint(with: $0.hashes) || Self.isOfOtherAlgorithm($0, wanted) }
            guard files.isEmpty || !fitting.isEmpty else { throw Self.mismatch(name, files, wanted, entry?.place) }
            // If the algorithms differ, the hash is compared when the file has been downloaded.
            lock.packages[index].files = fitting.map { file in
                var file = file
                if wanted.isDisjoint(with: file.hashes) { file.hashes = wanted.sorted() }
                return file
            }
        }
        // The lock has the Python version of the host; uv has resolved for that of the target.
        lock.requiresPython = VersionSpecifierSet()
        result.content = .lock(lock)
        result.origin = set.origin
        result.indexes = set.indexes
        return result
    }

    private static func isOfOtherAlgorithm(_ file: LockedFile, _ wanted: Set<FileHash>) -> Bool {
        Set(file.hashes.map(\.algorithm)).isDisjoint(with: wanted.map(\.algorithm))
    }

    /// The key of a resolution: a digest of all inputs except the content of the indexes.
    private func key(_ list: RequirementList, _ indexes: IndexOptions, _ target: Target) async throws -> String {
        var key = CacheKey("resolution", version: 1)
        key.add("uv", UvProgram.version)
        key.add("python", "\(target.runtime.fullVersion)")
        key.add("platform", Self.platform(target))
        key.add("interpreter", options.interpreter ?? "")
        func lines(_ list: [RequirementEntry]) -> [String] {
            list.map { Redaction.removingCredentials(in: $0.line(withHashes: true)) }
        }
        key.add("requirement", lines(list.requirements))
        key.add("constraint", lines(list.constraints))
        key.add("index", settings.allIndexes.map(\.location))
        for place in settings.findLinks {
            switch place {
            case .address(let address): key.add("find-links", address.location)
            case .local(let folder):
                key.add("find-links", folder.string)
                key.add("file", try host.files.entriesIfPresent(of: folder).map(\.name))
            }
        }
        key.add("formats", formatArguments)
        key.add("options", ["\(settings.allowsPreReleases)", "\(indexes.ignoresDependencies)"])
        for name in Self.decisiveVariables { key.add(name, host.environment[name] ?? "") }
        for name in ["UV_CONSTRAINT", "UV_OVERRIDE", "UV_BUILD_CONSTRAINT"] {
            for file in (host.environment[name] ?? "").split(separator: " ") {
                // uv reports a missing file.
                let bytes = try host.files.readIfPresent(LocalPath(String(file)))
                key.add(name, [String(file), SHA256.digest(of: bytes ?? []).hexadecimal])
            }
        }
        for entry in list.requirements + list.constraints {
            guard case .local(let path, _, _, _) = entry.subject else { continue }
            key.add("tree", try await SourceTree(path, files: host.files).digest().hexadecimal)
        }
        return key.finish()
    }

    /// The environment variables of uv that affect a resolution, except those with paths of files.
    private static let decisiveVariables = [
        "UV_INDEX_STRATEGY", "UV_PRERELEASE", "UV_RESOLUTION", "UV_EXCLUDE_NEWER", "UV_NO_BINARY",
        "UV_NO_BINARY_PACKAGE", "UV_NO_BUILD", "UV_NO_BUILD_PACKAGE", "UV_NO_SOURCES", "UV_TORCH_BACKEND",
    ]

    /// The arguments of uv for `--no-binary` and `--only-binary`.
    private var formatArguments: [String] {
        func arguments(_ option: String, _ control: FormatControl) -> [String] {
            (control.isAll ? [":all:"] : control.names.map(\.normalized).sorted()).flatMap { [option, $0] }
        }
        return arguments("--no-binary", settings.noBinary) + arguments("--only-binary", settings.onlyBinary)
    }

    /// The newest platform of a target that uv has a name for; glibc versions before 2.28 are treated as 2.17.
    static func platform(_ target: Target) -> String {
        let glibc = target.runtime.glibcMinor
        let known = glibc >= 31 ? min(glibc, 40) : glibc >= 28 ? 28 : 17
        return "\(target.architecture.machine)-manylinux_2_\(known)"
    }

    /// Resolves with wheels only or, if there is no such solution, with as few source distributions as possible.
    private func resolve(
        _ set: RequirementSet,
        _ list: RequirementList,
        _ target: Target,
        refreshes: Bool
    ) async throws -> String {
        let program = try await uv.locate()
        return try await TemporaryDirectory.with(in: host.environment.temporaryDirectory, files: host.files) { folder in
            // uv builds distributions without wheels to find their dependencies, which may need the target's Python.
            let interpreter = BuildInterpreter(host: host, command: command, named: options.interpreter)
            let python =
                try await interpreter.resolvingArgument(for: target, program, in: folder).map { ["--python", $0] } ?? []
            let run = ResolverRun(
                folder: folder,
                files: wheelhouse.files,
                output: wheelhouse.root / "resolutions",
                program: program,
                command: command,
                arguments: formatArguments + arguments(set.indexes, target) + python + (refreshes ? ["--refresh"] : []),
                report: report
            )
            try run.prepare(list)
            let hasFormats = settings.noBinary.isAll || !settings.noBinary.names.isEmpty
            if !hasFormats {
                let result = try await run.attempt(["--only-binary", ":all:"])
                if case .lock(let text) = result { return text }
                // With status 1 there is no solution with wheels only; other errors would not disappear with sources.
                if case .failed(let code, let output) = result, code != 1 || settings.onlyBinary.isAll {
                    throw try await failure(set, list, target, output)
                }
            }
            var wheelsOnly: Set<PackageName> = []
            var best: String?
            while true {
                let names = wheelsOnly.map(\.normalized).sorted().flatMap { ["--only-binary", $0] }
                switch try await run.attempt(names) {
                case .lock(let text):
                    best = text
                    let more = try await builtThoughWheelsExist(text, target).subtracting(wheelsOnly)
                    if more.isEmpty { return text }
                    wheelsOnly.formUnion(more)
                case .failed(_, let output):
                    // The previous solution is still valid.
                    guard let best else { throw try await failure(set, list, target, output) }
                    return best
                }
            }
        }
    }

    private func arguments(_ indexes: IndexOptions, _ target: Target) -> [String] {
        var arguments = [
            "--python-version", "\(target.runtime.fullVersion)", "--python-platform", Self.platform(target),
        ]
        if settings.allowsPreReleases { arguments += ["--prerelease", "allow"] }
        if indexes.ignoresDependencies { arguments.append("--no-deps") }
        return arguments + command.indexArguments
    }

    /// The distributions of a resolution that would be built although another version has a wheel for the target.
    private func builtThoughWheelsExist(_ text: String, _ target: Target) async throws -> Set<PackageName> {
        let lock = try Pylock(parsing: Array(text.utf8))
        let tags = target.supportedTags
        let built = lock.packages.filter { package in
            package.sourceDistribution != nil && !settings.noBinary.includes(package.name)
                && WheelName.best(of: package.wheels.compactMap { try? WheelName(parsing: $0.name) }, for: tags) == nil
        }
        let names = try await built.concurrentMap(limit: 8) { package -> PackageName? in
            let files = try await index.files(of: package.name, in: nil)
            let wheels = files.compactMap { try? WheelName(parsing: $0.name) }
            return WheelName.best(of: wheels, for: tags) == nil ? nil : package.name
        }
        return Set(names.compactMap { $0 })
    }

    private func failure(
        _ set: RequirementSet,
        _ list: RequirementList,
        _ target: Target,
        _ output: String
    ) async throws -> TargetError {
        var failure = UvFailure(
            list: list,
            output: output,
            indexes: settings.allIndexes,
            access: settings.access,
            cache: command.uvCache
        )
        if failure.isWithoutSolution {
            // uv does not report that an index denies access, and which versions and files there are.
            failure.surveys = try await failure.projects.concurrentMap(limit: 8) { try await index.survey(of: $0) }
        }
        return failure.error(of: set.origin.displayName, for: target)
    }
}
