import ConfigurationValues
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

@testable import CloudFormation

/// A service with the templates of Serverless 3.38 or, in the area `modern`, of its successor osls 4.3.
struct RecordedTemplate: Sendable, CustomTestStringConvertible {
    /// The area and the case, such as `queues/sqs-every-option`.
    let name: String

    var testDescription: String { name }

    private let recorded: RecordedService

    /// All of them, by name, but for services whose layers are made of Python requirements: their artifacts are not
    /// those of the file.
    static let all: [RecordedTemplate] = RecordedService.all
        .filter { $0.area != "python-requirements" && LiveFileSystem().isFile($0.folder / "template.json") }
        .map { RecordedTemplate(name: $0.name, recorded: $0) }

    func json(_ file: String) throws -> JSONValue? { try recorded.json(file) }

    /// The service as it was after its variables were resolved.
    private func service() throws -> Service {
        var printed = ConfigurationValue(try json("print.json") ?? .object([:]))
        // What is printed has the settings of the deployment bucket at a place of their own.
        if let bucket = printed[path: "provider", "deploymentBucketObject"] {
            printed["provider"]?["deploymentBucket"] = bucket
            printed["provider"]?["deploymentBucketObject"] = nil
        }
        let root = try ConfigurationValidator.validate(printed).root
        return Service(
            root: root,
            directory: "/service",
            stage: recorded.argument("--stage", "-s"),
            region: recorded.argument("--region", "-r")
        )
    }

    /// What is needed to compile the service into the template that was recorded.
    func context() throws -> CompileContext {
        let service = try service()
        let template = try json("template.json") ?? .object([:])
        let path = directory(template) ?? "serverless/\(service.name)/\(service.stage)/<TIME>"
        return CompileContext(
            service: service,
            artifactDirectory: ArtifactDirectory(path: path, milliseconds: 1_700_000_000_000)
        )
    }

    /// The templates of the service, with artifacts of the recorded names.
    func templates() throws -> TemplateCompiler.Templates {
        let context = try context()
        let artifacts = artifacts(context.service, try json("template.json") ?? .object([:]))
        return try TemplateCompiler.templates(of: context, artifacts)
    }

    /// The artifacts that the recorded template names, with made-up hashes.
    private func artifacts(_ service: Service, _ template: JSONValue) -> ArtifactReferences {
        func artifact(_ logicalID: String, _ code: String) -> ArtifactReferences.Artifact? {
            let key = template["Resources"]?[logicalID]?["Properties"]?[code]?["S3Key"]?.stringValue
            return key?.split(separator: "/").last
                .map {
                    .init(fileName: String($0), sha256Base64: SHA256.digest(of: logicalID).base64)
                }
        }
        var result = ArtifactReferences()
        for function in service.functions {
            let logicalID = Naming.normalizedFunctionName(function.key) + "LambdaFunction"
            result.functions[function.key] = artifact(logicalID, "Code")
        }
        for layer in service.layers {
            let logicalID = Naming.layerID(layer.key)
            result.layers[layer.key] = artifact(logicalID, "Content") ?? artifact(logicalID + "<HASH>", "Content")
        }
        return result
    }

    private func directory(_ template: JSONValue) -> String? {
        for (_, resource) in template["Resources"]?.objectValue ?? [:] {
            let properties = resource["Properties"]
            let key = properties?["Code"]?["S3Key"] ?? properties?["Content"]?["S3Key"]
            if let key = key?.stringValue, key.contains("<TIME>"), let end = key.lastIndex(of: "/") {
                return String(key[..<end])
            }
        }
        return nil
    }
}
