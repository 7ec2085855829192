import AWSClient
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Synchronization
import Testing

@Suite(.enabled(if: MockAWS.isAvailable, BotocoreOracle.requirement)) struct MockedServicesTests {
    private static func client(_ origin: String, region: String = "eu-west-1") throws -> AWSClient {
        let environment = Environment([
            "AWS_ENDPOINT_URL": origin, "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret",
        ])
        let host = HostServices(
            files: LiveFileSystem(),
            processes: LiveProcessRunner(),
            transport: CurlTransport(environment: environment),
            environment: environment
        )
        return try AWSSession(.environment, host: host).client(region: region)
    }

    @Test func `buckets and objects are created, listed, read in parts and deleted`() async throws {
        try await MockAWS.with { origin in
            let s3 = try Self.client(origin).s3
            #expect(try await s3.bucket("shop-bucket") == nil)
            try await s3.createBucket("shop-bucket")
            try await s3.createBucket("shop-bucket")
            #expect(try await s3.bucket("shop-bucket") != nil)
            #expect(try await s3.region(of: "shop-bucket") == "eu-west-1")
            try await s3.setEncryption(of: "shop-bucket", algorithm: "AES256")
            #expect(try await s3.encryption(of: "shop-bucket") == "AES256")
            try await s3.blockPublicAccess(to: "shop-bucket")
            try await s3.setTags(of: "shop-bucket", [("a", "1 & 2")])
            #expect(try await s3.keepsVersions("shop-bucket") == false)

            let keys = ["a/b c+d.txt", "a/ä&<é>.json", "a/x//y", "other"]
            for key in keys {
                var upload = S3Upload(bucket: "shop-bucket", key: key, body: .bytes(Array("content of \(key)".utf8)))
                upload.contentType = "text/plain"
                upload.metadata = ["filesha256": "abc="]
                try await s3.upload(upload)
            }
            #expect(try await s3.objects(in: "shop-bucket", prefix: "a/").map(\.key) == keys.dropLast().sorted())
            let head = try #require(try await s3.head(keys[0], in: "shop-bucket"))
            #expect(head.metadata == ["filesha256": "abc="])
            #expect(head.sizeBytes == 22)
            let part = try #require(try await s3.object(keys[0], in: "shop-bucket", range: 0...6))
            #expect(String(decoding: part.content, as: UTF8.self) == "content")
            #expect(part.head.sizeBytes == 22)
            #expect(try await s3.object("absent", in: "shop-bucket") == nil)
            #expect(try await s3.head("key", in: "no-such-bucket") == nil)
            #expect(try await s3.delete(keys.map { ($0, nil) }, in: "shop-bucket").isEmpty)
            #expect(try await s3.objects(in: "shop-bucket").isEmpty)
        }
    }

    @Test func `a large file is uploaded in parts, and downloaded as it was`() async throws {
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { folder in
            try await MockAWS.with { origin in
                let s3 = try Self.client(origin).s3
                try await s3.createBucket("large-bucket")
                let size = 20 << 20
                var generator = SeededGenerator(seed: 5)
                let piece = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &generator) }
                var bytes: [UInt8] = []
                while bytes.count < size { bytes += piece }
                try LiveFileSystem().write(bytes, to: folder / "large.zip")
                let reported = Mutex<Int64>(0)
                var upload = S3Upload(bucket: "large-bucket", key: "d/large.zip", body: .file(folder / "large.zip"))
                upload.progress = { sent, total in if total == Int64(size) { reported.withLock { $0 = max($0, sent) } }
                }
                try await s3.upload(upload)
                #expect(reported.withLock { $0 } == Int64(size))
                let head = try #require(try await s3.head("d/large.zip", in: "large-bucket"))
                #expect(head.sizeBytes == Int64(size))
                // Such a tag ends with the number of parts.
                #expect(head.tag?.hasSuffix("-3\"") == true)
                let result = try await s3.download(
                    "d/large.zip",
                    in: "large-bucket",
                    to: HTTPDownload(to: folder / "again.zip")
                )
                #expect(result.sha256 == SHA256.digest(of: bytes))
            }
        }
    }

    @Test func `a stack is created, described and deleted`() async throws {
        try await MockAWS.with { origin in
            let client = try Self.client(origin)
            let cloudFormation = client.cloudFormation
            #expect(try await cloudFormation.stack("shop-dev") == nil)
            #expect(try await cloudFormation.template(of: "shop-dev") == nil)
            let template = """
                {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
                 "Outputs": {"Name": {"Value": {"Fn::GetAtt": ["Topic", "TopicName"]}, "Export": {"Name": "shop-topic"}}}}
                """
            var request = StackRequest(stackName: "shop-dev", template: .body(template))
            request.capabilities = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]
            request.tags = [("STAGE", "dev"), ("b", "ä & <é>")]
            let made = try await cloudFormation.createChangeSet(request, name: "first", kind: .create)
            let changeSet = try #require(try await cloudFormation.changeSet("first", of: "shop-dev"))
            #expect(changeSet.stackID == made.stack)
            #expect(changeSet.changes.map(\.logicalID) == ["Topic"])
            #expect(changeSet.changes.map(\.action) == ["Add"])
            try await cloudFormation.executeChangeSet("first", of: "shop-dev")
            let stack = try #require(try await cloudFormation.stack("shop-dev"))
            #expect(stack.status == "CREATE_COMPLETE")
            #expect(stack.tags == ["STAGE": "dev", "b": "ä & <é>"])
            #expect(stack.created != nil)
            #expect(try await cloudFormation.resources(of: "shop-dev").map(\.type) == ["AWS::SNS::Topic"])
            #expect(try await cloudFormation.resource("Topic", of: "shop-dev")?.logicalID == "Topic")
            #expect(try await cloudFormation.events(of: "shop-dev").isEmpty == false)
            #expect(try await cloudFormation.template(of: "shop-dev")?.contains("AWS::SNS::Topic") == true)
            try await cloudFormation.deleteStack("shop-dev")
            #expect(try await cloudFormation.stack("shop-dev") == nil)
            // The mock computes outputs only for stacks that are created without a change set.
            _ = try await cloudFormation.createStack(StackRequest(stackName: "other", template: .body(template)))
            let other = try #require(try await cloudFormation.stack("other"))
            #expect(other.output("Name")?.isEmpty == false)
            #expect(try await cloudFormation.exports()["shop-topic"] == other.output("Name"))
            #expect(try await cloudFormation.changeSet("absent", of: "absent") == nil)
        }
    }

    @Test func `the other services answer, and say what does not exist`() async throws {
        try await MockAWS.with { origin in
            let client = try Self.client(origin)
            #expect(try await client.sts.callerIdentity().account == "123456789012")
            #expect(try await client.lambda.function("absent") == nil)
            #expect(try await client.lambda.configuration(of: "absent") == nil)
            #expect(try await client.iam.roleARN("absent") == nil)
            #expect(try await client.images.repository("absent") == nil)
            #expect(try await client.logs.newestStreams(of: "/absent") == nil)
            try await client.logs.deleteGroup("/absent")
            #expect(try await client.parameters.parameters(["/absent"]).isEmpty)
            #expect(try await client.parameters.secret("absent") == nil)
            #expect(try await client.apiGateway.restAPIs().isEmpty)
            let query = CloudWatchAPI.Query(
                namespace: "AWS/Lambda",
                metric: "Errors",
                dimensions: ["FunctionName": "f"],
                start: 1_770_000_000_000,
                end: 1_770_003_600_000,
                periodSeconds: 3600,
                statistics: ["Sum"],
                unit: "Count"
            )
            #expect(try await client.cloudWatch.statistics(query).isEmpty)
        }
    }
}
