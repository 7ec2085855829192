import AWSClient
import ServiceLifecycle

extension Lifecycle<DeployState> {
    /// The step that ends a deployment which would replace or delete what may not be, before anything is changed.
    static func reviewChanges(_ review: ChangeReview) -> LifecycleStep<DeployState> {
        LifecycleStep(.reviewChanges) { state in
            let context = state.context
            try await state.waitForOtherUpdate()
            guard let deployed = state.deployed, let stack = deployed.stack, !stack.isOnlyReviewed else { return }
            let package = try state.package
            let artifacts = try await PackagedArtifacts.find(in: state.packaging, package, on: context.host)
            let plan = DeploymentPlan(
                package,
                artifacts,
                deployed: deployed,
                context,
                isForced: state.options.isForced
            )
            guard !plan.isUnchanged else { return }
            let comparison = StackComparison(context: context, origins: state.packaging.origins, deployed: deployed)
            try await review.check(try await comparison.difference(plan, comparesArtifacts: false))
        }
    }

    /// The step that protects the stack from deletion, or no longer.
    static var protectStack: LifecycleStep<DeployState> {
        LifecycleStep(.protectStack) { state in
            guard let stack = state.deployed?.stack else { return }
            try await StackProtection(of: state.context.service).apply(to: stack, state.context)
        }
    }

    /// The step that removes old versions of functions and layers.
    static var removeOldVersions: LifecycleStep<DeployState> {
        LifecycleStep(.removeOldVersions) { state in
            guard !state.isUnchanged, let versions = try OldVersions(of: state.context.service) else { return }
            try await versions.remove(state.stack?.resources ?? [], state.context)
        }
    }
}

extension DeployState {
    /// Waits for the end of another operation on the stack, or reports it.
    ///
    /// - Throws: the error that names the other operation if there is one and it is not to be waited for.
    mutating func waitForOtherUpdate() async throws {
        guard let stack = try made(deployed, by: .findDeployed).stack, stack.isBusy else { return }
        _ = try await OtherUpdate(context: context).finished(stack, waits: options.waitsForOthers)
        deployed = try await DeployedServiceLookup(context: context).find()
    }
}
