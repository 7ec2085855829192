import Deployment
import HostSystem
import OrderedJSON

/// The deployments that are kept in the bucket, for users who choose one.
struct DeploymentList {
    /// The deployments, oldest first.
    let deployments: [StoredDeployment]

    /// The deployments as text.
    var text: String {
        deployments.map { deployment in
            let time = InstantText.iso8601(milliseconds: deployment.milliseconds)
            let date = time.prefix(10) + " " + time.dropFirst(11).prefix(8) + " UTC"
            let files = deployment.fileNames.map { "  - \($0)\n" }.joined()
            return "\(date)\nTimestamp: \(deployment.milliseconds)\nFiles:\n\(files)"
        }
        .joined()
    }

    /// The deployments as a JSON array.
    var json: JSONValue {
        .array(
            deployments.map { deployment in
                [
                    "timestamp": .number(Double(deployment.milliseconds)),
                    "time": .string(InstantText.iso8601(milliseconds: deployment.milliseconds)),
                    "files": .array(deployment.fileNames.map { .string($0) }),
                ]
            }
        )
    }
}
