import AWSClient
package import ConfigurationValues
package import Diagnostics
package import HostSystem
import OrderedJSON

/// The download of a layer that is in AWS, to run a function with it here.
package struct LayerDownload: Sendable {
    /// The ARN of the layer, without the version.
    private let layer: String
    private let version: Int
    private let arn: String
    private let node: ConfigurationValue

    /// The name of the layer.
    package let name: String

    /// The maximum size of a layer: twice what Lambda accepts, unzipped.
    private static let limitBytes: Int64 = 512 << 20

    /// Reads the ARN of a version of a layer.
    ///
    /// - Parameters:
    ///   - arn: the ARN.
    ///   - node: its value in the configuration, for errors.
    /// - Throws: `DiagnosticError` if it is not the ARN of a version.
    package init(_ arn: String, at node: ConfigurationValue) throws(DiagnosticError) {
        let parts = arn.split(separator: ":").map(String.init)
        guard parts.count == 8, let version = Int(parts[7]) else {
            throw DiagnosticError(
                .invalidARN,
                "invalid ARN '\(arn)' of a layer",
                at: node.place,
                help: ["write it as 'arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION'"]
            )
        }
        self.arn = arn
        self.node = node
        self.version = version
        name = parts[6]
        layer = parts.dropLast().joined(separator: ":")
    }

    /// Writes the zip file of the layer, and compares it with the digest that Lambda has of it.
    ///
    /// - Parameters:
    ///   - path: the file to write.
    ///   - context: the context of the service.
    /// - Throws: `DiagnosticError` with the place of the layer, `AWSError`, `HTTPError`, `CancellationError`.
    package func write(to path: LocalPath, _ context: DeploymentContext) async throws {
        let content = try await context.aws.lambda.layerVersion(layer, version)?["Content"]
        guard let address = content?["Location"]?.stringValue.flatMap({ WebAddress($0) }) else {
            throw DiagnosticError(
                .invalidARN,
                "the layer '\(arn)' does not exist",
                at: node.place,
                help: ["correct its name and version: aws lambda list-layer-versions --layer-name \(layer)"]
            )
        }
        let file = HTTPDownload(to: path, limitBytes: Self.limitBytes)
        let result = try await context.host.transport.download(HTTPRequest("GET", address), file)
        guard result.response.isSuccess else {
            throw DiagnosticError(
                .requestFailed,
                "cannot download the layer '\(arn)': the server responds with \(result.response.status)",
                at: node.place
            )
        }
        guard content?["CodeSha256"]?.stringValue == Base64.encode(result.sha256.bytes) else {
            throw DiagnosticError(
                .requestFailed,
                "cannot download the layer '\(arn)': its content does not have the digest that Lambda has of it",
                at: node.place,
                help: ["run the command again"]
            )
        }
    }
}
