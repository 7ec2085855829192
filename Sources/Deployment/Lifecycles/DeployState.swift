import AWSClient
import CloudFormation
import Diagnostics
package import HostSystem
import OrderedJSON
package import PackageDirectory
import ServerlessConfig
package import ServiceLifecycle
package import StackDiff

/// What is known of a service while it is deployed: what packaging makes, and what is learned from AWS.
///
/// Each part is set by one step of the lifecycle, and is `nil` before.
package struct DeployState: Sendable {
    /// The options of a deployment.
    package struct Options: Hashable, Sendable {
        /// The directory of a package that was made earlier; `nil` to package the service.
        package var packageDirectory: LocalPath?
        /// Whether everything is deployed, even if it is deployed already.
        package var isForced = false
        /// Whether to wait for another operation on the stack.
        package var waitsForOthers = false
        /// Whether the bucket that the stack creates has S3 Transfer Acceleration; `nil` if it stays as it is.
        ///
        /// An accelerated bucket is uploaded to in this way.
        package var accelerates: Bool?

        /// Creates the default options.
        package init() {}
    }

    /// The context of the deployment.
    package let context: DeploymentContext
    /// The options of the command line.
    package let options: Options
    /// The state of the package.
    package var packaging: PackageState
    /// The artifacts of the package with the digests of their contents.
    package var artifacts: [(artifact: DeploymentPackage.Artifact, digest: SHA256Digest)] = []
    /// The service as it was deployed before; made by ``LifecycleEvent/findDeployed``.
    package var deployed: DeployedService?
    /// What the deployment changes; made by ``LifecycleEvent/checkForChanges``.
    package var plan: DeploymentPlan?
    /// Whether CloudFormation had anything to change; made by ``LifecycleEvent/updateStack``.
    package var hasUpdatedStack: Bool?
    /// What a deployment would change; made by ``LifecycleEvent/compare``.
    package var difference: StackDifference?
    /// The service as it is deployed now; made by ``LifecycleEvent/gatherInformation``.
    package var information: ServiceInformation?
    /// The stack after the deployment, with its resources.
    var stack: (stack: Stack, resources: [StackResource])?

    /// Creates the state before the first step.
    package init(_ context: DeploymentContext, packaging: PackageState, options: Options = Options()) {
        self.context = context
        self.packaging = packaging
        self.options = options
    }

    /// Whether the deployed service is equal to the package.
    package var isUnchanged: Bool { plan?.isUnchanged ?? false }

    /// A part that an earlier step makes.
    ///
    /// - Throws: ``DiagnosticError`` if the lifecycle lacks that step.
    func made<Part>(_ part: Part?, by event: LifecycleEvent) throws(DiagnosticError) -> Part {
        guard let part else {
            throw DiagnosticError(.unexpectedError, "the step '\(event.rawValue)' has not run")
        }
        return part
    }

    /// The package, written or read.
    var package: DeploymentPackage {
        get throws { try made(packaging.package, by: .saveState) }
    }

    /// The size of each function's artifact in bytes, by the key of the function.
    package var artifactSizes: [String: Int64] {
        let files = context.host.files
        var sizes: [String: Int64] = [:]
        for function in context.service.functions {
            let id = "\(Naming.normalizedFunctionName(function.key))LambdaFunction"
            guard let artifact = artifacts.first(where: { $0.artifact.resources.contains(id) })?.artifact else {
                continue
            }
            sizes[function.key] = try? files.status(of: artifact.path).size
        }
        return sizes
    }
}
