import AWSClient
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import StackDiff
import Synchronization
import Testing

@testable import CloudFormation
@testable import Deployment
@testable import PackageDirectory

@Suite("The comparison of artifacts with those in the bucket")
struct ArtifactComparisonTests {
    private static let key = "serverless/orders/dev/\(DeploymentFixture.name(1_600_000_000_000))/orders.zip"

    /// The files of a distribution with its metadata and its list of files.
    private static func distribution(_ name: String, _ version: String, _ files: [String: String]) -> [ZipBuilder.Entry]
    {
        let info = "\(name)-\(version).dist-info"
        let record = (files.keys + ["\(info)/METADATA", "\(info)/RECORD"]).map { "\($0),,\n" }.sorted().joined()
        return files.sorted { $0.key < $1.key }.map { ZipBuilder.Entry($0.key, $0.value).deflated() }
            + [
                ZipBuilder.Entry("\(info)/METADATA", "Name: \(name)\nVersion: \(version)\n"),
                ZipBuilder.Entry("\(info)/RECORD", record).deflated(),
            ]
    }

    /// A large file that cannot be compressed, so that a download of the whole artifact would show.
    private static var ballast: ZipBuilder.Entry {
        var generator = SeededGenerator(seed: 7)
        return ZipBuilder.Entry(
            "model.bin",
            bytes: (0..<400_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        )
    }

    /// Compares an artifact with one in the bucket; `nil` if the bucket has none.
    private func compare(
        _ old: [UInt8]?,
        with new: [UInt8],
        digest: String? = "other",
        status: Int = 206
    ) async throws -> (difference: ArtifactDifference, ranges: [String], bytes: Int, codes: [DiagnosticCode]) {
        let ranges = Mutex<[String]>([])
        let bytes = Mutex(0)
        let codes = Mutex<[DiagnosticCode]>([])
        let fixture = try DeploymentFixture { request in
            guard let old else { return HTTPResponse(status: 404) }
            guard status == 206 else { return HTTPResponse(status: status) }
            let header = try #require(request.headers.first { $0.name == "Range" }?.value)
            let numbers = header.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
            let start = numbers[0].isEmpty ? max(0, old.count - (Int(numbers[1]) ?? 0)) : Int(numbers[0]) ?? 0
            let end = numbers[0].isEmpty ? old.count - 1 : min(old.count - 1, Int(numbers[1]) ?? 0)
            ranges.withLock { $0.append(header) }
            bytes.withLock { $0 += end - start + 1 }
            return HTTPResponse(
                status: 206,
                headers: [HTTPHeader("Content-Range", "bytes \(start)-\(end)/\(old.count)")],
                body: Array(old[start...end])
            )
        }
        let context = DeploymentContext(fixture.context.service, aws: fixture.context.aws, host: fixture.context.host) {
            if case .finding(let diagnostic) = $0 { codes.withLock { $0.append(diagnostic.code) } }
        }
        var deployed = DeployedService()
        deployed.bucket = "bucket"
        deployed.template = [
            "Resources": [
                "HelloLambdaFunction": [
                    "Type": "AWS::Lambda::Function", "Properties": ["Code": ["S3Key": .string(Self.key)]],
                ]
            ]
        ]
        if let digest { deployed.artifactDigests = [Self.key: digest] }
        let difference = try await TemporaryDirectory.with(
            in: Environment.current().temporaryDirectory,
            prefix: "artifact"
        ) { folder in
            let path = folder / "orders.zip"
            try LiveFileSystem().write(new, to: path)
            let artifact = DeploymentPackage.Artifact(
                fileName: "orders.zip",
                s3Key: "new/orders.zip",
                path: path,
                resources: ["HelloLambdaFunction"]
            )
            let upload = DeploymentPlan.Upload(artifact: artifact, digest: SHA256.digest(of: new))
            return try await ArtifactComparison(context: context, deployed: deployed).differences([upload])
        }
        return (try #require(difference.first), ranges.withLock { $0 }, bytes.withLock { $0 }, codes.withLock { $0 })
    }

    @Test("reads the directory and the lists of changed distributions by ranges, and nothing else")
    func ranges() async throws {
        let old = ZipBuilder(
            Self.distribution("idna", "3.6", ["idna/core.py": "old", "idna/gone.py": "x"])
                + Self.distribution("six", "1.16.0", ["six.py": "six"])
                + [Self.ballast, ZipBuilder.Entry("app.py", "one")]
        )
        .build()
        let new = ZipBuilder(
            Self.distribution("idna", "3.10", ["idna/core.py": "new", "idna/more.py": "y"])
                + Self.distribution("six", "1.16.0", ["six.py": "six"])
                + [Self.ballast, ZipBuilder.Entry("app.py", "two"), ZipBuilder.Entry("tool.py", "z")]
        )
        .build()
        let found = try await compare(old, with: new)
        #expect(found.difference.distributions == [.init(name: "idna", old: "3.6", new: "3.10")])
        #expect(found.difference.changed == ["app.py"])
        #expect(found.difference.added == ["tool.py"])
        #expect(found.difference.removed.isEmpty)
        // The end of the archive, and the list of the one distribution that is gone.
        #expect(found.ranges.count == 2)
        #expect(found.bytes < 70_000)
        #expect(found.codes.isEmpty)
    }

    @Test("reports an artifact that is new, gone, not an archive or not readable")
    func unknown() async throws {
        let new = ZipBuilder([ZipBuilder.Entry("app.py", "two")]).build()
        #expect(try await compare(nil, with: new, digest: nil).codes == [.artifactNotCompared])
        let invalid = try await compare(Array("this is not an archive at all".utf8), with: new)
        #expect(invalid.difference.isUnknown)
        #expect(invalid.codes == [.artifactNotCompared])
        let denied = try await compare(new, with: new, status: 403)
        #expect(denied.difference.isUnknown)
        #expect(denied.codes == [.artifactNotCompared])
    }

    @Test("knows without a request that only a function has other code")
    func replacedElsewhere() async throws {
        let new = ZipBuilder([ZipBuilder.Entry("app.py", "two")]).build()
        let found = try await compare(new, with: new, digest: SHA256.digest(of: new).base64)
        #expect(found.difference.isReplacedElsewhere)
        #expect(found.ranges.isEmpty)
    }
}
