import ConfigurationValues
import Diagnostics
import HostSystem
import RequirementFormats

/// Determines the artifacts of a service.
struct BundlePlanner {
    let request: BundleRequest
    let options: RequirementOptions
    let runtimes: RuntimeTable
    let files: any FileSystem
    /// Finds the source of a module's requirements, or `nil` if it has none.
    let requirements: (_ module: String?) throws(DiagnosticError) -> RequirementSource?

    let service: PackageSettings
    var plan = BundlePlan()
    private var functionPatternsWarned = false

    init(
        request: BundleRequest,
        options: RequirementOptions,
        runtimes: RuntimeTable,
        files: any FileSystem,
        requirements: @escaping (_ module: String?) throws(DiagnosticError) -> RequirementSource?
    ) {
        self.request = request
        self.options = options
        self.runtimes = runtimes
        self.files = files
        self.requirements = requirements
        service = PackageSettings(request.package)
    }

    /// Plans the artifacts.
    ///
    /// - Throws: a `DiagnosticError` if a prebuilt artifact or a vendor directory is missing, or if options conflict.
    mutating func makePlan() throws(DiagnosticError) -> BundlePlan {
        var shared: [BundleFunction] = []
        var disabled: [BundleFunction] = []
        var individual: [ArtifactPlan] = []
        var auxiliary: [ArtifactPlan] = []
        for function in request.functions where !function.isImage {
            let settings = PackageSettings(function.package)
            if let artifact = settings.artifact {
                try add(artifact, at: settings.artifactPlace, for: function, to: &individual)
            } else if settings.isDisabled {
                disabled.append(function)
            } else if !settings.isIndividual, !service.isIndividual {
                warnOfPatterns(of: function)
                shared.append(function)
            } else if let artifact = service.artifact, !settings.isIndividual {
                try add(artifact, at: service.artifactPlace, for: function, to: &individual)
            } else {
                let own = try artifact(for: function, settings)
                individual.append(own)
                if let whole = Self.beforeMove(of: own, key: function.key) { auxiliary.append(whole) }
            }
        }
        try addShared(shared + sharing(disabled, with: shared))
        for own in individual { addIndividual(own) }
        try addLayers()
        try addRequirementLayers()
        let taken = Set(plan.artifacts.map(\.path))
        plan.artifacts += auxiliary.filter { !taken.contains($0.path) }
        try checkNames()
        return plan
    }

    // MARK: Functions

    private func payload(for function: BundleFunction, module: String?) throws(DiagnosticError) -> Payload? {
        guard request.installsRequirements, options.layer == nil, let target = runtimes.targets[function.key] else {
            return nil
        }
        let origin = try requirements(module)
        let vendors = try vendors(of: function)
        guard origin != nil || !vendors.isEmpty else { return nil }
        return Payload(origin: origin, target: target, vendors: vendors, isNested: options.nestsArchive)
    }

    private func vendors(of function: BundleFunction?) throws(DiagnosticError) -> [String] {
        var vendors: [String] = []
        let own = function?.vendor.flatMap { setting in setting.string.map { ($0, setting.place) } }
        for (vendor, place) in [options.vendor.map { ($0, options.vendorPlace) }, own].compactMap({ $0 })
        where !vendor.isEmpty {
            let folder = LocalPath(vendor).string
            guard files.isDirectory(request.directory / folder) else {
                let subject = function.map { "function '\($0.key)'" } ?? "the service"
                throw missing(vendor, property: "vendor").error(.missingVendorDirectory, of: subject, at: place)
            }
            if !vendors.contains(folder) { vendors.append(folder) }
        }
        return vendors
    }

    /// A directory that does not exist, for an error.
    func missing(_ name: String, property: String) -> MissingDirectory {
        MissingDirectory(name: name, property: property, request: request, files: files)
    }

    /// The module of a function that is packaged individually, or `nil` for the directory of the service.
    ///
    /// - Throws: a `DiagnosticError` if the module does not exist.
    private func module(of function: BundleFunction) throws(DiagnosticError) -> String? {
        guard request.installsRequirements, runtimes.targets[function.key] != nil,
            let text = function.module?.string, !text.isEmpty
        else { return nil }
        let module = LocalPath(text).string
        // A module outside is reported as such, together with all other names that lead outside.
        guard Self.leadsOutside(module) || files.isDirectory(request.directory / module) else {
            throw missing(text, property: "module")
                .error(.missingModuleDirectory, of: "function '\(function.key)'", at: function.module?.place)
        }
        return module == "." ? nil : module
    }

    private func artifact(
        for function: BundleFunction,
        _ settings: PackageSettings
    ) throws(DiagnosticError) -> ArtifactPlan {
        let module = try module(of: function)
        let files = ProjectFiles(
            rules: rules(exclude: settings.exclude, include: settings.include + settings.patterns),
            module: module,
            excludesDevelopmentDependencies: service.excludesDevelopmentDependencies
        )
        return ArtifactPlan(
            path: module.map { "\($0)-\(function.name).zip" } ?? "\(function.key).zip",
            content: .files(files, try payload(for: function, module: module)),
            functions: [function.key],
            subject: "function '\(function.key)'"
        )
    }

    /// The code of a function with a module, with paths relative to the service.
    ///
    /// Serverless keeps this archive beside the deployed one, and some scripts read it.
    private static func beforeMove(of artifact: ArtifactPlan, key: String) -> ArtifactPlan? {
        guard case .files(var files, _) = artifact.content, files.module != nil else { return nil }
        files.module = nil
        return ArtifactPlan(
            path: "\(key).zip",
            content: .files(files, nil),
            subject: artifact.subject,
            isAuxiliary: true
        )
    }

    private mutating func warnOfPatterns(of function: BundleFunction) {
        guard let patterns = function.package?["patterns"], !functionPatternsWarned else { return }
        functionPatternsWarned = true
        plan.findings.append(
            Diagnostic(
                .warning,
                .ineffectiveProperty,
                "the patterns of function '\(function.key)' have no effect: it is not packaged individually",
                at: patterns.keyPlace ?? patterns.place,
                help: [
                    "set package.individually on the function or the service, or move the patterns to the service"
                ]
            )
        )
    }

    // MARK: Prebuilt artifacts

    private func add(
        _ artifact: String,
        at place: SourcePlace?,
        for function: BundleFunction,
        to artifacts: inout [ArtifactPlan]
    ) throws(DiagnosticError) {
        let prebuilt = try prebuilt(artifact, at: place, subject: "function '\(function.key)'")
        if let known = artifacts.firstIndex(where: { $0.path == prebuilt.path && $0.isPrebuilt }) {
            artifacts[known].functions.append(function.key)
        } else {
            artifacts.append(prebuilt)
            artifacts[artifacts.count - 1].functions = [function.key]
        }
    }

    /// Plans an artifact that the user has built.
    func prebuilt(
        _ artifact: String,
        at place: SourcePlace?,
        subject: String
    ) throws(DiagnosticError) -> ArtifactPlan {
        guard !PackageSettings.isRemote(artifact) else {
            throw DiagnosticError(
                .remotePackageArtifact,
                "package artifact '\(artifact)' of \(subject) is in S3: downloading it is not implemented yet",
                at: place,
                help: ["download it before packaging, such as with 'aws s3 cp', and name the file"]
            )
        }
        let path = request.directory / artifact
        guard files.isFile(path) else {
            throw DiagnosticError(
                .missingPackageArtifact,
                "cannot find package artifact '\(artifact)' of \(subject): no such file",
                at: place,
                help: [
                    BuildStep.help(in: request.directory, files),
                    "create the file before packaging; its path is relative to the service's directory",
                ]
                .compactMap(\.self)
            )
        }
        var plan = ArtifactPlan(path: artifact, content: .prebuilt(path), subject: subject)
        plan.artifactPlace = place
        return plan
    }

    // MARK: The shared artifacts

    private mutating func addShared(_ functions: [BundleFunction]) throws(DiagnosticError) {
        guard !functions.isEmpty else { return }
        if let artifact = service.artifact {
            var shared = try prebuilt(artifact, at: service.artifactPlace, subject: ArtifactPlan.sharedSubject)
            shared.functions = functions.map(\.key)
            plan.serviceArtifact = artifact
            plan.artifacts.append(shared)
            return
        }
        var payloads: [Payload?] = []
        var members: [[String]] = []
        for function in functions {
            let payload = try payload(for: function, module: nil)
            if let group = payloads.firstIndex(of: payload) {
                members[group].append(function.key)
            } else {
                payloads.append(payload)
                members.append([function.key])
            }
        }
        let names = names(of: payloads, members)
        let files = ProjectFiles(
            rules: rules(exclude: [], include: []),
            excludesDevelopmentDependencies: service.excludesDevelopmentDependencies
        )
        for (index, payload) in payloads.enumerated() {
            plan.artifacts.append(
                ArtifactPlan(
                    path: names[index],
                    content: .files(files, payload),
                    functions: members[index],
                    subject: ArtifactPlan.sharedSubject
                )
            )
        }
        plan.serviceArtifact = payloads.firstIndex { $0 != nil }.map { names[$0] } ?? names.first
    }

    /// The names of shared artifacts.
    ///
    /// They consist of the name of the service, the target if there are several, and `-code` for an artifact without
    /// requirements beside others with requirements.
    private func names(of payloads: [Payload?], _ members: [[String]]) -> [String] {
        let withRequirements = payloads.compactMap { $0 }
        return zip(payloads, members)
            .map { payload, functions in
                guard let payload else {
                    return withRequirements.isEmpty ? "\(request.service).zip" : "\(request.service)-code.zip"
                }
                var name = request.service
                if Set(withRequirements.map(\.target)).count > 1 { name += "-\(payload.target.fileNamePart)" }
                // Functions with the same target only differ if one of them has its own vendor directory.
                let twins = withRequirements.filter { $0.target == payload.target }
                if twins.count > 1, payload != twins.first { name += "-\(functions[0])" }
                return name + ".zip"
            }
    }
}

extension ArtifactPlan {
    /// Whether the artifact was built by the user.
    var isPrebuilt: Bool {
        switch content {
        case .prebuilt: true
        case .files, .layer: false
        }
    }
}
