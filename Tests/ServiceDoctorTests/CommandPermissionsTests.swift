import AWSClient
import FuroshikiTestSupport
import HostSystem
import ServiceDoctor
import Testing

@Suite("The permissions of commands")
struct CommandPermissionsTests {
    /// The directory of the project.
    private static let root = LocalPath(#filePath).parent.parent.parent

    /// The operations that the client has for other reasons: to get credentials and variables, or for other programs.
    private static let others: Set<String> = [
        // Credentials.
        "AssumeRole", "AssumeRoleWithWebIdentity", "GetRoleCredentials", "CreateToken",
        // Variables, and values that are looked up while the template is made.
        "GetParameter", "GetParameters", "GetSecretValue", "ListExports",
        // Not used by a command.
        "CancelUpdateStack", "ContinueUpdateRollback", "CreateBucket", "DeleteLogGroup", "DescribeLogStreams",
        "GetBucketEncryption", "GetBucketLocation", "GetBucketVersioning", "GetDeployments", "GetFunctionConfiguration",
        "GetRestApis", "PublishVersion", "PutBucketEncryption", "PutBucketPolicy", "PutBucketTagging",
        "PutPublicAccessBlock",
    ]

    /// The operations of a push, which a container engine makes.
    private static let operationsOfEngine: Set<String> = [
        "BatchCheckLayerAvailability", "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "BatchGetImage",
        "PutImage",
    ]

    @Test("name every operation that the client can call")
    func everyOperation() throws {
        let files = LiveFileSystem()
        let directory = Self.root / "Sources/AWSClient/Services"
        var operations: Set<String> = []
        // The name of an operation is the first string of a call, or the second argument after the service.
        let pattern =
            /(?:Self\.(?:call|document|patch)\(\s*|\.(?:rest|query|json)\(\.\w+,\s*|(?:items|listed|changeStack)\(\s*)"([A-Z]\w+)"/
        for entry in try files.entries(of: directory) {
            let text = try files.readText(directory / entry.name)
            for match in text.matches(of: pattern) { operations.insert(String(match.1)) }
        }
        #expect(operations.count > 40)
        let known = Set(CommandPermissions.all.flatMap(\.calls).map(\.operation)).union(Self.others)
        #expect(operations.subtracting(known).sorted() == [])
        let called = Set(CommandPermissions.all.flatMap(\.calls).map(\.operation))
        #expect(called.subtracting(operations).subtracting(Self.operationsOfEngine).sorted() == [])
        #expect(called.intersection(Self.others).isEmpty)
    }

    @Test("are in the documentation as the program has them")
    func documentation() throws {
        let path = Self.root / "docs/credentials.md"
        var text = try LiveFileSystem().readText(path)
        let (start, end) = ("<!-- permissions -->\n", "\n<!-- /permissions -->")
        let from = try #require(text.firstRange(of: start))
        let to = try #require(text.firstRange(of: end))
        if Environment.current().nonEmpty("FUROSHIKI_RECORD") != nil {
            text.replaceSubrange(from.upperBound..<to.lowerBound, with: CommandPermissions.table)
            try LiveFileSystem().write(text, to: path)
            return
        }
        #expect(text[from.upperBound..<to.lowerBound] == CommandPermissions.table[...])
    }

    @Test(arguments: [
        ("HeadObject", "s3:GetObject"), ("ListObjectsV2", "s3:ListBucket"), ("UploadPart", "s3:PutObject"),
        ("DeleteObjects", "s3:DeleteObject s3:DeleteObjectVersion"),
    ])
    func `operations of S3 have the actions that IAM knows`(operation: String, actions: String) {
        let found = IAMAction.actions(for: operation, of: .s3).map(\.name).joined(separator: " ")
        #expect(found == actions)
    }

    @Test("API Gateway has actions named after methods, and a session needs none to know itself")
    func others() {
        #expect(IAMAction.actions(for: "UpdateStage", of: .apiGateway) == [IAMAction("apigateway:PATCH")])
        #expect(IAMAction.actions(for: "GetUsagePlans", of: .apiGateway) == [IAMAction("apigateway:GET")])
        #expect(IAMAction.actions(for: "GetCallerIdentity", of: .sts).isEmpty)
        #expect(IAMAction.actions(for: "Invoke", of: .lambda) == [IAMAction("lambda:InvokeFunction")])
    }
}
