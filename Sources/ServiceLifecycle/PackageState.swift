package import CloudFormation
package import Diagnostics
package import HostSystem
package import LambdaBundle
package import PackageDirectory
package import ServerlessConfig

/// What is known of a service while it is packaged.
///
/// Each part is set by one step of the lifecycle, and is `nil` before.
package struct PackageState: Sendable {
    /// The service to package.
    package let service: Service
    /// What decides the artifacts of the service.
    package let request: BundleRequest
    /// Whether the template is written without white space.
    package let isMinified: Bool

    /// Whether the directory of the package was created for this run, before the first step.
    package var isDirectoryNew = false
    /// Whether the directory of the package was there before; made by ``LifecycleEvent/cleanup``.
    package var hadDirectory: Bool?
    /// The plan of the artifacts; made by ``LifecycleEvent/initialize``.
    package var bundle: PreparedBundle?
    /// What the template is compiled from; made by ``LifecycleEvent/initialize``.
    package var context: CompileContext?
    /// The template with which the first deployment starts; `nil` for good if the service names an existing bucket.
    package var createTemplate: TemplateValue?
    /// The template of the stack, to which one step after another adds.
    package var template = Template()
    /// The artifacts; made by ``LifecycleEvent/createDeploymentArtifacts``.
    package var report: BundleReport?
    /// The part of the configuration that makes each resource, by logical ID; made by
    /// ``LifecycleEvent/mergeUserResources``.
    package var origins: [String: ResourceOrigin] = [:]
    /// The document of the template; made by ``LifecycleEvent/mergeUserResources``.
    package var document: TemplateValue?
    /// The package as it was written; made by ``LifecycleEvent/saveState``.
    package var package: DeploymentPackage?

    /// Makes the state before the first step.
    package init(service: Service, request: BundleRequest, isMinified: Bool = false) {
        self.service = service
        self.request = request
        self.isMinified = isMinified
    }

    /// The directory of the package, absolute.
    package var directory: LocalPath { request.outputDirectory }

    /// The warnings and notes of all steps, in their order.
    package var findings: [Diagnostic] { (report?.findings ?? []) + template.warnings }

    /// A part that an earlier step makes.
    ///
    /// - Throws: ``DiagnosticError`` if the lifecycle lacks that step.
    func made<Part>(_ part: Part?, by event: LifecycleEvent) throws(DiagnosticError) -> Part {
        guard let part else {
            throw DiagnosticError(.unexpectedError, "the step '\(event.rawValue)' has not run")
        }
        return part
    }
}
