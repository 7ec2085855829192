import ConfigurationValues
package import Diagnostics
package import HostSystem
import RequirementFormats
import WheelProvisioning

/// Requirements of functions that are installed in a directory, as in an artifact.
package struct InstalledRequirements: Hashable, Sendable {
    /// The module that has the requirements, or `nil` for the service.
    package let module: String?
    /// The target, such as `python3.12/arm64`.
    package let target: String
    /// The keys of the functions that use them.
    package let functions: [String]
    /// The absolute path of the directory.
    package let directory: LocalPath
}

extension Bundler {
    /// Installs the requirements of the functions of a service below `.serverless`, as in artifacts.
    ///
    /// With the option `zip`, the archive and its helper are also written beside the code, where
    /// ``cleanRequirements(of:)`` removes them. Requirements that are already installed stay unchanged.
    ///
    /// - Parameters:
    ///   - request: the service, with only the functions whose requirements are installed.
    ///   - onWait: called once, with the directory, if another run writes to it.
    ///   - progress: receives the progress, on any thread.
    /// - Returns: the installed requirements, and warnings and notes about them.
    /// - Throws: `DiagnosticError`, `CancellationError`.
    @concurrent
    package func installRequirements(
        of request: BundleRequest,
        onWait: (LocalPath) -> Void = { _ in },
        progress: @escaping @Sendable (BundleProgress) -> Void = { _ in }
    ) async throws -> (installed: [InstalledRequirements], findings: [Diagnostic]) {
        try await describingErrors {
            let bundle = try await prepare(request)
            // Without requirements nothing is written, so the directory is neither created nor locked.
            guard bundle.preparation.plan.artifacts.contains(where: { $0.payload != nil }) else {
                return ([], bundle.preparation.findings)
            }
            let output = request.directory / ".serverless"
            return try await DirectoryLock.with(output, onWait: { onWait(output) }) { _ in
                try await run(bundle, progress) { run in try await run.installRequirements() }
            }
        }
    }

    /// Removes the files that ``installRequirements(of:progress:)`` writes beside the code.
    ///
    /// - Parameter request: the service.
    /// - Returns: the files that were removed.
    /// - Throws: `DiagnosticError` if a file cannot be removed.
    @discardableResult
    package func cleanRequirements(of request: BundleRequest) throws -> [LocalPath] {
        do {
            let options = try RequirementOptions(request.pythonRequirements)
            var names = [".requirements"]
            if options.nestsArchive {
                let modules = request.functions.compactMap { $0.module?.string } + ["."]
                for module in Set(modules).sorted() {
                    names += [NestedRequirements.archiveName, UnzipHelper.fileName].map { "\(module)/\($0)" }
                }
            }
            return try removed(names.map { request.directory / $0 })
        } catch {
            throw DiagnosticError(describing: error)
        }
    }

    /// Removes resolutions, wheels, and information about artifacts from the cache.
    ///
    /// - Parameter request: the service, which may set `cacheLocation`.
    /// - Returns: the directories that were removed.
    /// - Throws: `DiagnosticError` if a file cannot be removed.
    @discardableResult
    package func cleanCache(of request: BundleRequest) throws -> [LocalPath] {
        do {
            let options = try RequirementOptions(request.pythonRequirements)
            guard let cache = request.cache(options) else { return [] }
            // The directory may contain files of other programs.
            return try removed((Self.cacheFolders + Wheelhouse.folders).map { cache / $0 })
        } catch {
            throw DiagnosticError(describing: error)
        }
    }

    /// Removes files and directories if they exist.
    private func removed(_ paths: [LocalPath]) throws(FileSystemError) -> [LocalPath] {
        let present = paths.filter { host.files.exists($0) }
        for path in present { try host.files.remove(path) }
        return present
    }
}

extension BundleRun {
    /// Installs the requirements of all functions.
    func installRequirements() async throws -> (installed: [InstalledRequirements], findings: [Diagnostic]) {
        let preparation = self.preparation
        let wheels = try await collectedWheels()
        let vendors = try preparation.vendorFiles(from: tree)
        var places: [LocalPath: (input: ArtifactInput, module: String?, functions: [String])] = [:]
        for plan in preparation.plan.artifacts {
            guard let folder = requirementFolder(of: plan, in: request.directory / ".serverless"),
                case .files(let scope, _) = plan.content
            else { continue }
            let input = ArtifactInput(
                plan,
                files: [],
                options: preparation.options,
                wheels: wheels,
                vendors: vendors
            )
            places[folder, default: (input, scope.module, [])].functions += plan.functions
        }
        var installed: [InstalledRequirements] = []
        for (folder, place) in places.sorted(by: { $0.key < $1.key }) {
            try await install(place.input, in: folder, module: place.module)
            installed.append(
                InstalledRequirements(
                    module: place.module,
                    target: place.input.recipe?.target.description ?? "",
                    functions: place.functions,
                    directory: folder
                )
            )
        }
        return (installed, preparation.findings)
    }

    private func install(_ input: ArtifactInput, in folder: LocalPath, module: String?) async throws {
        guard let recipe = input.recipe, let key = input.recipeKey else { return }
        let tree = RequirementTree(files: files, processorCount: processorCount)
        let beside = request.directory / (module ?? ".")
        let isNested = input.plan.payload?.isNested == true
        let archive = beside / NestedRequirements.archiveName
        if tree.holds(key, folder), !isNested || files.isFile(archive) { return }
        try files.createDirectory(folder.parent)
        TemporaryDirectory.removeAbandoned(in: folder.parent, prefix: ".scratch", files: files)
        try await TemporaryDirectory.with(in: folder.parent, prefix: ".scratch", files: files) { scratch in
            let content = try await RequirementContent(recipe, openWheels: openWheels, scratch: scratch)
            try await tree.write(content, key: key, to: folder)
            guard isNested else { return }
            _ = try await ArtifactWriter(concurrency: processorCount).write(content, to: archive)
            try files.write(UnzipHelper.source, to: beside / UnzipHelper.fileName)
        }
    }
}
