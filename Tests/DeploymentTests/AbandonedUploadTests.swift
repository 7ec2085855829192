import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import AWSClient
@testable import Deployment

@Suite("Uploads in parts that were not completed")
struct AbandonedUploadTests {
    /// The keys of the uploads that a deployment aborts.
    private func aborted(_ keys: [String]) async throws -> [String] {
        let uploads = keys.map { "<Upload><Key>\($0)</Key><UploadId>id</UploadId></Upload>" }.joined()
        let fixture = try DeploymentFixture { request in
            if request.method == "DELETE" { return HTTPResponse(status: 204) }
            let text = "<R><IsTruncated>false</IsTruncated>\(uploads)</R>"
            return HTTPResponse(status: 200, body: Array(text.utf8))
        }
        try await OldDeployments(context: fixture.context, bucket: "b").prune([], newest: "new", live: [:])
        return fixture.transport.requests.filter { $0.method == "DELETE" }
            .compactMap { $0.address.path.split(separator: "/").last.map(String.init) }
    }

    @Test func `uploads of deployments that began over an hour ago are aborted, others may still run`() async throws {
        let hour: Int64 = 60 * 60 * 1000
        let directory = "serverless/orders/dev"
        let times = [DeploymentFixture.now - hour - 1, DeploymentFixture.now - hour + 1, DeploymentFixture.now]
        let keys = zip(["old.zip", "recent.zip", "new.zip"], times)
            .map { name, time in "\(directory)/\(DeploymentFixture.name(time))/\(name)" }
        #expect(try await aborted(keys) == ["old.zip"])
    }

    @Test func `uploads in directories that no deployment made are not touched`() async throws {
        #expect(try await aborted(["serverless/orders/dev/mine/data.zip"]).isEmpty)
    }
}
