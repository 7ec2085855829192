import AWSClient
package import Diagnostics
import HostSystem
import OrderedJSON
package import ServiceLifecycle

/// What is known of a service while it is rolled back.
package struct RollbackState: Sendable {
    /// The context of the rollback.
    package let context: DeploymentContext
    /// The time of the deployment to return to, in milliseconds since 1970.
    package let milliseconds: Int64
    /// The bucket and the deployment; made by ``LifecycleEvent/findDeployment``.
    var found: (bucket: String, deployment: StoredDeployment)?
    /// The stack before; made by ``LifecycleEvent/findDeployment``.
    var before: StackOperations.Before?
    /// Whether anything was changed; made by ``LifecycleEvent/rollBack``.
    package var hasChanged: Bool?

    /// Creates the state before the first step.
    package init(_ context: DeploymentContext, to milliseconds: Int64) {
        self.context = context
        self.milliseconds = milliseconds
    }
}

extension Lifecycle<RollbackState> {
    /// The lifecycle of `rollback`: updates the stack with the template of an earlier deployment.
    package static var rollback: Lifecycle {
        Lifecycle([
            LifecycleStep(.findDeployment) { state in
                let context = state.context
                let lookup = DeployedServiceLookup(context: context)
                async let stored = DeploymentBucket(context).deployments()
                async let stack = context.aws.cloudFormation.stack(context.names.stack)
                async let event = lookup.newestEvent()
                let (bucket, deployments) = try await stored
                guard let deployment = deployments.first(where: { $0.milliseconds == state.milliseconds }) else {
                    throw DiagnosticError(
                        .unknownDeployment,
                        "there is no deployment of the time \(state.milliseconds)",
                        notes: deployments.map {
                            "\($0.milliseconds): \(InstantText.iso8601(milliseconds: $0.milliseconds))"
                        },
                        help: ["choose one of 'furoshiki deploy list', and check '--stage' and '--region'"]
                    )
                }
                guard let found = try await stack else { throw DiagnosticError.missingStack(context) }
                state.found = (bucket, deployment)
                state.before = StackOperations.Before(
                    stack: try await OtherUpdate(context: context).finished(found, waits: false),
                    newestEvent: try await event
                )
            },
            LifecycleStep(.rollBack) { state in
                guard let (bucket, deployment) = state.found, let before = state.before else { return }
                let context = state.context
                let key = deployment.key(of: StoredDeployment.templateName)
                let encryption = context.bucketSettings.encryption
                guard let object = try await context.aws.s3.object(key, in: bucket, encryption: encryption),
                    let template = try? JSONValue(parsing: object.content)
                else {
                    throw DiagnosticError(
                        .unknownDeployment,
                        "the template '\(key)' in the bucket '\(bucket)' cannot be read",
                        help: ["choose another deployment of 'furoshiki deploy list'"]
                    )
                }
                let request = context.stackSettings.request(
                    context.names.stack,
                    template,
                    from: .address(ObjectAddress.address(of: key, in: bucket, context.aws)),
                    kind: .update
                )
                state.hasChanged = try await StackOperations(context).apply(request, to: before)
            },
        ])
    }
}

/// The time of a deployment as users write it.
package enum DeploymentTime {
    /// The milliseconds since 1970: a number, or a time such as `2020-09-13T12:26:40.000Z`.
    ///
    /// - Throws: ``DiagnosticError`` if the text is neither.
    package static func milliseconds(of text: String) throws(DiagnosticError) -> Int64 {
        if !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int64(text) { return number }
        if let time = AWSTimestamp.iso8601(text) { return time }
        throw DiagnosticError(
            .invalidOptionValue,
            "the option '--timestamp' has the value '\(text)', which is not the time of a deployment",
            help: [
                "use a number of milliseconds, or a time such as 2020-09-13T12:26:40.000Z, of 'furoshiki deploy list'"
            ]
        )
    }
}
