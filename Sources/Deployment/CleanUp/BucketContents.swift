import AWSClient
import Diagnostics
import HostSystem

/// The objects that a service's stage has in the deployment bucket, which are removed with it.
struct BucketContents: Sendable {
    /// The context of the deployment.
    let context: DeploymentContext
    /// The name of the bucket.
    let bucket: String

    /// Removes the objects of the service's stage; those of others stay.
    ///
    /// In the bucket that the stack itself creates, that includes deployments under an earlier `deploymentPrefix`.
    func empty() async throws {
        let isOwn = context.names.bucket == nil
        let prefix = isOwn ? "" : context.names.directory + "/"
        let s3 = context.aws.s3
        let found: [(key: String, version: String?)]
        do {
            found =
                context.bucketSettings.keepsVersions
                ? try await s3.versions(in: bucket, prefix: prefix)
                : try await s3.objects(in: bucket, prefix: prefix).map { ($0.key, nil) }
        } catch let error as AWSError where error.isMissingObject {
            return
        }
        let objects = found.filter { belongs($0.key) }
        guard !objects.isEmpty else { return }
        let failures = try await s3.delete(objects, in: bucket)
        if let failure = failures.first { throw Self.notDeleted(failure, in: bucket) }
    }

    /// Whether a key is that of a file of a deployment of the service's stage.
    private func belongs(_ key: String) -> Bool {
        if key.hasPrefix(context.names.directory + "/") { return true }
        guard context.names.bucket == nil else { return false }
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 4 else { return false }
        let place = parts.suffix(4)
        return Array(place.prefix(2)) == [context.names.service[...], context.names.stage[...]]
            && StoredDeployment.time(in: place[place.startIndex + 2]) != nil
    }

    /// The error of an object that could not be deleted.
    static func notDeleted(_ failure: (key: String, reason: String), in bucket: String) -> DiagnosticError {
        DiagnosticError(
            .bucketNotEmptied,
            "cannot delete '\(failure.key)' in the bucket '\(bucket)': \(failure.reason)",
            help: ["allow 's3:DeleteObject' for the bucket in the IAM policy of the user or role, and try again"]
        )
    }
}
