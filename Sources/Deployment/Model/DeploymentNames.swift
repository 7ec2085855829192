import ConfigurationValues
package import ServerlessConfig

/// The names under which a service is deployed for one stage.
package struct DeploymentNames: Hashable, Sendable {
    /// The name of the stack.
    package let stack: String
    /// The name of an existing bucket for deployments; `nil` if the stack creates one.
    package let bucket: String?
    /// The directory of all deployments in the bucket, without a slash at its end.
    package let directory: String
    /// The name of the service.
    package let service: String
    /// The stage that is deployed.
    package let stage: String

    /// Creates the names of a service.
    package init(of service: Service) {
        let provider = service.provider
        let setting = provider["deploymentBucket"]
        stack = provider["stackName"]?.string ?? "\(service.name)-\(service.stage)"
        bucket = (setting?.string ?? setting?["name"]?.string).flatMap { $0.isEmpty ? nil : $0 }
        directory = "\(provider["deploymentPrefix"]?.string ?? "serverless")/\(service.name)/\(service.stage)"
        self.service = service.name
        self.stage = service.stage
    }

    /// The logical ID of the bucket that the stack creates.
    package static let bucketID = "ServerlessDeploymentBucket"
}
