package import AWSClient
package import Diagnostics

/// Something that happens during a deployment.
package enum DeploymentProgress: Sendable {
    /// A change set is created for the stack.
    case creatingChangeSet
    /// CloudFormation still computes the change set.
    case waitingForChangeSet
    /// The change set is executed, or the stack changed directly.
    case changingStack
    /// A resource changed; with the number of resources that have ended, and of those that have begun.
    case event(StackEvent, ended: Int, begun: Int)
    /// A file is sent to the bucket.
    case uploading(name: String, bytes: Int64)
    /// So much of all files is sent.
    case uploaded(bytes: Int64, of: Int64)
    /// Another update of the stack is waited for.
    case waitingForOtherUpdate(status: String)
    /// A function is not ready yet.
    case waitingForFunction(String)
    /// Objects of old deployments are removed.
    case removingOldDeployments(count: Int)
    /// Old versions of functions and layers are removed.
    case removingOldVersions(count: Int)
    /// Something that the user should know before the deployment goes on.
    case finding(Diagnostic)
}
