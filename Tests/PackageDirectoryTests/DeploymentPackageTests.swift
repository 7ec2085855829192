import CloudFormation
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import PackageDirectory
import Testing

@Suite struct DeploymentPackageTests {
    private let files: InMemoryFileSystem

    init() throws { files = try InMemoryFileSystem() }

    /// The state that Serverless v3.38 writes, with the members that a deployment reads.
    private static let serverlessState = """
        {
          "service": {
            "service": "shop",
            "serviceObject": {"name": "shop"},
            "provider": {"name": "aws", "stage": "live", "region": "eu-west-1", "versionFunctions": true},
            "functions": {
              "orders": {"handler": "h.run", "events": [], "name": "shop-live-orders", "package": {}, "memory": 1024},
              "mails": {"handler": "h.run", "events": [], "package": {"artifact": "dist/mails.zip"}}
            },
            "pluginsData": {},
            "serviceFilename": "serverless"
          },
          "package": {
            "artifactDirectoryName": "serverless/shop/live/1700000000000-2023-11-14T22:13:20.000Z",
            "artifact": "shop.zip"
          }
        }
        """

    /// A template with functions of the given S3 keys.
    private func template(_ keys: [String: String]) -> JSONValue {
        let prefix = "serverless/shop/live/1700000000000-2023-11-14T22:13:20.000Z"
        return [
            "Resources": .object(
                OrderedMap(
                    keys.sorted { $0.key < $1.key }
                        .map { key, file in
                            let code: JSONValue = ["S3Bucket": "b", "S3Key": .string("\(prefix)/\(file)")]
                            return (key, ["Type": "AWS::Lambda::Function", "Properties": ["Code": code]])
                        }
                )
            )
        ]
    }

    private func write(_ package: [String: JSONValue]) throws {
        for (name, value) in package { try files.write(JSONWriter().text(of: value), to: "/shop/.serverless" / name) }
    }

    @Test func `a package that is written and read is the same package`() async throws {
        let package = DeploymentPackage(
            directory: "/shop/.serverless",
            createTemplate: ["Resources": ["Bucket": ["Type": "AWS::S3::Bucket"]]],
            updateTemplate: template(["A": "shop.zip"]),
            state: try JSONValue(parsing: Self.serverlessState)
        )
        for isMinified in [false, true] {
            try await package.write(to: files, isMinified: isMinified)
            let read = try DeploymentPackage(readingFrom: "/shop/.serverless", in: files)
            #expect(read.createTemplate == package.createTemplate)
            #expect(read.updateTemplate == package.updateTemplate)
            #expect(read.state == package.state)
        }
    }

    @Test func `a package without a template for the first deployment removes one of an earlier package`() async throws
    {
        let path: LocalPath = "/shop/.serverless/cloudformation-template-create-stack.json"
        try files.createDirectory("/shop/.serverless")
        try files.write("{}", to: path)
        let state = try JSONValue(parsing: Self.serverlessState)
        let package = DeploymentPackage(
            directory: "/shop/.serverless",
            createTemplate: nil,
            updateTemplate: template([:]),
            state: state
        )
        try await package.write(to: files)
        #expect(!files.exists(path))
        #expect(try DeploymentPackage(readingFrom: "/shop/.serverless", in: files).createTemplate == nil)
    }

    @Test func `the service, its stage and the time of a package that Serverless wrote are known`() throws {
        try files.createDirectory("/shop/.serverless")
        try files.write(Self.serverlessState, to: "/shop/.serverless/serverless-state.json")
        try write(["cloudformation-template-update-stack.json": template([:])])
        let package = try DeploymentPackage(readingFrom: "/shop/.serverless", in: files)
        #expect(package.service == "shop")
        #expect(package.stage == "live")
        #expect(package.region == "eu-west-1")
        #expect(package.artifactDirectory?.milliseconds == 1_700_000_000_000)
        #expect(
            package.artifactDirectory?.key(of: "shop.zip")
                == "serverless/shop/live/1700000000000-2023-11-14T22:13:20.000Z/shop.zip"
        )
    }

    @Test func `artifacts are found in the package or at the path that the state names, each once`() throws {
        for directory in ["/shop/.serverless", "/shop/dist"] as [LocalPath] { try files.createDirectory(directory) }
        try files.write(Self.serverlessState, to: "/shop/.serverless/serverless-state.json")
        try write([
            "cloudformation-template-update-stack.json": template([
                "A": "shop.zip", "B": "shop.zip", "C": "mails.zip",
            ])
        ])
        for path in ["/shop/.serverless/shop.zip", "/shop/dist/mails.zip"] as [LocalPath] {
            try files.write("zip", to: path)
        }
        let package = try DeploymentPackage(readingFrom: "/shop/.serverless", in: files)
        let artifacts = try package.artifacts(ofServiceIn: "/shop", files)
        #expect(artifacts.map(\.path) == ["/shop/.serverless/shop.zip", "/shop/dist/mails.zip"])
        #expect(artifacts.map(\.resources) == [["A", "B"], ["C"]])
        #expect(artifacts.first?.s3Key == package.artifactDirectory?.key(of: "shop.zip"))
    }

    @Test func `all artifacts that are missing from a package are reported`() throws {
        try files.createDirectory("/shop/.serverless")
        try files.write(Self.serverlessState, to: "/shop/.serverless/serverless-state.json")
        try write([
            "cloudformation-template-update-stack.json": template(["A": "shop.zip", "C": "mails.zip"])
        ])
        let package = try DeploymentPackage(readingFrom: "/shop/.serverless", in: files)
        let error = try #require(throws: DiagnosticError.self) {
            try package.artifacts(ofServiceIn: "/shop", files)
        }
        #expect(error.diagnostics.map(\.code) == [.missingArtifact, .missingArtifact])
    }

    @Test func `functions whose code is in another bucket's directory are not artifacts of the package`() throws {
        let foreign: JSONValue = [
            "Type": "AWS::Lambda::Function", "Properties": ["Code": ["S3Bucket": "b", "S3Key": "theirs/x.zip"]],
        ]
        let package = DeploymentPackage(
            directory: "/shop/.serverless",
            createTemplate: nil,
            updateTemplate: ["Resources": ["X": foreign]],
            state: try JSONValue(parsing: Self.serverlessState)
        )
        #expect(try package.artifacts(ofServiceIn: "/shop", files) == [])
    }

    @Test(
        arguments: [
            ([:], .missingDeploymentPackage),
            (["cloudformation-template-update-stack.json": "{}"], .missingDeploymentPackage),
            (
                ["cloudformation-template-update-stack.json": "{}", "serverless-state.json": "{"],
                .invalidDeploymentPackage
            ),
            (
                ["cloudformation-template-update-stack.json": "{\"Resources\":{}}", "serverless-state.json": "{}"],
                .invalidDeploymentPackage
            ),
            (
                ["cloudformation-template-update-stack.json": "[]", "serverless-state.json": serverlessState],
                .invalidDeploymentPackage
            ),
        ] as [([String: String], DiagnosticCode)]
    )
    func `a directory that is not a whole package is an error`(
        _ content: [String: String],
        _ code: DiagnosticCode
    ) throws {
        try files.createDirectory("/shop/.serverless")
        for (name, text) in content { try files.write(text, to: "/shop/.serverless" / name) }
        let error = try #require(throws: DiagnosticError.self) {
            try DeploymentPackage(readingFrom: "/shop/.serverless", in: files)
        }
        #expect(error.diagnostics.first?.code == code)
    }

    @Test func `a file at the place of the package is an error`() throws {
        try files.createDirectory("/shop")
        #expect(try !DeploymentPackage.exists(at: "/shop/.serverless", in: files))
        try files.write("", to: "/shop/.serverless")
        let error = try #require(throws: DiagnosticError.self) {
            try DeploymentPackage.exists(at: "/shop/.serverless", in: files)
        }
        #expect(error.diagnostics.first?.code == .packagePathNotDirectory)
    }

    @Test func `what is left of a failed package is removed, but not the zip files of an earlier one`() throws {
        try files.createDirectory("/shop/.serverless")
        for name in ["serverless-state.json", "shop.zip"] { try files.write("", to: "/shop/.serverless" / name) }
        try DeploymentPackage.discard(at: "/shop/.serverless", in: files, entirely: false)
        #expect(try files.entries(of: "/shop/.serverless").map(\.name) == ["shop.zip"])
        try DeploymentPackage.discard(at: "/shop/.serverless", in: files, entirely: true)
        #expect(!files.exists("/shop/.serverless"))
    }
}
