import ConfigurationValues
package import Diagnostics
package import HostSystem
import RequirementFormats
import WheelProvisioning

/// Requirements of functions in a folder, as they would lie in an artifact.
package struct InstalledRequirements: Hashable, Sendable {
    /// The module whose requirements they are, `nil` for those of the service.
    package let module: String?
    /// What they are for, such as `python3.12/arm64`.
    package let target: String
    /// The functions that need them.
    package let functions: [String]
    /// The folder, absolute.
    package let directory: LocalPath
}

extension Bundler {
    /// Installs the requirements of a service's functions below `.serverless`, as artifacts would hold them.
    ///
    /// With `zip`, the archive and its helper are put beside the code too, where ``cleanRequirements(of:)`` finds
    /// them. Requirements that are installed already stay as they are.
    ///
    /// - Parameters:
    ///   - request: the service; without functions that are not wanted.
    ///   - progress: is told how the work goes on, from any thread.
    /// - Returns: what was installed, and what the user should know.
    /// - Throws: `DiagnosticError`, `CancellationError`.
    @concurrent
    package func installRequirements(
        of request: BundleRequest,
        progress: @escaping @Sendable (BundleProgress) -> Void = { _ in }
    ) async throws -> (installed: [InstalledRequirements], findings: [Diagnostic]) {
        try await describingErrors {
            try await run(prepare(request), progress) { run in try await run.installRequirements() }
        }
    }

    /// Removes what ``installRequirements(of:progress:)`` has put beside the code.
    ///
    /// - Parameter request: the service.
    /// - Returns: what was there and is removed.
    /// - Throws: `DiagnosticError` where something cannot be removed.
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

    /// Removes what earlier runs keep in the cache: resolutions, wheels, and what is known of artifacts.
    ///
    /// - Parameter request: the service, whose `cacheLocation` counts.
    /// - Returns: the folders that were there and are removed.
    /// - Throws: `DiagnosticError` where something cannot be removed.
    @discardableResult
    package func cleanCache(of request: BundleRequest) throws -> [LocalPath] {
        do {
            let options = try RequirementOptions(request.pythonRequirements)
            guard let cache = request.cache(options) else { return [] }
            // The folder may be one that holds more than ours.
            return try removed((Self.cacheFolders + Wheelhouse.folders).map { cache / $0 })
        } catch {
            throw DiagnosticError(describing: error)
        }
    }

    /// Removes those of some files and folders that are there.
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
        let collector = WheelCollector(
            provider: provider,
            options: preparation.provisioningOptions,
            clock: clock,
            progress: progress
        )
        let wheels = try await collector.wheels(for: preparation.wheelRequests, of: preparation.sets)
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
        try await TemporaryDirectory.with(in: folder.parent, prefix: ".scratch", files: files) { scratch in
            let content = try await RequirementContent(recipe, openWheels: openWheels, scratch: scratch)
            try await tree.write(content, key: key, to: folder)
            guard isNested else { return }
            _ = try await ArtifactWriter(concurrency: processorCount).write(content, to: archive)
            try files.write(UnzipHelper.source, to: beside / UnzipHelper.fileName)
        }
    }
}
