import AWSClient
package import Diagnostics
import HostSystem
import ServerlessConfig
package import ServiceLifecycle

/// What is known of a service while it is removed.
package struct RemoveState: Sendable {
    /// The context of the removal.
    package let context: DeploymentContext
    /// The stack before; made by ``LifecycleEvent/findDeployed``.
    var before: StackOperations.Before?
    /// The resources of the stack; made by ``LifecycleEvent/findDeployed``.
    var resources: [StackResource] = []

    /// Creates the state before the first step.
    package init(_ context: DeploymentContext) { self.context = context }

    /// A warning about what AWS does not let remove at once; `nil` if there is none.
    package var finding: Diagnostic? {
        let edge = context.service.functions.filter { $0.events.contains { $0.source == "cloudFront" } }
        guard !edge.isEmpty else { return nil }
        return Diagnostic(
            .warning,
            .edgeFunctionsRemain,
            "Lambda@Edge functions stay until CloudFront has removed their copies",
            notes: edge.map(\.name),
            help: ["delete them after some hours: aws lambda delete-function --function-name NAME"]
        )
    }
}

extension Lifecycle<RemoveState> {
    /// The lifecycle of `remove`: empties the bucket and deletes the stack.
    package static var remove: Lifecycle {
        Lifecycle([
            LifecycleStep(.findDeployed) { state in
                let context = state.context
                let lookup = DeployedServiceLookup(context: context)
                async let stack = context.aws.cloudFormation.stack(context.names.stack)
                async let resources = lookup.presentResources()
                async let event = lookup.newestEvent()
                let found = try await stack
                state.resources = try await resources
                state.before = StackOperations.Before(stack: found, newestEvent: try await event)
                // Objects in a bucket of its own name may be left of a service whose stack is gone.
                if found == nil, context.names.bucket == nil { throw DiagnosticError.missingStack(context) }
                // Before the bucket is emptied: the stack would keep functions whose code is gone.
                if let found, found.isTerminationProtected { throw DiagnosticError.protectedStack(found) }
                if let found, found.status != "DELETE_IN_PROGRESS" {
                    _ = try await OtherUpdate(context: context).finished(found, waits: false)
                }
            },
            LifecycleStep(.releaseUsagePlans) { state in
                try await UsagePlans(context: state.context).release(state.resources)
            },
            LifecycleStep(.emptyBucket) { state in
                guard let bucket = DeploymentBucket(state.context).name(in: state.resources) else { return }
                try await BucketContents(context: state.context, bucket: bucket).empty()
            },
            LifecycleStep(.deleteStack) { state in
                guard let before = state.before else { return }
                try await StackOperations(state.context).delete(before)
            },
            LifecycleStep(.removeRepository) { state in
                try await ServiceRepository(context: state.context).remove()
            },
        ])
    }
}
