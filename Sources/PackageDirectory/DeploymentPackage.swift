package import CloudFormation
package import HostSystem
package import OrderedJSON

/// What a deployment needs of a service, in one directory: templates, state and zip files.
///
/// `package` writes the directory, `.serverless` unless `--package` names another; `deploy --package DIRECTORY` reads
/// it, whether Furoshiki or Serverless v3 wrote it.
package struct DeploymentPackage: Sendable {
    /// The directory of a package in that of its service.
    package static let defaultDirectoryName = ".serverless"

    /// The directory of the package, absolute.
    package let directory: LocalPath
    /// The template with which the first deployment starts, `nil` if the service names an existing bucket.
    package let createTemplate: JSONValue?
    /// The template of the whole stack.
    package let updateTemplate: JSONValue
    /// The content of `serverless-state.json`.
    package let state: JSONValue

    /// Makes a package of its parts.
    package init(directory: LocalPath, createTemplate: JSONValue?, updateTemplate: JSONValue, state: JSONValue) {
        self.directory = directory
        self.createTemplate = createTemplate
        self.updateTemplate = updateTemplate
        self.state = state
    }

    /// The files that a package consists of besides its zip files.
    enum FileName: String, CaseIterable {
        case createTemplate = "cloudformation-template-create-stack.json"
        case updateTemplate = "cloudformation-template-update-stack.json"
        case state = "serverless-state.json"

        /// The place of the file in a package.
        func path(in directory: LocalPath) -> LocalPath { directory / rawValue }
    }
}

extension DeploymentPackage {
    /// The name of the service, `nil` if the state lacks it.
    package var service: String? {
        let service = state["service"]
        return service?["service"]?.stringValue ?? service?["serviceObject"]?["name"]?.stringValue
    }

    /// The stage that the service was packaged for, `nil` if the state lacks it.
    package var stage: String? { state["service"]?["provider"]?["stage"]?.stringValue }

    /// The region that the service was packaged for, `nil` if the state lacks it.
    package var region: String? { state["service"]?["provider"]?["region"]?.stringValue }

    /// The directory of the deployment in the bucket, or `nil` if the state has no valid one.
    package var artifactDirectory: ArtifactDirectory? {
        state["package"]?["artifactDirectoryName"]?.stringValue.flatMap(ArtifactDirectory.init(path:))
    }

    /// Whether the code of custom resources is one of the artifacts.
    package var usesCustomResources: Bool { CustomResource.areUsed(in: updateTemplate) }
}
