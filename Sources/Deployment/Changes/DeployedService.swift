package import AWSClient
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig

/// A service as it is deployed now, or nothing if it is not.
package struct DeployedService: Sendable {
    /// The stack; `nil` if there is none.
    package var stack: Stack?
    /// The identifier of the newest event of the stack.
    var newestEvent: String?
    /// The template that the stack has; `nil` if there is no stack, or if it may not be read.
    var template: JSONValue?
    /// The resources of the stack.
    package var resources: [StackResource] = []
    /// The digests of the code of the functions in Base64, by their keys in the configuration.
    var codeDigests: [String: String] = [:]
    /// Whether everything that decides if the service has changed could be read.
    var isKnown = true
    /// The name of the bucket; `nil` if the stack has yet to create it.
    package var bucket: String?
    /// The objects of all deployments.
    package var objects: [S3ObjectSummary] = []
    /// The digests of the artifacts that the template refers to, by key; those without an object are omitted.
    var artifactDigests: [String: String] = [:]
    /// The digest of the state that was uploaded last.
    var stateDigest: String?

    /// The stack for an operation.
    package var before: StackOperations.Before { .init(stack: stack, newestEvent: newestEvent) }

    /// The name of the metadata that has the digest of an object's content.
    static let digestName = "filesha256"
}

/// Finds out how a service is deployed, with as few calls after one another as possible.
struct DeployedServiceLookup: Sendable {
    /// The context of the deployment.
    let context: DeploymentContext

    /// Asks for the stack and everything that belongs to it.
    ///
    /// Three rounds of calls are enough: the stack, its template, resources and functions; the objects; and the state that
    /// was uploaded last.
    func find() async throws -> DeployedService {
        let api = context.aws.cloudFormation
        let name = context.names.stack
        async let stack = api.stack(name)
        async let template = permitted { try await api.template(of: name) }
        async let resources = presentResources()
        async let event = newestEvent()
        async let digests = codeDigests()
        async let bucketCheck: Void = DeploymentBucket(context).checkNamedBucket()

        var result = DeployedService()
        result.stack = try await stack
        try await bucketCheck
        result.resources = try await resources
        result.newestEvent = try await event
        let text = try await template
        result.template = text.value?.flatMap { try? JSONValue(parsing: $0) }
        let code = try await digests
        result.codeDigests = code.digests
        result.isKnown = text.isPermitted && code.isComplete
        result.bucket = DeploymentBucket(context).name(in: result.resources)
        if let bucket = result.bucket { try await findObjects(in: bucket, &result) }
        return result
    }

    /// The service after the bucket was added to its stack, which is empty and needs no look.
    ///
    /// - Parameters:
    ///   - deployed: the service before.
    ///   - template: the template that the stack has now.
    /// - Returns: the service with the stack as it is now.
    /// - Throws: `AWSError`, `CancellationError`.
    func withBucket(_ deployed: DeployedService, _ template: JSONValue) async throws -> DeployedService {
        async let stack = context.aws.cloudFormation.stack(context.names.stack)
        async let resources = presentResources()
        async let event = newestEvent()
        var result = deployed
        result.template = template
        result.stack = try await stack
        result.resources = try await resources
        result.newestEvent = try await event
        result.bucket = DeploymentBucket(context).name(in: result.resources)
        return result
    }

    private func findObjects(in bucket: String, _ result: inout DeployedService) async throws {
        let keys = result.template.map { ArtifactKeys.all(in: $0, below: context.names.directory) } ?? []
        result.objects = try await DeploymentBucket(context).objects(in: bucket)
        let present = Set(result.objects.map(\.key))
        let known = result.template.map(ArtifactKeys.digests) ?? [:]
        var unknown: [String] = []
        for key in keys where present.contains(key) {
            if let digest = known[key] { result.artifactDigests[key] = digest } else { unknown.append(key) }
        }
        let newest = StoredDeployment.all(in: result.objects, below: context.names.directory).last(where: \.isComplete)
        let state = newest?.key(of: StoredDeployment.stateName)
        if let state, present.contains(state) { unknown.append(state) }
        let digests = try await unknown.concurrentMap(limit: DeploymentContext.concurrentCalls) { key in
            (key, try await digest(of: key, in: bucket))
        }
        for (key, digest) in digests {
            if key == state { result.stateDigest = digest } else { result.artifactDigests[key] = digest }
        }
    }

    private func digest(of key: String, in bucket: String) async throws -> String? {
        try await context.aws.s3.head(key, in: bucket, encryption: context.bucketSettings.encryption)?
            .metadata[DeployedService.digestName]
    }

    /// The resources of the stack; none if it does not exist.
    func presentResources() async throws -> [StackResource] {
        do {
            return try await context.aws.cloudFormation.resources(of: context.names.stack)
        } catch let error as AWSError where error.isMissingStack {
            return []
        }
    }

    /// The identifier of the newest event of the stack; `nil` if it does not exist.
    func newestEvent() async throws -> String? {
        do {
            var isSecond = false
            return try await context.aws.cloudFormation
                .events(of: context.names.stack) { _ in
                    defer { isSecond = true }
                    return isSecond
                }
                .first?
                .identifier
        } catch let error as AWSError where error.isMissingStack {
            return nil
        }
    }

    /// The digests of the code that the functions run now, which `deploy function` may have changed.
    private func codeDigests() async throws -> (digests: [String: String], isComplete: Bool) {
        let functions = context.service.functions.filter { $0.image == nil }
        let lambda = context.aws.lambda
        let listed = try await DeployedFunctionList(lambda: lambda).digests(ofAbout: Set(functions.map(\.name)))
        let others = functions.filter { listed[$0.name] == nil }
        let found = try await others.concurrentMap(limit: DeploymentContext.concurrentCalls) { function in
            (function.key, try await permitted { try await lambda.function(function.name)?.codeDigest })
        }
        var digests: [String: String] = [:]
        for function in functions { digests[function.key] = listed[function.name] }
        for (key, answer) in found { digests[key] = answer.value ?? nil }
        return (digests, found.allSatisfy(\.1.isPermitted))
    }

    /// Makes a call without which a deployment is still possible.
    private func permitted<Value: Sendable>(
        _ call: () async throws -> Value
    ) async throws -> (value: Value?, isPermitted: Bool) {
        do {
            return (try await call(), true)
        } catch let error as AWSError where error.isAccessDenied {
            context.report(
                .finding(
                    Diagnostic(
                        .warning,
                        .deployedStateUnknown,
                        "not allowed to call '\(error.action)': the service is deployed even if nothing has changed",
                        help: ["allow '\(error.action)' in the IAM policy of the user or role"]
                    )
                )
            )
            return (nil, false)
        }
    }
}

extension AWSError {
    /// Whether a policy forbids the call.
    var isAccessDenied: Bool {
        ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Forbidden"].contains(code)
    }
}
