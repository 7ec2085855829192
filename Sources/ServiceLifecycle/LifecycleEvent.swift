/// The name of a step, which is that of the lifecycle event of Serverless v3 at which its plugins do the same.
package enum LifecycleEvent: String, Hashable, Sendable, CaseIterable {
    /// Checks the directory of the package.
    case cleanup = "package:cleanup"
    /// Plans the artifacts, and begins the template with the deployment bucket.
    case initialize = "package:initialize"
    /// Adds log groups and the execution role to the template.
    case setupProviderConfiguration = "package:setupProviderConfiguration"
    /// Makes the zip files of functions and layers.
    case createDeploymentArtifacts = "package:createDeploymentArtifacts"
    /// Adds the layers to the template.
    case compileLayers = "package:compileLayers"
    /// Adds the functions to the template.
    case compileFunctions = "package:compileFunctions"
    /// Adds what invokes the functions to the template.
    case compileEvents = "package:compileEvents"
    /// Completes the template with the S3 keys and hashes of the artifacts.
    case finalize = "package:finalize"
    /// Exports the outputs of the template.
    case addExportNames = "aws:package:finalize:addExportNameForOutputs"
    /// Merges the service's own `resources` into the template.
    case mergeUserResources = "aws:package:finalize:mergeCustomProviderResources"
    /// Removes `null` from the properties of resources.
    case stripNulls = "aws:package:finalize:stripNullPropsFromTemplateResources"
    /// Writes templates and state.
    case saveState = "aws:package:finalize:saveServiceState"
}
