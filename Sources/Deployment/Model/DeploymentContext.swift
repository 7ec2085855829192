package import AWSClient
package import HostSystem
package import ServerlessConfig

/// What every part of a deployment works with: the service, its names and settings, and AWS.
package struct DeploymentContext: Sendable {
    /// The service, with its variables resolved.
    package let service: Service
    /// The names under which it is deployed.
    package let names: DeploymentNames
    /// The settings of the stack.
    package let stackSettings: StackSettings
    /// The settings of the bucket.
    package let bucketSettings: BucketSettings
    /// The client for the region of the service.
    package let aws: AWSClient
    /// The services of the machine.
    package let host: HostServices
    /// Gets what happens, on any thread.
    package let report: @Sendable (DeploymentProgress) -> Void

    /// Creates the context of a service.
    ///
    /// - Parameters:
    ///   - service: the service.
    ///   - aws: the client for the region of the service.
    ///   - host: the machine.
    ///   - report: gets what happens, on any thread.
    package init(
        _ service: Service,
        aws: AWSClient,
        host: HostServices,
        report: @escaping @Sendable (DeploymentProgress) -> Void = { _ in }
    ) {
        self.service = service
        self.aws = aws
        self.host = host
        self.report = report
        names = DeploymentNames(of: service)
        stackSettings = StackSettings(of: service)
        bucketSettings = BucketSettings(of: service)
    }

    /// How many calls are made at the same time where each function or object needs one, so that AWS does not throttle.
    static let concurrentCalls = 32
}
