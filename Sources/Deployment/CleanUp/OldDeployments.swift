import AWSClient
import Diagnostics
import HostSystem
import OrderedJSON

/// Removes deployments that are no longer kept for a rollback.
struct OldDeployments: Sendable {
    /// The context of the deployment.
    let context: DeploymentContext
    /// The name of the bucket.
    let bucket: String

    /// Removes what is older than the deployments to keep, except for artifacts that a kept template refers to.
    ///
    /// - Parameters:
    ///   - objects: the objects before the deployment.
    ///   - newest: the directory of the deployment, which is kept besides.
    ///   - live: the template that the stack has now.
    /// - Throws: ``DiagnosticError`` that names an object that could not be deleted, `AWSError`.
    func prune(_ objects: [S3ObjectSummary], newest: String, live: JSONValue) async throws {
        async let abandoned: Void = abortUploads()
        try await removeOld(objects, newest, live)
        await abandoned
    }

    private func removeOld(_ objects: [S3ObjectSummary], _ newest: String, _ live: JSONValue) async throws {
        let all = StoredDeployment.all(in: objects, below: context.names.directory).filter { $0.directory != newest }
        let complete = all.filter(\.isComplete)
        let kept = complete.suffix(context.bucketSettings.previousDeployments)
        let limit = complete.dropLast(kept.count).last?.milliseconds ?? 0
        let old = all.filter { $0.milliseconds <= limit || (!$0.isComplete && isAbandoned($0.milliseconds)) }
        guard !old.isEmpty else { return }
        var used = Set(ArtifactKeys.all(in: live, below: context.names.directory))
        let templates = try await kept.concurrentMap(limit: DeploymentContext.concurrentCalls) { deployment in
            try await template(of: deployment)
        }
        for template in templates { used.formUnion(ArtifactKeys.all(in: template, below: context.names.directory)) }
        let keys = old.flatMap(\.objects).map(\.key).filter { !used.contains($0) }
        guard !keys.isEmpty else { return }
        context.report(.removingOldDeployments(count: old.count))
        let failures = try await context.aws.s3.delete(keys.map { ($0, nil) }, in: bucket)
        if let failure = failures.first { throw BucketContents.notDeleted(failure, in: bucket) }
    }

    /// Whether a deployment that began at a time and is not complete cannot be one that runs now.
    private func isAbandoned(_ milliseconds: Int64) -> Bool {
        milliseconds < context.host.wallClock.nowMilliseconds - 60 * 60 * 1000
    }

    /// Removes the parts of uploads that a deployment began and did not end, which cost money and are not in any list.
    ///
    /// Not being allowed to is not an error, as the deployment does not need it.
    private func abortUploads() async {
        let s3 = context.aws.s3
        let parent = context.names.directory
        let uploads = (try? await s3.incompleteUploads(in: bucket, prefix: parent + "/")) ?? []
        for upload in uploads {
            let name = upload.key.dropFirst(parent.count + 1).prefix { $0 != "/" }
            guard let time = StoredDeployment.time(in: name), isAbandoned(time) else { continue }
            try? await s3.abortUpload(upload.key, upload.identifier, in: bucket)
        }
    }

    private func template(of deployment: StoredDeployment) async throws -> JSONValue {
        let key = deployment.key(of: StoredDeployment.templateName)
        let object = try await context.aws.s3.object(key, in: bucket, encryption: context.bucketSettings.encryption)
        return try object.map { try JSONValue(parsing: $0.content) } ?? [:]
    }
}
