import AWSClient
import CloudFormation
import Diagnostics
package import HostSystem
package import LambdaBundle
import OrderedJSON
import PackageDirectory
import ServerlessConfig
package import ServiceLifecycle

extension Lifecycle<DeployState> {
    /// The lifecycle of `deploy`: that of `package`, and the steps from the package to the running stack.
    ///
    /// AWS is asked how the service is deployed while the artifacts are made.
    ///
    /// - Parameters:
    ///   - options: the options of the deployment.
    ///   - review: what is done if resources would be replaced or deleted.
    ///   - host: the machine.
    ///   - bundler: makes the artifacts.
    ///   - images: finds or builds the images of functions.
    ///   - progress: is called with the progress of the artifacts, on any thread.
    /// - Returns: the steps.
    package static func deploy(
        _ options: DeployState.Options,
        review: ChangeReview = ChangeReview(),
        on host: HostServices,
        _ bundler: Bundler,
        images: @escaping FunctionImageSource = { _ in [:] },
        progress: @escaping @Sendable (BundleProgress) -> Void = { _ in }
    ) -> Lifecycle {
        let steps = packaging(options, on: host, bundler, images: images, progress: progress)
        return Lifecycle(
            steps + (review.isNeeded ? [reviewChanges(review)] : []) + [
                createStack, checkForChanges, uploadArtifacts, validateTemplate, updateStack, protectStack, updateStage,
                gatherInformation, removeOldDeployments, removeOldVersions,
            ]
        )
    }

    /// The steps up to the package, while AWS is asked how the service is deployed.
    static func packaging(
        _ options: DeployState.Options,
        on host: HostServices,
        _ bundler: Bundler,
        images: @escaping FunctionImageSource = { _ in [:] },
        progress: @escaping @Sendable (BundleProgress) -> Void
    ) -> [LifecycleStep<DeployState>] {
        var steps: [LifecycleStep<DeployState>]
        if options.packageDirectory != nil {
            steps = [readPackage]
        } else {
            var packaging = Lifecycle<PackageState>.package(on: host, bundler, images: images, progress: progress)
            if let accelerates = options.accelerates {
                packaging = packaging.inserting(BucketAcceleration.step(accelerates), after: .initialize)
            }
            steps = packaging.steps.map { $0.lifted(to: \.packaging) }
        }
        let packaging = Set(steps.map(\.event))
        let index = steps.firstIndex { $0.event == .createDeploymentArtifacts } ?? 0
        steps.insert(findDeployed(overlapping: packaging), at: index)
        return steps
    }

    /// Runs the steps; if the service is packaged, while no other run writes to the directory of the package.
    ///
    /// - Parameters:
    ///   - start: the state before the first step.
    ///   - files: the file system of the package.
    ///   - onWait: called once if another run writes to the directory.
    ///   - observe: called before each step.
    /// - Returns: the state after the last step.
    /// - Throws: the error of a step, `FileSystemError` if the directory cannot be created, `CancellationError`.
    package func runAlone(
        from start: DeployState,
        in files: any FileSystem,
        onWait: () -> Void,
        observe: (LifecycleEvent) -> Void = { _ in }
    ) async throws -> DeployState {
        guard start.options.packageDirectory == nil else { return try await run(from: start, observe: observe) }
        let directory = start.packaging.directory
        _ = try DeploymentPackage.exists(at: directory, in: files)
        return try await DirectoryLock.with(directory, onWait: onWait) { wasCreated in
            var start = start
            start.packaging.isDirectoryNew = wasCreated
            return try await run(from: start, observe: observe) { failure in
                failure.narrowed(to: \.packaging).discardPackage(from: files)
            }
        }
    }

    private static var readPackage: LifecycleStep<DeployState> {
        LifecycleStep(.readPackage) { state in
            let directory = state.options.packageDirectory ?? state.packaging.directory
            let package = try DeploymentPackage(readingFrom: directory, in: state.context.host.files)
            try state.check(package)
            state.packaging.package = package
        }
    }

    private static func findDeployed(overlapping events: Set<LifecycleEvent>) -> LifecycleStep<DeployState> {
        LifecycleStep(.findDeployed, overlapping: events) { state in
            let deployed = try await DeployedServiceLookup(context: state.context).find()
            return { $0.deployed = deployed }
        }
    }

    // MARK: The stack and its bucket

    private static var createStack: LifecycleStep<DeployState> {
        LifecycleStep(.createStack) { state in
            let context = state.context
            var deployed = try state.made(state.deployed, by: .findDeployed)
            if let stack = deployed.stack {
                deployed.stack = try await OtherUpdate(context: context)
                    .finished(stack, waits: state.options.waitsForOthers)
                if stack.isBusy { deployed = try await DeployedServiceLookup(context: context).find() }
            }
            state.deployed = deployed
            while let deployed = state.deployed, deployed.bucket == nil, let create = try state.package.createTemplate {
                do {
                    state.deployed = try await state.withBucket(create, deployed)
                    return
                } catch is ConflictingUpdate where state.options.waitsForOthers {
                    state.deployed = try await state.afterOtherUpdate()
                }
            }
        }
    }

    // MARK: Changes and uploads

    private static var checkForChanges: LifecycleStep<DeployState> {
        LifecycleStep(.checkForChanges) { state in
            let package = try state.package
            state.artifacts = try await PackagedArtifacts.find(in: state.packaging, package, on: state.context.host)
            let plan = try state.compared()
            if let warning = plan.removed.warning { state.context.report(.finding(warning)) }
            state.plan = plan
        }
    }

    private static var uploadArtifacts: LifecycleStep<DeployState> {
        LifecycleStep(.uploadArtifacts, overlapping: [.validateTemplate]) { state in
            let plan = try state.made(state.plan, by: .checkForChanges)
            guard !plan.isUnchanged else { return { _ in } }
            try await DeploymentUpload(context: state.uploadContext, bucket: try state.bucket).upload(plan)
            return { _ in }
        }
    }

    /// The largest template that CloudFormation takes in a request; a larger one is checked when the stack is changed.
    private static var directTemplateBytes: Int { 51_200 }

    private static var validateTemplate: LifecycleStep<DeployState> {
        LifecycleStep(.validateTemplate) { state in
            let plan = try state.made(state.plan, by: .checkForChanges)
            guard !plan.isUnchanged else { return }
            let text = JSONWriter().text(of: plan.template)
            guard text.utf8.count <= directTemplateBytes else { return }
            do {
                _ = try await state.context.aws.cloudFormation.validate(.body(text))
            } catch let error as AWSError where error.code == "ValidationError" {
                throw DiagnosticError(.templateRefused, "CloudFormation refuses the template: \(error.message)")
            }
        }
    }

    private static var updateStack: LifecycleStep<DeployState> {
        LifecycleStep(.updateStack) { state in
            while true {
                do {
                    state.hasUpdatedStack = try await state.changeStack()
                    state.stack = try await state.stackAfterDeployment()
                    return
                } catch is ConflictingUpdate where state.options.waitsForOthers {
                    state.deployed = try await state.afterOtherUpdate()
                    let plan = try state.compared()
                    state.plan = plan
                    guard !plan.isUnchanged else { continue }
                    try await DeploymentUpload(context: state.uploadContext, bucket: try state.bucket).upload(plan)
                }
            }
        }
    }

    // MARK: After the update

    private static var updateStage: LifecycleStep<DeployState> {
        LifecycleStep(.updateStage, overlapping: [.gatherInformation, .removeOldDeployments]) { state in
            guard let (stack, resources) = state.stack else { return { _ in } }
            try await RestStageSettings(state.context).apply(to: stack, resources)
            return { _ in }
        }
    }

    private static var gatherInformation: LifecycleStep<DeployState> {
        LifecycleStep(.gatherInformation, overlapping: [.removeOldDeployments]) { state in
            guard !state.isUnchanged, let (stack, resources) = state.stack else { return { _ in } }
            let information = try await ServiceInformation.make(state.context, stack, resources)
            return { $0.information = information }
        }
    }

    private static var removeOldDeployments: LifecycleStep<DeployState> {
        LifecycleStep(.removeOldDeployments) { state in
            let plan = try state.made(state.plan, by: .checkForChanges)
            guard !plan.isUnchanged else { return }
            try await OldDeployments(context: state.context, bucket: try state.bucket)
                .prune(state.deployed?.objects ?? [], newest: plan.directory, live: plan.template)
        }
    }
}

extension DeployState {
    /// Makes sure that a package that was read is one of this service, stage and region.
    fileprivate func check(_ package: DeploymentPackage) throws {
        let expected = [
            ("service", context.service.name), ("stage", context.service.stage), ("region", context.aws.region),
        ]
        let found = [package.service, package.stage, package.region]
        for ((name, wanted), value) in zip(expected, found) {
            guard let value, value != wanted else { continue }
            throw DiagnosticError(
                .packageOfOtherTarget,
                "the package in '\(package.directory)' was made for the \(name) '\(value)', not for '\(wanted)'",
                help: ["package the service again, with the same options as for the deployment"]
            )
        }
    }
}
