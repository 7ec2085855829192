package import AWSClient
import CloudFormation
import ConfigurationValues
import Diagnostics
package import HostSystem
import OrderedJSON
package import PackageDirectory
package import ServerlessConfig

/// Deploys the code and the configuration of single functions, without CloudFormation.
package struct FunctionDeployment: Sendable {
    /// What happened to a part of a function.
    package enum Change: Hashable, Sendable {
        /// AWS has the new one now.
        case deployed
        /// It was equal already.
        case unchanged
        /// It was not compared, as only the configuration was to be deployed.
        case skipped
    }

    /// What was deployed of a function.
    package struct Outcome: Hashable, Sendable {
        /// What happened to the code.
        package var code = Change.skipped
        /// What happened to the configuration.
        package var configuration = Change.unchanged
    }

    private let context: DeploymentContext
    private let package: DeploymentPackage
    private let artifacts: [(artifact: DeploymentPackage.Artifact, digest: SHA256Digest)]

    /// Creates the deployment of functions in a package.
    ///
    /// - Parameters:
    ///   - package: the package.
    ///   - artifacts: its artifacts with the digests of their contents.
    ///   - context: the context of the deployment.
    package init(
        of package: DeploymentPackage,
        _ artifacts: [(artifact: DeploymentPackage.Artifact, digest: SHA256Digest)],
        _ context: DeploymentContext
    ) {
        self.package = package
        self.artifacts = artifacts
        self.context = context
    }

    /// The function as it is deployed.
    ///
    /// - Parameters:
    ///   - function: the function.
    ///   - context: the context of the deployment.
    ///   - sameType: whether it must be a container image or a zip file as in the configuration, which Lambda cannot
    ///     change.
    /// - Returns: the function in Lambda.
    /// - Throws: ``DiagnosticError`` if it is not deployed, or has the other type.
    package static func deployed(
        _ function: ServiceFunction,
        _ context: DeploymentContext,
        sameType: Bool = false
    ) async throws -> LambdaAPI.Function {
        guard let found = try await context.aws.lambda.function(function.name) else {
            throw DiagnosticError.functionNotDeployed(function)
        }
        let type = function.image == nil ? "Zip" : "Image"
        let deployedType = found.configuration["PackageType"]?.stringValue ?? type
        guard !sameType || deployedType == type else {
            throw DiagnosticError(
                .packageTypeChanged,
                "\(function.label) is deployed as \(deployedType == "Image" ? "a container image" : "a zip file"), which "
                    + "cannot be replaced by \(type == "Image" ? "a container image" : "a zip file")",
                at: function.image?.keyPlace ?? function.handler?.keyPlace ?? function.node.keyPlace,
                help: ["run 'furoshiki deploy', with which CloudFormation replaces the function"]
            )
        }
        return found
    }

    /// Deploys a function.
    ///
    /// - Parameters:
    ///   - function: the function.
    ///   - onlyConfiguration: whether its code stays as it is.
    ///   - isForced: whether its code is replaced by an equal one.
    /// - Returns: what was changed.
    /// - Throws: ``DiagnosticError`` if it is not deployed or cannot be changed, `AWSError`, `CancellationError`.
    package func deploy(
        _ function: ServiceFunction,
        onlyConfiguration: Bool = false,
        isForced: Bool = false
    ) async throws -> Outcome {
        let current = try await Self.deployed(function, context)
        var outcome = Outcome()
        if !onlyConfiguration { outcome.code = try await deployCode(of: function, current, isForced: isForced) }
        let properties = properties(of: function)
        let resources = try await context.aws.cloudFormation.resources(of: context.names.stack)
        var byID = Dictionary(resources.map { ($0.logicalID, $0) }) { $1 }
        if !onlyConfiguration { try await publishLayers(of: properties, &byID) }
        let account = current.arn?.split(separator: ":").dropFirst(4).first.map(String.init) ?? ""
        let changes = try await FunctionConfiguration.changes(
            from: current.configuration,
            to: properties,
            FunctionReferences(context: context, account: account, resources: byID)
        )
        if changes.objectValue?.isEmpty == false {
            let lambda = context.aws.lambda
            try await retrying(function) { _ = try await lambda.updateConfiguration(of: function.name, changes) }
            outcome.configuration = .deployed
        }
        if outcome.code == .deployed || outcome.configuration == .deployed { try await waitUntilReady(function) }
        return outcome
    }

    private func properties(of function: ServiceFunction) -> JSONValue {
        let id = "\(Naming.normalizedFunctionName(function.key))LambdaFunction"
        return package.updateTemplate["Resources"]?[id]?["Properties"] ?? [:]
    }

    // MARK: Code

    private func deployCode(
        of function: ServiceFunction,
        _ current: LambdaAPI.Function,
        isForced: Bool
    ) async throws -> Change {
        let lambda = context.aws.lambda
        if let image = properties(of: function)["Code"]?["ImageUri"]?.stringValue {
            if !isForced, current.code["ImageUri"]?.stringValue == image { return .unchanged }
            try await retrying(function) { _ = try await lambda.updateCode(of: function.name, .image(uri: image)) }
            return .deployed
        }
        let id = "\(Naming.normalizedFunctionName(function.key))LambdaFunction"
        guard let (artifact, digest) = artifacts.first(where: { $0.artifact.resources.contains(id) }) else {
            return .skipped
        }
        if !isForced, current.codeDigest == digest.base64 { return .unchanged }
        let source = try await source(of: artifact, digest)
        let architectures = properties(of: function)["Architectures"]?.arrayValue?.compactMap(\.stringValue)
        try await retrying(function) {
            _ = try await lambda.updateCode(of: function.name, source, architectures: architectures)
        }
        // Lambda refuses the next change until the code is taken over.
        try await waitUntilReady(function)
        return .deployed
    }

    /// The largest archive that Lambda takes directly.
    private static let directLimitBytes: Int64 = 50 << 20

    private func source(
        of artifact: DeploymentPackage.Artifact,
        _ digest: SHA256Digest
    ) async throws -> LambdaAPI.CodeSource {
        let files = context.host.files
        let size = try files.status(of: artifact.path).size
        if size <= Self.directLimitBytes { return .archive(try await offPool { try files.read(artifact.path) }) }
        let bucket = try await DeploymentBucket(context).existingName()
        var upload = S3Upload(bucket: bucket, key: artifact.s3Key, body: .file(artifact.path))
        upload.digest = digest
        upload.contentType = "application/zip"
        upload.metadata = [DeployedService.digestName: digest.base64]
        upload.encryption = context.bucketSettings.encryption
        context.report(.uploading(name: artifact.fileName, bytes: size))
        try await context.aws.s3.upload(upload)
        return .object(bucket: bucket, key: artifact.s3Key, version: nil)
    }

    // MARK: Layers

    /// Publishes the layers of the package that the function uses where their contents have changed.
    private func publishLayers(of properties: JSONValue, _ resources: inout [String: StackResource]) async throws {
        let lambda = context.aws.lambda
        for id in (properties["Layers"]?.arrayValue ?? []).compactMap({ $0["Ref"]?.stringValue }) {
            guard let (artifact, digest) = artifacts.first(where: { $0.artifact.resources.contains(id) }),
                let arn = resources[id]?.physicalID, let (layer, version) = Self.version(arn),
                let deployed = try await lambda.layerVersion(layer, version)
            else { continue }
            if deployed["Content"]?["CodeSha256"]?.stringValue == digest.base64 { continue }
            let properties = package.updateTemplate["Resources"]?[id]?["Properties"] ?? [:]
            let published = try await lambda.publishLayer(
                layer,
                try await source(of: artifact, digest),
                settings: properties
            )
            resources[id]?.physicalID = published
        }
    }

    /// The ARN of a layer and the number of a version, from the ARN of the version.
    private static func version(_ arn: String) -> (layer: String, version: Int)? {
        guard let colon = arn.lastIndex(of: ":"), let number = Int(arn[arn.index(after: colon)...]) else { return nil }
        return (String(arn[..<colon]), number)
    }

    // MARK: Waiting

    /// Repeats a change while Lambda refuses it because of one that is in progress.
    private func retrying(_ function: ServiceFunction, _ change: () async throws -> Void) async throws {
        var schedule = PollSchedule(context.host.environment)
        let end = context.host.clock.now + .seconds(300)
        while true {
            do {
                return try await change()
            } catch let error as AWSError
                where error.code == "ResourceConflictException" && context.host.clock.now < end
            {
                context.report(.waitingForFunction(function.key))
                try await context.host.clock.sleep(for: schedule.pause())
            }
        }
    }

    private func waitUntilReady(_ function: ServiceFunction) async throws {
        var schedule = PollSchedule(context.host.environment)
        while true {
            let current = try await Self.deployed(function, context)
            switch current.updateStatus {
            case "InProgress":
                context.report(.waitingForFunction(function.key))
                try await context.host.clock.sleep(for: schedule.pause())
            case "Failed":
                let reason = current.configuration["LastUpdateStatusReason"]?.stringValue
                throw DiagnosticError(
                    .functionUpdateFailed,
                    "Lambda cannot update \(function.label): \(reason ?? "it says no reason")",
                    at: function.node.keyPlace ?? function.node.place
                )
            default: return
            }
        }
    }

    // MARK: Rollback

    /// Replaces the code of a function by that of an earlier version.
    ///
    /// - Throws: ``DiagnosticError`` if there is no such version, `AWSError`, `HTTPError`.
    package static func rollBack(
        _ function: ServiceFunction,
        to version: String,
        _ context: DeploymentContext
    ) async throws {
        guard let found = try await context.aws.lambda.function(function.name, qualifier: version) else {
            _ = try await deployed(function, context)
            throw DiagnosticError(
                .unknownFunctionVersion,
                "\(function.label) has no version '\(version)'",
                help: ["list its versions with 'furoshiki deploy list functions'"]
            )
        }
        let source: LambdaAPI.CodeSource
        if let image = found.code["ResolvedImageUri"]?.stringValue ?? found.code["ImageUri"]?.stringValue {
            source = .image(uri: image)
        } else {
            guard let location = found.code["Location"]?.stringValue, let address = WebAddress(location) else {
                throw DiagnosticError(
                    .functionUpdateFailed,
                    "AWS gives no address for the code of version '\(version)' of \(function.label)"
                )
            }
            let response = try await context.host.transport.send(HTTPRequest("GET", address, limitBytes: 128 << 20))
            guard response.isSuccess, found.codeDigest.map({ $0 == SHA256.digest(of: response.body).base64 }) ?? true
            else {
                throw DiagnosticError(
                    .functionUpdateFailed,
                    "cannot get the code of version '\(version)' of \(function.label): "
                        + (response.isSuccess ? "its digest is wrong" : "the server responds with \(response.status)")
                )
            }
            source = .archive(response.body)
        }
        _ = try await context.aws.lambda.updateCode(of: function.name, source)
        try await FunctionDeployment(
            of: DeploymentPackage(
                directory: context.service.directory,
                createTemplate: nil,
                updateTemplate: [:],
                state: [:]
            ),
            [],
            context
        )
        .waitUntilReady(function)
    }
}
