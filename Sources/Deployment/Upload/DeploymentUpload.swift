import AWSClient
import HostSystem
import OrderedJSON
import PackageDirectory
import Synchronization

/// Writes the files of a deployment to the bucket.
struct DeploymentUpload: Sendable {
    /// The context of the deployment.
    let context: DeploymentContext
    /// The name of the bucket.
    let bucket: String

    /// The files that are sent at the same time, so that the small artifacts of a service go in one round trip; large ones are
    /// sent in parts besides.
    private static let concurrentFiles = 24

    /// Uploads the artifacts, the state and the template of a plan.
    ///
    /// The template comes last: a deployment that has one can be returned to, so what it refers to has to be there.
    func upload(_ plan: DeploymentPlan) async throws {
        var items: [Item] = []
        for upload in plan.uploads { items.append(try item(for: upload)) }
        items.sort { $0.bytes > $1.bytes }
        items.append(document(plan.state, StoredDeployment.stateName, DeploymentPlan.digest(ofState: plan.state), plan))
        let template = document(
            plan.template,
            StoredDeployment.templateName,
            DeploymentPlan.digest(ofTemplate: plan.template),
            plan
        )
        let progress = SentBytes(total: items.reduce(template.bytes) { $0 + $1.bytes })
        _ = try await items.concurrentMap(limit: Self.concurrentFiles) { try await send($0, progress) }
        try await send(template, progress)
    }

    private func item(for upload: DeploymentPlan.Upload) throws -> Item {
        let artifact = upload.artifact
        var object = S3Upload(bucket: bucket, key: artifact.s3Key, body: .file(artifact.path))
        object.digest = upload.digest
        object.contentType = "application/zip"
        object.metadata = [DeployedService.digestName: upload.digest.base64]
        return Item(
            name: artifact.fileName,
            bytes: try context.host.files.status(of: artifact.path).size,
            object: object
        )
    }

    private func send(_ item: Item, _ progress: SentBytes) async throws {
        let (report, name) = (context.report, item.name)
        var object = item.object
        object.encryption = context.bucketSettings.encryption
        object.progress = { sent, _ in
            report(.uploaded(bytes: progress.add(sent, of: name), of: progress.total))
        }
        report(.uploading(name: name, bytes: item.bytes))
        try await context.aws.s3.upload(object)
    }

    private struct Item: Sendable {
        let name: String
        let bytes: Int64
        var object: S3Upload
    }

    private func document(_ value: JSONValue, _ name: String, _ digest: String, _ plan: DeploymentPlan) -> Item {
        let bytes = JSONWriter().bytes(of: value)
        var object = S3Upload(bucket: bucket, key: "\(plan.directory)/\(name)", body: .bytes(bytes))
        object.contentType = "application/json"
        object.metadata = [DeployedService.digestName: digest]
        return Item(name: name, bytes: Int64(bytes.count), object: object)
    }
}

/// The bytes of several files that were sent, summed up.
private final class SentBytes: Sendable {
    let total: Int64
    private let sent = Mutex<[String: Int64]>([:])

    init(total: Int64) { self.total = total }

    /// Records how much of a file was sent, and returns the sum of all files.
    func add(_ bytes: Int64, of name: String) -> Int64 {
        sent.withLock { sent in
            sent[name] = bytes
            return sent.values.reduce(0, +)
        }
    }
}

/// The addresses of objects that CloudFormation reads.
enum ObjectAddress {
    /// The address of an object; CloudFormation accepts the form with the bucket in the path in all partitions.
    static func address(of key: String, in bucket: String, _ aws: AWSClient) -> String {
        let host =
            aws.partition.identifier == "aws"
            ? "s3.amazonaws.com" : "s3.\(aws.region).\(aws.partition.domain)"
        return "https://\(host)/\(bucket)/\(key)"
    }
}
