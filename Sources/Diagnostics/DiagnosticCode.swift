/// The stable identifier of what a diagnostic reports, such as `unknown-runtime`.
///
/// Machines and tests match codes, never the words of a message, so that words can always be improved. A code names
/// what is wrong, not the message; it is never reused for something else. `furoshiki explain CODE` prints its
/// ``explanation``.
package enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
    // MARK: System: files, processes, network
    case unexpectedError = "unexpected-error"
    case fileOperationFailed = "file-operation-failed"
    case fullDisk = "full-disk"
    case programNotStarted = "program-not-started"
    case unknownHost = "unknown-host"
    case connectionFailed = "connection-failed"
    case connectionInterrupted = "connection-interrupted"
    case requestTimedOut = "request-timed-out"
    case untrustedCertificate = "untrusted-certificate"
    case responseTooLarge = "response-too-large"
    case missingLibcurl = "missing-libcurl"
    case requestFailed = "request-failed"

    // MARK: AWS: credentials and calls
    case missingAWSCredentials = "missing-aws-credentials"
    case incompleteAWSCredentials = "incomplete-aws-credentials"
    case unknownAWSProfile = "unknown-aws-profile"
    case invalidAWSProfile = "invalid-aws-profile"
    case invalidAWSConfiguration = "invalid-aws-configuration"
    case awsLoginRequired = "aws-login-required"
    case awsCredentialsFailed = "aws-credentials-failed"
    case expiredAWSCredentials = "expired-aws-credentials"
    case rejectedAWSCredentials = "rejected-aws-credentials"
    case awsAccessDenied = "aws-access-denied"
    case awsSignatureMismatch = "aws-signature-mismatch"
    case awsThrottled = "aws-throttled"
    case awsUnreachable = "aws-unreachable"
    case invalidAWSResponse = "invalid-aws-response"
    case awsCallFailed = "aws-call-failed"

    // MARK: Deployments
    case missingStack = "missing-stack"
    case stackBusy = "stack-busy"
    case stackNotUpdatable = "stack-not-updatable"
    case stackProtected = "stack-protected"
    case stackOperationFailed = "stack-operation-failed"
    case changeSetFailed = "change-set-failed"
    case templateRefused = "template-refused"
    case missingDeploymentBucket = "missing-deployment-bucket"
    case deploymentBucketElsewhere = "deployment-bucket-elsewhere"
    case bucketNotEmptied = "bucket-not-emptied"
    case deployedStateUnknown = "deployed-state-unknown"
    case resourcesRemoved = "resources-removed"
    case packageOfOtherTarget = "package-of-other-target"
    case unknownDeployment = "unknown-deployment"
    case functionNotDeployed = "function-not-deployed"
    case unknownFunctionVersion = "unknown-function-version"
    case functionUpdateFailed = "function-update-failed"
    case packageTypeChanged = "package-type-changed"
    case missingLogs = "missing-logs"
    case invocationFailed = "invocation-failed"
    case edgeFunctionsRemain = "edge-functions-remain"

    // MARK: Changes of a deployment
    case changeRefused = "change-refused"
    case deploymentNotConfirmed = "deployment-not-confirmed"
    case confirmationNeedsTerminal = "confirmation-needs-terminal"
    case changesNotComputed = "changes-not-computed"
    case artifactNotCompared = "artifact-not-compared"
    case unreadableTemplate = "unreadable-template"
    case versionsNotRemoved = "versions-not-removed"
    case repositoryNotRemoved = "repository-not-removed"
    case accelerationNotAvailable = "acceleration-not-available"
    case setupProblems = "setup-problems"
    case policyIncomplete = "policy-incomplete"

    // MARK: Command line and program
    case unknownCommand = "unknown-command"
    case unexpectedArgument = "unexpected-argument"
    case emptyArgument = "empty-argument"
    case unknownOption = "unknown-option"
    case missingOption = "missing-option"
    case missingOptionValue = "missing-option-value"
    case unexpectedOptionValue = "unexpected-option-value"
    case emptyOptionValue = "empty-option-value"
    case repeatedOption = "repeated-option"
    case omittedCommand = "omitted-command"
    case unknownDiagnosticCode = "unknown-diagnostic-code"
    case unimplementedCommand = "unimplemented-command"
    case interrupted = "interrupted"
    case outputNotWritten = "output-not-written"
    case interpreterNotStarted = "interpreter-not-started"
    case functionFailed = "function-failed"
    case unknownFunction = "unknown-function"
    case unknownDistribution = "unknown-distribution"
    case functionNotLocal = "function-not-local"
    case runtimeHasNoImage = "runtime-has-no-image"
    case valueNeedsStack = "value-needs-stack"
    case serviceNotReady = "service-not-ready"
    case functionTimedOut = "function-timed-out"
    case conflictingOptions = "conflicting-options"
    case unknownEventType = "unknown-event-type"
    case invalidEventBody = "invalid-event-body"
    case unknownProvider = "unknown-provider"
    case invalidCredentials = "invalid-credentials"
    case profileExists = "profile-exists"
    case missingHomeDirectory = "missing-home-directory"
    case unknownTemplate = "unknown-template"
    case missingTemplate = "missing-template"
    case invalidTemplateAddress = "invalid-template-address"
    case templateNotCloned = "template-not-cloned"
    case templateFileSkipped = "template-file-skipped"
    case invalidServiceName = "invalid-service-name"
    case serviceNotRenamed = "service-not-renamed"
    case fileExists = "file-exists"

    // MARK: Configuration
    case missingServiceDirectory = "missing-service-directory"
    case missingConfigurationFile = "missing-configuration-file"
    case unsupportedConfigurationFormat = "unsupported-configuration-format"
    case configurationOutsideService = "configuration-outside-service"
    case unreadableConfigurationFile = "unreadable-configuration-file"
    case configurationFileTooLarge = "configuration-file-too-large"
    case moreProblems = "more-problems"
    case emptyFile = "empty-file"
    case invalidYAML = "invalid-yaml"
    case unknownYAMLTag = "unknown-yaml-tag"
    case duplicateKey = "duplicate-key"
    case invalidJSON = "invalid-json"
    case missingNode = "missing-node"
    case scriptFailed = "script-failed"
    case scriptProcessEnded = "script-process-ended"
    case invalidOptionValue = "invalid-option-value"
    case missingProperty = "missing-property"
    case emptyProperty = "empty-property"
    case invalidType = "invalid-type"
    case invalidValue = "invalid-value"
    case invalidFormat = "invalid-format"
    case valueOutOfRange = "value-out-of-range"
    case duplicateItem = "duplicate-item"
    case unknownProperty = "unknown-property"
    case invalidKey = "invalid-key"
    case conflictingProperties = "conflicting-properties"
    case unknownEvent = "unknown-event"
    case invalidEvent = "invalid-event"
    case invalidVersionRange = "invalid-version-range"
    case unsupportedFrameworkVersion = "unsupported-framework-version"
    case unsupportedProvider = "unsupported-provider"
    case pluginNotRun = "plugin-not-run"
    case pluginChangesPackage = "plugin-changes-package"
    case unknownPlugin = "unknown-plugin"
    case pluginNotListed = "plugin-not-listed"
    case deprecatedProperty = "deprecated-property"
    case deprecatedDefault = "deprecated-default"
    case ineffectiveProperty = "ineffective-property"
    case validationModeNotSet = "validation-mode-not-set"
    case invalidVariableSyntax = "invalid-variable-syntax"
    case unknownVariableSource = "unknown-variable-source"
    case unresolvedVariable = "unresolved-variable"
    case variableNeedsAWS = "variable-needs-aws"
    case remoteVariableFailed = "remote-variable-failed"
    case variableCycle = "variable-cycle"
    case variableNestingTooDeep = "variable-nesting-too-deep"
    case variableValueTooLarge = "variable-value-too-large"
    case dottedVariable = "dotted-variable"
    case invalidVariableArgument = "invalid-variable-argument"
    case variableNotAString = "variable-not-a-string"
    case variableNotAvailable = "variable-not-available"
    case circularEnvFile = "circular-env-file"
    case unknownConfigurationPath = "unknown-configuration-path"
    case valueNotPrintable = "value-not-printable"

    // MARK: Requirement formats
    case unknownRuntime = "unknown-runtime"
    case fileNameNotFound = "file-name-not-found"
    case dynamicDependencies = "dynamic-dependencies"
    case ignoredBuildOption = "ignored-build-option"
    case symlinkAsText = "symlink-as-text"
    case missingEnvironmentVariable = "missing-environment-variable"
    case invalidTOML = "invalid-toml"
    case invalidTOMLValue = "invalid-toml-value"
    case invalidRequirement = "invalid-requirement"
    case invalidHash = "invalid-hash"
    case unreadableRequirements = "unreadable-requirements"
    case requirementsNotUTF8 = "requirements-not-utf8"
    case missingRequirementsFile = "missing-requirements-file"
    case remoteRequirementsFile = "remote-requirements-file"
    case circularInclude = "circular-include"
    case missingLocalDistribution = "missing-local-distribution"
    case unknownPipOption = "unknown-pip-option"
    case invalidPipOption = "invalid-pip-option"
    case misplacedPipOption = "misplaced-pip-option"
    case conflictingTargetOption = "conflicting-target-option"
    case missingRequirementHash = "missing-requirement-hash"
    case hashWithoutExactVersion = "hash-without-exact-version"
    case unknownDependencyGroup = "unknown-dependency-group"
    case unknownExtra = "unknown-extra"
    case unknownIndex = "unknown-index"
    case unsupportedConstraint = "unsupported-version-constraint"
    case unsupportedSource = "unsupported-source"
    case workspaceMemberNotLocked = "workspace-member-not-locked"
    case missingProjectFile = "missing-project-file"
    case missingLockFile = "missing-lock-file"
    case invalidLockFile = "invalid-lock-file"
    case unsupportedLockFormat = "unsupported-lock-format"
    case unsupportedSourceFormat = "unsupported-source-format"
    case outdatedLock = "outdated-lock"
    case incompleteLock = "incomplete-lock"
    case ambiguousLock = "ambiguous-lock"
    case unsupportedPythonVersion = "unsupported-python-version"
    case unsupportedEnvironment = "unsupported-environment"
    case noCompatibleFile = "no-compatible-file"

    // MARK: Wheels: indexes, downloads, resolution, builds
    case packageNotFound = "package-not-found"
    case versionNotFound = "version-not-found"
    case unsatisfiableRequirements = "unsatisfiable-requirements"
    case resolutionFailed = "resolution-failed"
    case hashMismatch = "hash-mismatch"
    case fileNotInIndex = "file-not-in-index"
    case downloadFailed = "download-failed"
    case indexFailed = "index-failed"
    case indexAccessDenied = "index-access-denied"
    case invalidIndexAddress = "invalid-index-address"
    case invalidIndexResponse = "invalid-index-response"
    case invalidPipConfiguration = "invalid-pip-configuration"
    case invalidWheelName = "invalid-wheel-name"
    case fileChanged = "file-changed"
    case uvNotAvailable = "uv-not-available"
    case invalidRepository = "invalid-repository"
    case checkoutFailed = "checkout-failed"
    case missingGit = "missing-git"
    case unpackingFailed = "unpacking-failed"
    case buildFailed = "build-failed"
    case incompatibleBuild = "incompatible-build"
    case unreadablePipConfiguration = "unreadable-pip-configuration"
    case unusableCache = "unusable-cache"
    case unusableTemporaryDirectory = "unusable-temporary-directory"
    case invalidArchive = "invalid-archive"
    case damagedWheel = "damaged-wheel"

    // MARK: Containers: engines, images, builds
    case containerProgramMissing = "container-program-missing"
    case engineNotRunning = "engine-not-running"
    case engineAccessDenied = "engine-access-denied"
    case engineDiskFull = "engine-disk-full"
    case imageNotFound = "image-not-found"
    case imagePullDenied = "image-pull-denied"
    case imagePullFailed = "image-pull-failed"
    case foreignImageArchitecture = "foreign-image-architecture"
    case unusableImage = "unusable-image"
    case imageBuildFailed = "image-build-failed"
    case imagePushFailed = "image-push-failed"
    case dockerfileNotFound = "dockerfile-not-found"
    case registryLoginFailed = "registry-login-failed"
    case imageArchitectureMismatch = "image-architecture-mismatch"
    case containerFailed = "container-failed"
    case extraFileNotInImage = "extra-file-not-in-image"
    case missingSSHKey = "missing-ssh-key"

    // MARK: Bundle: options, plan, artifacts, inspection
    case unknownArchitecture = "unknown-architecture"
    case deprecatedRuntime = "deprecated-runtime"
    case unlistedRuntime = "unlisted-runtime"
    case imagePythonMismatch = "image-python-mismatch"
    case bytecodeNotCompiled = "bytecode-not-compiled"
    case missingVendorDirectory = "missing-vendor-directory"
    case packagedCredentials = "packaged-credentials"
    case missingModuleDirectory = "missing-module-directory"
    case missingLayerDirectory = "missing-layer-directory"
    case emptyRequirementLayer = "empty-requirement-layer"
    case layerWithModuleRequirements = "layer-with-module-requirements"
    case noArtifactToShare = "no-artifact-to-share"
    case functionNamedLikeService = "function-named-like-service"
    case remotePackageArtifact = "remote-package-artifact"
    case missingPackageArtifact = "missing-package-artifact"
    case patternBelowFile = "pattern-below-file"
    case emptyArtifact = "empty-artifact"
    case pathOutsidePackage = "path-outside-package"
    case outputDirectoryIsLink = "output-directory-is-link"
    case invalidFileName = "invalid-file-name"
    case fileConflict = "file-conflict"
    case caseCollision = "case-collision"
    case invalidWheel = "invalid-wheel"
    case recordMismatch = "record-mismatch"
    case fileNotInRecord = "file-not-in-record"
    case slimRemovesMetadata = "slim-removes-metadata"
    case invalidHandler = "invalid-handler"
    case handlerNotFound = "handler-not-found"
    case incompatibleLibrary = "incompatible-library"
    case missingLibrary = "missing-library"
    case foreignLibraryPath = "foreign-library-path"
    case strayFiles = "stray-files"
    case dependenciesNotInstalled = "dependencies-not-installed"
    case invalidPackageArtifact = "invalid-package-artifact"
    case artifactTooLarge = "artifact-too-large"

    // MARK: Template
    case missingHandler = "missing-handler"
    case unsupportedCombination = "unsupported-combination"
    case unsupportedDurableRuntime = "unsupported-durable-runtime"
    case durableTimeoutTooLong = "durable-timeout-too-long"
    case imageTagNotFound = "image-tag-not-found"
    case imageRegionMismatch = "image-region-mismatch"
    case unknownImage = "unknown-image"
    case imageNotBuilt = "image-not-built"
    case unknownDestination = "unknown-destination"
    case invalidARN = "invalid-arn"
    case tooManyEvents = "too-many-events"
    case invalidBucket = "invalid-bucket"
    case duplicatePriority = "duplicate-priority"
    case wrongEdgeRegion = "wrong-edge-region"
    case edgeLimitExceeded = "edge-limit-exceeded"
    case invalidDefaultOrigin = "invalid-default-origin"
    case conflictingBehaviors = "conflicting-behaviors"
    case unknownCachePolicy = "unknown-cache-policy"
    case unknownAuthorizer = "unknown-authorizer"
    case duplicateRoute = "duplicate-route"
    case invalidRoute = "invalid-route"
    case invalidStageName = "invalid-stage-name"
    case unknownUsagePlan = "unknown-usage-plan"
    case missingRestResource = "missing-rest-resource"
    case timeoutExceedsAPI = "timeout-exceeds-api"
    case missingDeploymentPackage = "missing-deployment-package"
    case invalidDeploymentPackage = "invalid-deployment-package"
    case missingArtifact = "missing-artifact"
    case packagePathNotDirectory = "package-path-not-directory"
    case invalidResources = "invalid-resources"
    case emptyResource = "empty-resource"
    case unknownExtendedResource = "unknown-extended-resource"
    case unsupportedExtension = "unsupported-extension"
}

extension DiagnosticCode {
    /// The part of the work that the code belongs to.
    package var category: Diagnostic.Category {
        switch self {
        case .unknownArchitecture, .deprecatedRuntime, .unlistedRuntime:
            .configuration
        case .imagePythonMismatch, .bytecodeNotCompiled, .containerProgramMissing, .engineNotRunning,
            .engineAccessDenied, .engineDiskFull, .imageNotFound, .imagePullDenied, .imagePullFailed,
            .foreignImageArchitecture, .unusableImage, .imageBuildFailed, .imagePushFailed, .registryLoginFailed,
            .containerFailed,
            .extraFileNotInImage, .missingSSHKey:
            .build
        case .missingVendorDirectory, .missingModuleDirectory, .packagedCredentials, .missingLayerDirectory,
            .emptyRequirementLayer,
            .layerWithModuleRequirements,
            .noArtifactToShare, .functionNamedLikeService, .remotePackageArtifact, .missingPackageArtifact,
            .patternBelowFile, .emptyArtifact, .pathOutsidePackage, .outputDirectoryIsLink, .invalidFileName,
            .fileConflict, .caseCollision, .invalidWheel,
            .recordMismatch, .fileNotInRecord, .slimRemovesMetadata, .invalidHandler, .handlerNotFound,
            .incompatibleLibrary, .missingLibrary, .foreignLibraryPath, .strayFiles, .dependenciesNotInstalled,
            .invalidPackageArtifact, .artifactTooLarge:
            .bundle
        case .unknownRuntime, .fileNameNotFound, .dynamicDependencies, .ignoredBuildOption, .symlinkAsText:
            .configuration
        case .invalidTOML, .invalidTOMLValue, .invalidRequirement, .invalidHash, .unreadableRequirements,
            .requirementsNotUTF8, .missingRequirementsFile, .remoteRequirementsFile, .circularInclude,
            .missingLocalDistribution, .missingEnvironmentVariable, .unknownPipOption, .invalidPipOption,
            .misplacedPipOption,
            .conflictingTargetOption, .missingRequirementHash, .hashWithoutExactVersion,
            .unknownDependencyGroup, .unknownExtra, .unknownIndex, .unsupportedConstraint, .unsupportedSource,
            .workspaceMemberNotLocked, .missingProjectFile, .missingLockFile, .invalidLockFile,
            .unsupportedLockFormat, .unsupportedSourceFormat, .outdatedLock, .incompleteLock, .ambiguousLock,
            .unsupportedPythonVersion,
            .unsupportedEnvironment, .noCompatibleFile:
            .resolution
        case .unexpectedError, .fileOperationFailed, .fullDisk, .programNotStarted, .unknownHost, .connectionFailed,
            .connectionInterrupted, .requestTimedOut, .untrustedCertificate, .responseTooLarge, .missingLibcurl,
            .requestFailed:
            .system
        case .packageNotFound, .versionNotFound, .unsatisfiableRequirements, .resolutionFailed, .hashMismatch,
            .fileNotInIndex,
            .downloadFailed, .indexFailed, .indexAccessDenied, .invalidIndexAddress, .invalidIndexResponse,
            .invalidPipConfiguration, .invalidWheelName, .fileChanged, .uvNotAvailable:
            .resolution
        case .invalidRepository, .checkoutFailed, .missingGit, .unpackingFailed, .buildFailed,
            .incompatibleBuild:
            .build
        case .unreadablePipConfiguration, .unusableCache, .unusableTemporaryDirectory:
            .system
        case .invalidArchive, .damagedWheel:
            .bundle

        case .missingDeploymentPackage, .invalidDeploymentPackage, .missingArtifact, .packagePathNotDirectory: .system
        case .missingServiceDirectory, .missingConfigurationFile, .unsupportedConfigurationFormat,
            .configurationOutsideService, .unreadableConfigurationFile, .emptyFile, .invalidYAML, .unknownYAMLTag,
            .duplicateKey, .invalidJSON, .scriptFailed, .missingProperty, .emptyProperty, .invalidType, .invalidValue,
            .invalidFormat, .valueOutOfRange, .duplicateItem, .unknownProperty, .invalidKey, .conflictingProperties,
            .unknownEvent, .invalidEvent, .invalidVersionRange, .unsupportedFrameworkVersion, .unsupportedProvider,
            .pluginNotRun, .pluginChangesPackage, .unknownPlugin,
            .pluginNotListed, .deprecatedProperty, .deprecatedDefault, .ineffectiveProperty, .validationModeNotSet,
            .invalidVariableSyntax, .unknownVariableSource, .unresolvedVariable, .variableNeedsAWS,
            .remoteVariableFailed, .variableCycle, .variableNestingTooDeep, .variableValueTooLarge, .dottedVariable,
            .configurationFileTooLarge, .moreProblems, .invalidVariableArgument,
            .variableNotAString, .variableNotAvailable, .circularEnvFile, .unknownConfigurationPath, .valueNotPrintable:
            .configuration
        case .invalidOptionValue:
            .usage
        case .missingNode, .scriptProcessEnded:
            .system
        case .missingHandler, .unsupportedCombination, .unsupportedDurableRuntime, .durableTimeoutTooLong,
            .imageRegionMismatch, .dockerfileNotFound, .imageArchitectureMismatch, .unknownImage, .unknownDestination,
            .invalidARN, .tooManyEvents, .invalidBucket, .duplicatePriority,
            .wrongEdgeRegion, .edgeLimitExceeded, .invalidDefaultOrigin, .conflictingBehaviors,
            .unknownCachePolicy, .unknownAuthorizer, .duplicateRoute, .invalidRoute, .invalidStageName,
            .unknownUsagePlan, .missingRestResource, .timeoutExceedsAPI, .invalidResources, .emptyResource,
            .unknownExtendedResource, .unsupportedExtension:
            .configuration
        case .imageTagNotFound, .packageTypeChanged: .aws
        case .missingAWSCredentials, .incompleteAWSCredentials, .unknownAWSProfile, .invalidAWSProfile,
            .invalidAWSConfiguration, .awsLoginRequired, .awsCredentialsFailed, .expiredAWSCredentials,
            .rejectedAWSCredentials, .awsAccessDenied, .awsSignatureMismatch, .awsThrottled, .awsUnreachable,
            .invalidAWSResponse, .awsCallFailed:
            .aws
        case .missingStack, .stackBusy, .stackNotUpdatable, .stackProtected, .stackOperationFailed, .changeSetFailed,
            .templateRefused, .missingDeploymentBucket, .deploymentBucketElsewhere, .bucketNotEmptied,
            .deployedStateUnknown, .resourcesRemoved, .packageOfOtherTarget, .unknownDeployment, .functionNotDeployed,
            .unknownFunctionVersion, .functionUpdateFailed, .missingLogs, .invocationFailed,
            .edgeFunctionsRemain:
            .aws
        case .changeRefused, .deploymentNotConfirmed, .changesNotComputed, .artifactNotCompared, .versionsNotRemoved,
            .repositoryNotRemoved, .accelerationNotAvailable, .policyIncomplete:
            .aws
        case .confirmationNeedsTerminal: .usage
        case .unreadableTemplate, .setupProblems: .system
        case .imageNotBuilt: .build
        case .unknownCommand, .unexpectedArgument, .emptyArgument, .unknownOption, .missingOption, .missingOptionValue,
            .unexpectedOptionValue, .emptyOptionValue, .repeatedOption, .omittedCommand, .unknownDiagnosticCode:
            .usage
        case .conflictingOptions, .unknownEventType, .invalidEventBody, .unknownProvider, .invalidCredentials,
            .unknownTemplate, .invalidTemplateAddress, .invalidServiceName:
            .usage
        case .unimplementedCommand, .interrupted, .outputNotWritten, .interpreterNotStarted,
            .functionFailed:
            .system
        case .functionTimedOut, .profileExists, .missingHomeDirectory, .missingTemplate, .templateNotCloned,
            .templateFileSkipped, .serviceNotRenamed, .fileExists:
            .system
        case .unknownFunction, .unknownDistribution, .functionNotLocal, .runtimeHasNoImage, .valueNeedsStack,
            .serviceNotReady:
            .configuration
        }
    }
}

extension DiagnosticCode: CustomStringConvertible {
    package var description: String { rawValue }
}
