import AWSClient
import ConfigurationValues
import Diagnostics
import OrderedJSON
import ServerlessConfig

/// The repository of the images that deployments of a service have built, in the Elastic Container Registry.
package struct ServiceRepository: Sendable {
    /// The context of the removal.
    let context: DeploymentContext

    /// The name of the repository.
    package static func name(_ names: DeploymentNames) -> String {
        ImageBuild.repository(service: names.service, stage: names.stage)
    }

    /// Removes the repository with its images.
    ///
    /// A service without images may have had some when it was deployed before. That it may not be removed then is not worth
    /// a warning. No failure is an error, as the stack is removed.
    func remove() async throws {
        let name = Self.name(context.names)
        do {
            _ = try await context.aws.images.deleteRepository(name)
        } catch let error as AWSError {
            let hasImages = context.service.provider["ecr"]?["images"]?.map?.isEmpty == false
            guard hasImages || !error.isAccessDenied else { return }
            context.report(
                .finding(
                    Diagnostic(
                        .warning,
                        .repositoryNotRemoved,
                        "cannot remove the repository '\(name)' of the service's images: \(error.message)",
                        help: ["remove it: aws ecr delete-repository --force --repository-name \(name)"]
                    )
                )
            )
        }
    }
}
