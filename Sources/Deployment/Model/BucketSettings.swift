import AWSClient
import ConfigurationValues
import HostSystem
package import ServerlessConfig

/// The settings of `provider.deploymentBucket` that decide how objects are written and kept.
package struct BucketSettings: Sendable {
    /// How many deployments are kept beside the newest one.
    let previousDeployments: Int
    /// Whether the bucket keeps previous versions of objects, which are removed with the service.
    let keepsVersions: Bool
    /// How objects are encrypted; `nil` for the default of the bucket.
    let encryption: S3Encryption?

    /// Reads the settings of a service.
    package init(of service: Service) {
        let setting = service.provider["deploymentBucket"]
        previousDeployments = setting?["maxPreviousDeploymentArtifacts"]?.number.map { Int($0) } ?? 5
        keepsVersions = setting?["versioning"]?.bool ?? false
        if let key = setting?["sseCustomerKey"]?.string {
            encryption = .customer(
                algorithm: setting?["sseCustomerAlgorithim"]?.string ?? "AES256",
                key: Secret(key),
                // A key has 32 bytes: it is written as it is, or in Base64.
                isBase64: key.utf8.count != 32
            )
        } else {
            encryption = setting?["serverSideEncryption"]?.string
                .map { .server(algorithm: $0, keyID: setting?["sseKMSKeyId"]?.string) }
        }
    }
}
