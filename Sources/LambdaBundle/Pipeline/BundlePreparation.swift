import ConfigurationValues
import Diagnostics
import HostSystem
import RequirementFormats
import WheelProvisioning

/// The options, the plan and the requirements of a run, determined before anything is downloaded or written.
struct BundlePreparation: Sendable {
    /// The options in `custom.pythonRequirements`.
    var options = RequirementOptions()
    /// The artifacts to make.
    var plan: BundlePlan
    /// The requirements of each source.
    var sets: [RequirementSource: RequirementSet] = [:]
    /// The options for obtaining wheels.
    var provisioningOptions = ProvisioningOptions()
    /// The warnings and notes of all steps so far.
    var findings: [Diagnostic] = []

    /// Reads options and requirement sources, and plans the artifacts.
    ///
    /// - Throws: a `DiagnosticError` if an option, a source or the plan is invalid.
    init(_ request: BundleRequest, files: any FileSystem, environment: Environment) throws(DiagnosticError) {
        guard request.installsRequirements else {
            var planner = BundlePlanner(
                request: request,
                options: options,
                runtimes: RuntimeTable(),
                files: files,
                requirements: { _ throws(DiagnosticError) in nil }
            )
            plan = try planner.makePlan()
            findings = plan.findings
            return
        }
        let runtimes = try RuntimeTable(request)
        options = try RequirementOptions(request.pythonRequirements)
        // Paths are relative to the service's directory; names without a slash are searched for on PATH.
        if let path = options.interpreter, path.contains("/") {
            options.interpreter = (request.directory / path).string
        }
        options.containerOptions.serviceDirectory = request.directory
        options.containerOptions.file = options.containerOptions.file.map { request.directory / $0.string }
        try Self.checkDockerfile(options.containerOptions, request, files)
        let catalog = try RequirementCatalog(
            options,
            directory: request.directory,
            files: files,
            environment: environment
        )
        var planner = BundlePlanner(
            request: request,
            options: options,
            runtimes: runtimes,
            files: files,
            requirements: { module throws(DiagnosticError) in try catalog.requirements(of: module) }
        )
        let modules = request.functions.compactMap { $0.module?.string }
        do throws(DiagnosticError) {
            plan = try planner.makePlan()
        } catch {
            // A layer without requirements has the same cause.
            guard error.diagnostics.first?.code == .emptyRequirementLayer,
                let missing = catalog.missingFile(modules: modules, isError: true)
            else { throw error }
            throw DiagnosticError([missing])
        }
        let missing = catalog.missingFile(modules: modules, isError: plan.hasFunctionsWithoutRequirements(runtimes))
        if let missing, missing.severity == .error { throw DiagnosticError([missing]) }
        sets = catalog.sets
        options.containerOptions.users = Self.users(of: plan, request, runtimes)
        provisioningOptions = WheelCollector.options(options)
        for target in Set(plan.artifacts.compactMap(\.payload?.target)).sorted() {
            try catalog.pipArguments.check(for: target)
            try Self.checkImage(options.containerOptions, for: target, request)
        }
        findings = options.findings + catalog.findings + [missing].compactMap { $0 } + plan.findings
        if !sets.isEmpty { findings += PipConfiguration(environment: environment, files: files).findings }
    }

    /// The requests for wheels of all artifacts, with duplicates.
    var wheelRequests: [WheelRequest] {
        plan.artifacts.compactMap { artifact in
            guard let payload = artifact.payload, let origin = payload.origin else { return nil }
            return WheelRequest(origin: origin, target: payload.target)
        }
    }

    /// The files of each vendor directory, by its path relative to the service.
    func vendorFiles(from tree: FileTree) throws(FileSystemError) -> [String: [SelectedFile]] {
        let folders = Set(plan.artifacts.flatMap { $0.payload?.vendors ?? [] })
        var files: [String: [SelectedFile]] = [:]
        for folder in folders { files[folder] = try tree.select(in: folder, by: SelectionRules()) }
        return files
    }

    /// Checks that the Python version of a named build image is that of a target.
    private static func checkImage(
        _ options: ContainerOptions,
        for target: Target,
        _ request: BundleRequest
    ) throws(DiagnosticError) {
        guard let image = options.image(for: target.runtime),
            let python = ContainerOptions.python(ofPublishedImage: image), python != target.runtime.version
        else { return }
        throw DiagnosticError(
            .imagePythonMismatch,
            "image '\(image)' has Python \(python), which does not match '\(target)'",
            at: request.pythonRequirements?["dockerImage"]?.place,
            help: [
                "remove 'dockerImage': wheels are chosen for the runtime of each function",
                "or set 'dockerImage' to a mapping from runtime to image",
            ]
        )
    }

    /// Checks that the file of `dockerFile` exists.
    private static func checkDockerfile(
        _ options: ContainerOptions,
        _ request: BundleRequest,
        _ files: any FileSystem
    ) throws(DiagnosticError) {
        guard let file = options.file, !files.isFile(file) else { return }
        throw DiagnosticError(
            .imageBuildFailed,
            "cannot find '\(file.relative(to: request.directory))', which 'dockerFile' names",
            at: options.places["dockerFile"],
            help: ["correct the path, which is relative to the service"]
        )
    }

    /// The first function of each target, for errors about the image of the target.
    private static func users(
        of plan: BundlePlan,
        _ request: BundleRequest,
        _ runtimes: RuntimeTable
    ) -> [Target: ContainerOptions.User] {
        var users: [Target: ContainerOptions.User] = [:]
        for function in request.functions {
            guard let target = runtimes.targets[function.key], users[target] == nil else { continue }
            let place = (function.runtime ?? request.runtime)?.place ?? function.place
            users[target] = ContainerOptions.User(function: function.key, place: place)
        }
        return users
    }
}

extension BundlePlan {
    /// Whether a function that runs Python has neither requirements nor vendored files, nor a layer with them.
    fileprivate func hasFunctionsWithoutRequirements(_ runtimes: RuntimeTable) -> Bool {
        guard requirementLayers.isEmpty else { return false }
        return artifacts.contains { artifact in
            !artifact.isPrebuilt && artifact.payload == nil
                && artifact.functions.contains { runtimes.targets[$0] != nil }
        }
    }
}
