import CloudFormation
import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import PackageDirectory
import ServerlessConfig
import Testing

/// What `serverless deploy --package` reads of `serverless-state.json`.
struct ServiceStateTests {
    private func state(_ yaml: String, artifacts: [String: String], layers: [String: String] = [:]) throws -> JSONValue
    {
        let root = try #require(try ConfigurationText.yaml(Array(yaml.utf8), file: "serverless.yml"))
        func artifact(_ name: String) -> ArtifactReferences.Artifact { .init(fileName: name, sha256Base64: "AA==") }
        let references = ArtifactReferences(
            functions: artifacts.mapValues(artifact),
            layers: layers.mapValues(artifact)
        )
        let requirementLayers = RequirementLayers(
            layers: layers.keys.sorted()
                .map { ServiceLayer(key: $0, name: $0, node: ConfigurationValue(.map([:]))) },
            references: [:]
        )
        let service = Service(root: root, directory: "/shop")
        let context = CompileContext(
            service: service,
            requirementLayers: requirementLayers,
            artifactDirectory: ArtifactDirectory(path: "serverless/shop/dev/1-x", milliseconds: 1)
        )
        let templates = try TemplateCompiler.templates(of: context, references)
        let shared = artifacts.values.sorted().first
        return ServiceState(of: context, references, serviceArtifact: shared, in: "out")
            .document(create: templates.create, update: templates.update)
    }

    private static let service = """
        service: shop
        provider: {name: aws, runtime: python3.12}
        functions: {one: {handler: a.b}, two: {handler: a.b}}

        """

    @Test
    func `functions with a shared zip file do not refer to it`() throws {
        let functions = try state(Self.service, artifacts: ["one": "shop.zip", "two": "shop.zip"])["service"]?[
            "functions"
        ]
        #expect(functions?["one"] != nil && functions?["one"]?["package"] == nil)
    }

    @Test
    func `if there are several zip files, each function refers to its own by path`() throws {
        let artifacts = ["one": "shop-python3.11-x86_64.zip", "two": "shop-python3.12-x86_64.zip"]
        let functions = try state(Self.service, artifacts: artifacts)["service"]?["functions"]
        for (key, name) in artifacts {
            #expect(functions?[key]?["package"] == ["individually": true, "artifact": .string("out/\(name)")])
        }
    }

    @Test
    func `functions that are packaged individually refer to their zip file as in Serverless`() throws {
        let service = Self.service + "package: {individually: true}\n"
        let functions = try state(service, artifacts: ["one": "one.zip", "two": "two.zip"])["service"]?["functions"]
        #expect(functions?["two"]?["package"] == ["artifact": ".serverless/two.zip"])
    }

    @Test
    func `requirement layers are in the state like other layers`() throws {
        let zips = ["one": "shop.zip", "two": "shop.zip"]
        let state = try state(Self.service, artifacts: zips, layers: ["requirements": "r.zip"])
        #expect(state["service"]?["layers"]?["requirements"] == ["package": ["artifact": "out/r.zip"]])
    }
}
