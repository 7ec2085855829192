package import Diagnostics
import HostSystem
import PythonPackaging

extension RequirementSet {
    /// The distributions that a lock has for a target, sorted by name; `nil` if the set is not a lock.
    ///
    /// - Parameter target: The target to install for.
    /// - Returns: The distributions, each with the file that fits the target best, wheels before source distributions.
    /// - Throws: A `DiagnosticError` if the lock does not support the target, has two versions of a distribution for
    ///   it, or has no file that can be used.
    package func exactDistributions(for target: Target) throws(DiagnosticError) -> [ExactDistribution]? {
        guard case .lock(let lock) = content else { return nil }
        guard target.runtime.satisfies(lock.requiresPython) else {
            throw DiagnosticError(
                .unsupportedPythonVersion,
                "'\(origin.displayName)' requires Python \(lock.requiresPython), but the target is '\(target)'",
                at: SourcePlace(file: origin.displayName, line: 1, column: 1),
                help: ["allow Python \(target.runtime.version) in the lock file, or set another 'runtime'"]
            )
        }
        var environment = target.markerEnvironment
        environment.dependencyGroups = lock.dependencyGroups
        guard lock.environments.isEmpty || lock.environments.contains(where: { $0.holds(in: environment) }) else {
            throw DiagnosticError(
                .unsupportedEnvironment,
                "'\(origin.displayName)' does not support the target '\(target)'",
                at: SourcePlace(file: origin.displayName, line: 1, column: 1),
                notes: lock.environments.map { "it supports \($0)" },
                help: ["lock for Linux on \(target.architecture.machine) too"]
            )
        }
        let tags = target.supportedTags
        let chosen = try LockedPackageSelector(lock: lock, environment: environment, target: target, origin: origin)
            .packages()
        var result: [ExactDistribution] = []
        for package in chosen.sorted(by: { $0.name < $1.name }) {
            result.append(try distribution(of: package, for: target, tags: tags))
        }
        return result
    }

    private func distribution(
        of package: LockedPackage,
        for target: Target,
        tags: SupportedTags
    ) throws(DiagnosticError) -> ExactDistribution {
        let source: ExactDistribution.Source
        switch package.source {
        case .local(let path): source = try local(path, of: package, for: target, tags: tags)
        case .repository(let address, let commit, let subdirectory):
            source = .repository(address, commit: commit, subdirectory: subdirectory)
        case .archive(let address, let subdirectory):
            source = try archive(address, subdirectory, of: package, for: target, tags: tags)
        case .index(let index):
            guard !package.files.isEmpty else {
                source = .anyFile(hashes: package.hashes, index: index)
                break
            }
            source = try file(of: package, index: index, for: target, tags: tags)
        }
        return ExactDistribution(
            name: package.name,
            version: package.version,
            source: source,
            place: package.place
        )
    }

    /// The source of a local archive, with the hashes that it must have, or of a local directory.
    private func local(
        _ path: LocalPath,
        of package: LockedPackage,
        for target: Target,
        tags: SupportedTags
    ) throws(DiagnosticError) -> ExactDistribution.Source {
        let name = path.lastComponent
        let hashes = package.files.flatMap(\.hashes) + package.hashes
        let file = LockedFile(name: name, path: path, hashes: hashes)
        if let wheel = try? WheelName(parsing: name) {
            guard wheel.rank(in: tags) != nil else { throw noFile(of: package, for: target, files: [name]) }
            return .wheel(file, index: nil)
        }
        let isArchive = !hashes.isEmpty && SourceDistributionName(parsing: name) != nil
        return isArchive ? .sourceDistribution(file, index: nil) : .local(path)
    }

    private func archive(
        _ address: String,
        _ subdirectory: String?,
        of package: LockedPackage,
        for target: Target,
        tags: SupportedTags
    ) throws(DiagnosticError) -> ExactDistribution.Source {
        let hashes = package.files.first?.hashes ?? package.hashes
        let path = address.prefix { $0 != "?" && $0 != "#" }
        let name = String(path.split(separator: "/").last ?? "")
        guard subdirectory == nil, let wheel = try? WheelName(parsing: name) else {
            return .archive(address, subdirectory: subdirectory, hashes: hashes)
        }
        guard wheel.rank(in: tags) != nil else { throw noFile(of: package, for: target, files: [name]) }
        return .wheel(LockedFile(name: name, address: address, hashes: hashes), index: nil)
    }

    private func file(
        of package: LockedPackage,
        index: IndexAddress?,
        for target: Target,
        tags: SupportedTags
    ) throws(DiagnosticError) -> ExactDistribution.Source {
        if !indexes.noBinary.includes(package.name) {
            let wheels = package.files.compactMap { file in
                (try? WheelName(parsing: file.name)).map { (file: file, wheel: $0) }
            }
            if let best = WheelName.best(of: wheels.map(\.wheel), for: tags) {
                return .wheel(wheels[best].file, index: index)
            }
        }
        if !indexes.onlyBinary.includes(package.name),
            let source = package.files.first(where: { SourceDistributionName(parsing: $0.name) != nil })
        {
            return .sourceDistribution(source, index: index)
        }
        throw noFile(of: package, for: target, files: package.files.map(\.name))
    }

    private func noFile(of package: LockedPackage, for target: Target, files: [String]) -> DiagnosticError {
        let version = package.version.map { " \($0)" } ?? ""
        let platformHelp = ForeignPlatform(fileNames: files)
            .map { platform in
                [
                    "add the marker '; \(platform.marker)' to the requirement that needs '\(package.name)', and lock again: "
                        + "it is for \(platform.name) only"
                ]
            }
        return DiagnosticError(
            .noCompatibleFile,
            "'\(origin.displayName)' has no file of '\(package.name)\(version)' that works on '\(target)'",
            at: package.place,
            notes: files.isEmpty ? [] : ["it has \(files.joined(separator: ", "))"],
            help: platformHelp
                ?? [
                    "lock a version that has a wheel for \(target.manylinuxPlatform) or a source distribution",
                    "set a runtime and architecture that it has wheels for",
                ]
        )
    }
}
