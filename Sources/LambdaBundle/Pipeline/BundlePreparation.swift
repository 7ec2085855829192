import ConfigurationValues
import Diagnostics
import HostSystem
import RequirementFormats
import WheelProvisioning

/// All that is known of a run before anything is fetched, started or written.
struct BundlePreparation: Sendable {
    /// `custom.pythonRequirements`.
    var options = RequirementOptions()
    /// Which artifacts there will be.
    var plan: BundlePlan
    /// What the requirement sources ask for.
    var sets: [RequirementSource: RequirementSet] = [:]
    /// How wheels are come by.
    var provisioningOptions = ProvisioningOptions()
    /// Warnings and notes that arose.
    var findings: [Diagnostic] = []

    /// Reads options and requirement sources, and plans.
    ///
    /// - Throws: a `DiagnosticError` for whatever of it is wrong.
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
        // A path is one from the service's folder; a mere name is looked for on PATH.
        if let path = options.interpreter, path.contains("/") {
            options.interpreter = (request.directory / path).string
        }
        try Self.refuseContainers(options, request)
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
        plan = try planner.makePlan()
        sets = catalog.sets
        provisioningOptions = WheelCollector.options(options)
        for target in Set(plan.artifacts.compactMap(\.payload?.target)).sorted() {
            try catalog.pipArguments.check(for: target)
            try Self.checkImage(options.containerOptions, for: target, request)
        }
        let modules = request.functions.compactMap { $0.module?.string }
        let missing = catalog.missingFileWarning(modules: modules)
        findings = options.findings + runtimes.findings + catalog.findings + [missing].compactMap { $0 } + plan.findings
        if !sets.isEmpty { findings += PipConfiguration(environment: environment, files: files).findings }
    }

    /// What wheels are wanted for.
    var wheelRequests: [WheelRequest] {
        plan.artifacts.compactMap { artifact in
            guard let payload = artifact.payload, let origin = payload.origin else { return nil }
            return WheelRequest(origin: origin, target: payload.target)
        }
    }

    /// The files of each vendor folder.
    func vendorFiles(from tree: FileTree) throws(FileSystemError) -> [String: [SelectedFile]] {
        let folders = Set(plan.artifacts.flatMap { $0.payload?.vendors ?? [] })
        var files: [String: [SelectedFile]] = [:]
        for folder in folders { files[folder] = try tree.select(in: folder, by: SelectionRules()) }
        return files
    }

    /// Checks that a build image that was named has the Python of a target.
    private static func checkImage(
        _ options: ContainerOptions,
        for target: Target,
        _ request: BundleRequest
    ) throws(DiagnosticError) {
        guard let image = options.image(for: target.runtime),
            let python = ContainerOptions.python(ofPublishedImage: image), python != target.runtime.version
        else { return }
        throw DiagnosticError(
            "'\(image)' has Python \(python), not that of '\(target)'",
            category: .build,
            at: request.pythonRequirements?["dockerImage"]?.place,
            help: [
                "leave 'dockerImage' out: each function gets what fits its own runtime",
                "or let 'dockerImage' be a map from runtime to image",
            ]
        )
    }

    /// Tells that something is asked for which only a container has.
    private static func refuseContainers(
        _ options: RequirementOptions,
        _ request: BundleRequest
    ) throws(DiagnosticError) {
        guard let option = options.containerOptions.demandingOption else { return }
        throw DiagnosticError(
            "'custom.pythonRequirements.\(option)' asks for a container, and none can be started",
            category: .build,
            at: request.pythonRequirements?[option]?.place,
            notes: ["wheels are chosen for the runtime and architecture of each function, without a container"],
            help: [
                "leave '\(option)' out where wheels are enough",
                "or build wheels of what has none in the image, and name their folder by --find-links",
                "or put ready files into a folder and name it by the option 'vendor'",
            ]
        )
    }
}
