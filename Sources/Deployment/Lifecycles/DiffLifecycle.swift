package import HostSystem
package import LambdaBundle
package import ServiceLifecycle

extension Lifecycle<DeployState> {
    /// The lifecycle of `diff`: that of `deploy` up to the comparison with the deployed service; nothing is changed.
    ///
    /// - Parameters:
    ///   - options: the options, as for a deployment.
    ///   - comparesDrift: whether the resources are compared as they are now, and not as CloudFormation left them.
    ///   - host: the machine.
    ///   - bundler: makes the artifacts.
    ///   - images: finds or builds the images of functions.
    ///   - progress: is called with the progress of the artifacts, on any thread.
    /// - Returns: the steps.
    package static func diff(
        _ options: DeployState.Options,
        comparesDrift: Bool,
        on host: HostServices,
        _ bundler: Bundler,
        images: @escaping FunctionImageSource = { _ in [:] },
        progress: @escaping @Sendable (BundleProgress) -> Void = { _ in }
    ) -> Lifecycle {
        let steps = packaging(options, on: host, bundler, images: images, progress: progress)
        return Lifecycle(steps + [compare(comparesDrift: comparesDrift)])
    }

    private static func compare(comparesDrift: Bool) -> LifecycleStep<DeployState> {
        LifecycleStep(.compare) { state in
            let context = state.context
            try await state.waitForOtherUpdate()
            let deployed = try state.made(state.deployed, by: .findDeployed)
            let package = try state.package
            state.artifacts = try await PackagedArtifacts.find(in: state.packaging, package, on: context.host)
            let plan = DeploymentPlan(package, state.artifacts, deployed: deployed, context, isForced: false)
            state.plan = plan
            state.difference = try await StackComparison(
                context: context,
                origins: state.packaging.origins,
                deployed: deployed
            )
            .difference(plan, comparesDrift: comparesDrift)
        }
    }
}
