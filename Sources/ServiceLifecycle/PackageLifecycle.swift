import CloudFormation
import Diagnostics
package import HostSystem
package import LambdaBundle
import PackageDirectory
package import ServerlessConfig

/// Finds or builds the images of a service's functions.
///
/// The result is the URI with the digest for each function whose image is not given by a digest, by its key.
package typealias FunctionImageSource = @Sendable (Service) async throws -> [String: String]

extension Lifecycle<PackageState> {
    /// The lifecycle of `package`, from the configuration to the package on disk.
    ///
    /// The template is compiled while the artifacts are made: neither needs the other before ``LifecycleEvent/finalize``.
    ///
    /// - Parameters:
    ///   - host: the machine.
    ///   - bundler: makes the artifacts.
    ///   - images: finds or builds the images of functions, while the artifacts are made.
    ///   - progress: is called with the progress of the artifacts, on any thread.
    /// - Returns: the steps.
    package static func package(
        on host: HostServices,
        _ bundler: Bundler,
        images: @escaping FunctionImageSource = { _ in [:] },
        progress: @escaping @Sendable (BundleProgress) -> Void = { _ in }
    ) -> Lifecycle {
        Lifecycle([
            LifecycleStep(.cleanup) { state in
                let exists = try DeploymentPackage.exists(at: state.directory, in: host.files)
                state.hadDirectory = exists && !state.isDirectoryNew
            },
            LifecycleStep(.initialize) { state in
                let bundle = try await bundler.prepare(state.request)
                let context = CompileContext(
                    service: state.service,
                    requirementLayers: RequirementLayers(bundle.requirementLayers),
                    artifactDirectory: ArtifactDirectory(
                        of: state.service,
                        milliseconds: Int(host.wallClock.nowMilliseconds)
                    )
                )
                try TemplateCompiler.compile(.deploymentBucket, of: context, into: &state.template)
                state.createTemplate = TemplateCompiler.createTemplate(from: state.template, of: context)
                state.bundle = bundle
                state.context = context
            },
            compiling(.executionRole, .setupProviderConfiguration),
            LifecycleStep(
                .createDeploymentArtifacts,
                overlapping: [.compileLayers, .compileFunctions, .compileEvents]
            ) { state in
                let report = try await bundler.bundle(state.made(state.bundle, by: .initialize), progress: progress)
                return { $0.report = report }
            },
            compiling(.layers, .compileLayers),
            LifecycleStep(.compileFunctions) { state in
                if state.service.functions.contains(where: { $0.image != nil }) {
                    state.context?.images = try await images(state.service)
                }
                let context = try state.made(state.context, by: .initialize)
                try TemplateCompiler.compile(.functions, of: context, into: &state.template)
            },
            LifecycleStep(.compileEvents) { state in
                let context = try state.made(state.context, by: .initialize)
                try TemplateCompiler.compile(.events, of: context, into: &state.template)
                // Making the artifacts can take long: what is wrong with the user's resources is reported before.
                try TemplateCompiler.checkUserResources(of: context, against: state.template)
            },
            LifecycleStep(.finalize) { state in
                let report = try state.made(state.report, by: .createDeploymentArtifacts)
                let context = try state.made(state.context, by: .initialize)
                TemplateCompiler.place(ArtifactReferences(report), of: context, in: &state.template)
            },
            LifecycleStep(.addExportNames) { state in
                let context = try state.made(state.context, by: .initialize)
                TemplateCompiler.nameExports(of: context, in: &state.template)
            },
            LifecycleStep(.mergeUserResources) { state in
                let context = try state.made(state.context, by: .initialize)
                state.document = try TemplateCompiler.mergingUserResources(of: context, into: state.template)
                state.origins = TemplateCompiler.origins(of: context, in: state.template)
            },
            LifecycleStep(.stripNulls) { state in
                let document = try state.made(state.document, by: .mergeUserResources)
                state.document = TemplateCompiler.strippingNulls(from: document)
            },
            LifecycleStep(.saveState) { state in
                let package = try state.deploymentPackage()
                try host.files.createDirectory(package.directory)
                if package.usesCustomResources {
                    let archive = package.directory / CustomResource.archiveName
                    try await SmallArchive.write(CustomResource.files, to: archive)
                }
                try await package.write(to: host.files, isMinified: state.isMinified)
                state.package = package
            },
        ])
    }

    /// Runs the steps while no other run writes to the directory of the package.
    ///
    /// A directory that did not exist is removed again if a step fails.
    ///
    /// - Parameters:
    ///   - start: the state before the first step.
    ///   - files: the file system of the package.
    ///   - onWait: called once if another run writes to the directory.
    ///   - observe: called before each step.
    /// - Returns: the state after the last step.
    /// - Throws: the error of a step, `FileSystemError` if the directory cannot be created, `CancellationError`.
    package func runAlone(
        from start: PackageState,
        in files: any FileSystem,
        onWait: () -> Void,
        observe: (LifecycleEvent) -> Void = { _ in }
    ) async throws -> PackageState {
        _ = try DeploymentPackage.exists(at: start.directory, in: files)
        return try await DirectoryLock.with(start.directory, onWait: onWait) { wasCreated in
            var start = start
            start.isDirectoryNew = wasCreated
            return try await run(from: start, observe: observe, cleanUp: { $0.discardPackage(from: files) })
        }
    }

    /// The step that adds a part of the template.
    private static func compiling(
        _ phase: TemplateCompiler.Phase,
        _ event: LifecycleEvent
    ) -> LifecycleStep<PackageState> {
        LifecycleStep(event) { state in
            let context = try state.made(state.context, by: .initialize)
            try TemplateCompiler.compile(phase, of: context, into: &state.template)
        }
    }
}

extension PackageState {
    /// The package, from the document and the artifacts.
    fileprivate func deploymentPackage() throws -> DeploymentPackage {
        let report = try made(report, by: .createDeploymentArtifacts)
        let document = try made(document, by: .mergeUserResources)
        let state = ServiceState(
            of: try made(context, by: .initialize),
            ArtifactReferences(report),
            serviceArtifact: report.serviceArtifact,
            in: directory.relative(to: service.directory).string
        )
        return DeploymentPackage(
            directory: directory,
            createTemplate: createTemplate,
            updateTemplate: document,
            state: state.document(create: createTemplate, update: document)
        )
    }
}

extension LifecycleFailure<PackageState> {
    /// The steps that leave an earlier package as it is when they fail.
    private static var keepingPackage: Set<LifecycleEvent> {
        [.cleanup, .initialize, .createDeploymentArtifacts, .findDeployed]
    }

    /// Removes what does not belong to a package after a failure.
    ///
    /// If the artifacts cannot be made, an earlier package stays as it is. If the template cannot be made, the templates
    /// and the state of an earlier package are removed, as its artifacts may already be replaced. The whole directory is
    /// removed if it was not there before.
    package func discardPackage(from files: any FileSystem) {
        guard state.package == nil else { return }
        let isTemplateError = !Self.keepingPackage.contains(event) && !(error is CancellationError)
        guard state.report != nil || isTemplateError else { return }
        // The error that led here says more than one about the cleanup.
        try? DeploymentPackage.discard(at: state.directory, in: files, entirely: state.hadDirectory == false)
    }
}
