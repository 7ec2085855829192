import AWSClient
import Diagnostics
import HostSystem
import OrderedJSON

/// Lets CloudFormation compute what a template would change in a stack, and changes nothing.
///
/// The change set has a name of its own, and is deleted in any case, as is the object that a large template needs.
struct ChangeSetPreview: Sendable {
    /// The context of the deployment.
    let context: DeploymentContext
    /// The deployment bucket, for templates that are too large for a request; `nil` if there is none.
    let bucket: String?

    /// The largest template that CloudFormation accepts in a request, in bytes.
    private static let directTemplateBytes = 51_200
    /// The time limit for deleting the change set and the object.
    private static let cleanUpLimit = Duration.seconds(20)

    private var api: CloudFormationAPI { context.aws.cloudFormation }

    /// The changes that a template would make.
    ///
    /// - Parameters:
    ///   - template: the template to deploy.
    ///   - stack: the stack, which exists.
    ///   - comparesDrift: whether it is compared with the resources as they are now, and not as CloudFormation left them.
    /// - Returns: the change set; one without changes if there are none, and `nil` if the template is too large to be sent.
    /// - Throws: ``DiagnosticError`` that explains why CloudFormation cannot compute them, `AWSError`, `CancellationError`.
    func changes(of template: JSONValue, in stack: Stack, comparesDrift: Bool) async throws -> ChangeSet? {
        let text = JSONWriter().text(of: template)
        let name = "furoshiki-preview-\(context.host.wallClock.nowMilliseconds)"
        guard text.utf8.count > Self.directTemplateBytes else {
            return try await changes(.body(text), template, name, in: stack, comparesDrift)
        }
        guard let bucket else { return nil }
        let key = "\(context.names.directory)/\(name).json"
        let s3 = context.aws.s3
        return try await cleaningUp {
            var object = S3Upload(bucket: bucket, key: key, body: .bytes(Array(text.utf8)))
            object.contentType = "application/json"
            object.encryption = context.bucketSettings.encryption
            try await s3.upload(object)
            let address = ObjectAddress.address(of: key, in: bucket, context.aws)
            return try await changes(.address(address), template, name, in: stack, comparesDrift)
        } after: {
            if let failure = try await s3.delete([(key, nil)], in: bucket).first {
                throw BucketContents.notDeleted(failure, in: bucket)
            }
        }
    }

    private func changes(
        _ source: TemplateSource,
        _ template: JSONValue,
        _ name: String,
        in stack: Stack,
        _ comparesDrift: Bool
    ) async throws -> ChangeSet {
        let request = context.stackSettings.request(stack.name, template, from: source, kind: .update)
        let api = api
        return try await cleaningUp {
            do {
                _ = try await api.createChangeSet(request, name: name, kind: .update, comparesDrift: comparesDrift)
            } catch let error as AWSError where error.code == "AlreadyExistsException" {
                // The first attempt had its effect, although its response was lost.
            } catch let error as AWSError {
                throw await StackOperations(context).explained(error, stack.name)
            }
            return try await computed(name, of: stack.name)
        } after: {
            try await api.deleteChangeSet(name, of: stack.name)
        }
    }

    /// Waits until a change set is computed.
    private func computed(_ name: String, of stack: String) async throws -> ChangeSet {
        var schedule = PollSchedule(context.host.environment)
        while true {
            guard let changeSet = try await api.changeSet(name, of: stack, hasPaths: true) else {
                throw ConflictingUpdate.changedMeanwhile(stack, "the change set '\(name)' no longer exists")
            }
            if changeSet.isEmpty || changeSet.status == "CREATE_COMPLETE" { return changeSet }
            if changeSet.status == "FAILED" { throw DiagnosticError.changeSetFailed(changeSet, of: stack) }
            context.report(.waitingForChangeSet)
            try await context.host.clock.sleep(for: schedule.pause())
        }
    }

    /// Runs work, and what undoes it, even if the work fails or is interrupted.
    private func cleaningUp<Result>(
        _ work: () async throws -> Result,
        after cleanUp: @escaping @Sendable () async throws -> Void
    ) async throws -> Result {
        let result: Result
        do {
            result = try await work()
        } catch {
            // The error of the work is more important than one of the clean-up.
            try? await shieldedFromCancellation(limit: Self.cleanUpLimit, clock: context.host.clock, cleanUp)
            throw error
        }
        try await shieldedFromCancellation(limit: Self.cleanUpLimit, clock: context.host.clock, cleanUp)
        return result
    }
}
