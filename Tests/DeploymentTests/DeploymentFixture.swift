import ConfigurationFormats
import Deployment
import FuroshikiTestSupport
import HostSystem
import ServerlessConfig
import Synchronization
import Testing

@testable import AWSClient

/// A context whose calls a function answers.
struct DeploymentFixture: Sendable {
    let context: DeploymentContext
    let transport: StubTransport

    static let now: Int64 = 1_700_000_000_000

    init(
        _ yaml: String = "service: orders\nprovider: { name: aws }\nfunctions: { hello: { handler: app.run } }",
        _ answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse = { _ in HTTPResponse(status: 404) }
    ) throws {
        let root = try #require(try ConfigurationText.yaml(Array(yaml.utf8), file: "serverless.yml"))
        transport = StubTransport(answer)
        let host = HostServices(
            files: LiveFileSystem(),
            processes: ScriptedProcessRunner { _ in ProcessResult(status: .exited(1)) },
            transport: transport,
            environment: Environment(),
            wallClock: .fixed(milliseconds: Self.now),
            // Clean-up work has longer limits, which must not end before the work does.
            clock: MonotonicClock(ManualClock(longest: .seconds(10))),
            processorCount: 2
        )
        let credentials = AWSCredentials(accessKeyID: "AKID", secretAccessKey: Secret("planted"), origin: "the test")
        var settings = AWSClient.Settings()
        settings.attempts = 1
        context = DeploymentContext(
            Service(root: root, directory: "/service"),
            aws: AWSClient(
                region: "eu-west-1",
                credentials: StaticCredentials(credentials),
                settings: settings,
                host: host
            ),
            host: host
        )
    }

    /// The list of a bucket with these keys, as S3 answers.
    static func list(_ keys: [String]) -> HTTPResponse {
        let items = keys.map { "<Contents><Key>\($0)</Key><Size>1</Size></Contents>" }.joined()
        return HTTPResponse(
            status: 200,
            body: Array("<ListBucketResult><IsTruncated>false</IsTruncated>\(items)</ListBucketResult>".utf8)
        )
    }

    /// The keys that requests to delete objects name.
    var deletedKeys: [String] {
        transport.requests.filter { $0.method == "POST" }
            .flatMap { request -> [String] in
                guard case .bytes(let bytes) = request.body else { return [] }
                return String(decoding: bytes, as: UTF8.self).split(separator: "<Key>").dropFirst()
                    .compactMap { $0.split(separator: "</Key>").first.map(String.init) }
            }
            .sorted()
    }

    /// The name of a deployment's directory.
    static func name(_ milliseconds: Int64) -> String {
        "\(milliseconds)-\(InstantText.iso8601(milliseconds: milliseconds))"
    }

    /// A summary of an object with a key.
    static func object(_ key: String) -> S3ObjectSummary { S3ObjectSummary(key: key, sizeBytes: 1, tag: "") }
}

extension Stack {
    /// A stack as CloudFormation describes it.
    static func fixture(status: String = "UPDATE_COMPLETE", tags: [String: String] = [:]) throws -> Stack {
        let items = tags.map { "<member><Key>\($0.key)</Key><Value>\($0.value)</Value></member>" }.joined()
        let xml =
            "<member><StackName>orders-dev</StackName><StackId>arn:aws:cloudformation:eu-west-1:1:stack/orders-dev/1</StackId>"
            + "<StackStatus>\(status)</StackStatus><Tags>\(items)</Tags></member>"
        return Stack(try XMLReader.parse(Array(xml.utf8)))
    }
}
