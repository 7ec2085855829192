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
        let all = StoredDeployment.all(in: objects, below: context.names.directory).filter { $0.directory != newest }
        let complete = all.filter(\.isComplete)
        let kept = complete.suffix(context.bucketSettings.previousDeployments)
        // A directory without a template that is newer than this may be that of a deployment that runs now.
        guard let limit = complete.dropLast(kept.count).last?.milliseconds else { return }
        let old = all.filter { $0.milliseconds <= limit }
        var used = Set(ArtifactKeys.all(in: live, below: context.names.directory))
        let templates = try await kept.concurrentMap(limit: DeploymentContext.concurrentCalls) { deployment in
            try await template(of: deployment)
        }
        for template in templates { used.formUnion(ArtifactKeys.all(in: template, below: context.names.directory)) }
        let keys = old.flatMap(\.objects).map(\.key).filter { !used.contains($0) }
        guard !keys.isEmpty else { return }
        context.report(.removingOldDeployments(count: old.count(where: \.isComplete)))
        let failures = try await context.aws.s3.delete(keys.map { ($0, nil) }, in: bucket)
        if let failure = failures.first { throw BucketContents.notDeleted(failure, in: bucket) }
    }

    private func template(of deployment: StoredDeployment) async throws -> JSONValue {
        let key = deployment.key(of: StoredDeployment.templateName)
        let object = try await context.aws.s3.object(key, in: bucket, encryption: context.bucketSettings.encryption)
        return try object.map { try JSONValue(parsing: $0.content) } ?? [:]
    }
}
