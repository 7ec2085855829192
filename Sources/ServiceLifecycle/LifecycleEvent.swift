/// The name of a step, which is that of the lifecycle event of Serverless v3 at which its plugins do the same.
package enum LifecycleEvent: String, Hashable, Sendable, CaseIterable {
    /// Checks the directory of the package.
    case cleanup = "package:cleanup"
    /// Plans the artifacts, and begins the template with the deployment bucket.
    case initialize = "package:initialize"
    /// Accelerates the deployment bucket, or no longer.
    case accelerateBucket = "after:package:initialize"
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

    /// Finds out how the service is deployed.
    case findDeployed = "aws:common:validate:validate"
    /// Reads a package that was made earlier.
    case readPackage = "aws:common:moveArtifactsToTemp:move"
    /// Shows or refuses what the deployment would replace or delete.
    case reviewChanges = "before:aws:deploy:deploy:createStack"
    /// Creates the stack with the deployment bucket.
    case createStack = "aws:deploy:deploy:createStack"
    /// Compares the package with what is deployed.
    case checkForChanges = "aws:deploy:deploy:checkForChanges"
    /// Uploads template, state and artifacts.
    case uploadArtifacts = "aws:deploy:deploy:uploadArtifacts"
    /// Lets CloudFormation check the template.
    case validateTemplate = "aws:deploy:deploy:validateTemplate"
    /// Makes the stack what the template says.
    case updateStack = "aws:deploy:deploy:updateStack"
    /// Collects what users want to know of the service.
    case gatherInformation = "aws:info:gatherData"
    /// Applies the settings of the REST API's stage that are not in the template.
    case updateStage = "after:deploy:deploy"
    /// Protects the stack from deletion, or no longer.
    case protectStack = "after:aws:deploy:deploy:updateStack"
    /// Removes deployments that are no longer kept.
    case removeOldDeployments = "aws:deploy:finalize:cleanup"
    /// Removes old versions of functions and layers.
    case removeOldVersions = "after:aws:deploy:finalize:cleanup"

    /// Compares the package with the deployed service, and changes nothing.
    case compare = "diff:compare"

    /// Deploys single functions without CloudFormation.
    case deployFunctions = "deploy:function:deploy"

    /// Finds a deployment for a rollback.
    case findDeployment = "rollback:initialize"
    /// Updates the stack with the template of an earlier deployment.
    case rollBack = "rollback:rollback"

    /// Removes the service from usage plans that it shares.
    case releaseUsagePlans = "before:remove:remove"
    /// Removes the repository of the service's images.
    case removeRepository = "after:remove:remove"
    /// Removes the objects of the service from the bucket.
    case emptyBucket = "remove:remove"
    /// Deletes the stack with its resources.
    case deleteStack = "aws:remove:remove:deleteStack"
}
