import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import Deployment

@Suite("The download of a layer")
struct LayerDownloadTests {
    private static let arn = "arn:aws:lambda:eu-west-1:123456789012:layer:tools:7"
    private static let content = Array("a zip file".utf8)

    /// Downloads a layer of which Lambda says this, and returns the content of the file.
    private func download(_ lambda: JSONValue, status: Int = 200) async throws -> [UInt8] {
        let fixture = try DeploymentFixture { request in
            request.address.host == "layers.example"
                ? HTTPResponse(status: status, body: Self.content)
                : HTTPResponse(status: lambda == .null ? 404 : 200, body: JSONWriter().bytes(of: lambda))
        }
        let files = LiveFileSystem()
        return try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { folder in
            let node = ConfigurationValue(.string(Self.arn))
            try await LayerDownload(Self.arn, at: node).write(to: folder / "layer.zip", fixture.context)
            return try files.read(folder / "layer.zip")
        }
    }

    private func answer(_ digest: String) -> JSONValue {
        ["Content": ["Location": "https://layers.example/tools", "CodeSha256": .string(digest)]]
    }

    @Test func `a layer is written if its content has the digest that Lambda has of it`() async throws {
        let digest = Base64.encode(SHA256.digest(of: Self.content).bytes)
        #expect(try await download(answer(digest)) == Self.content)
    }

    @Test(
        arguments: [
            (["Content": ["Location": "https://layers.example/tools"]], 200, "digest"),
            (["Content": ["Location": "https://layers.example/tools", "CodeSha256": "b3RoZXI="]], 200, "digest"),
            (["Content": ["Location": "https://layers.example/tools", "CodeSha256": "b3RoZXI="]], 403, "403"),
            (.null, 200, "does not exist"),
        ] as [(JSONValue, Int, String)]
    )
    func `another content, a refusal and a missing layer are errors`(
        lambda: JSONValue,
        status: Int,
        reason: String
    ) async throws {
        let error = await #expect(throws: DiagnosticError.self) { try await download(lambda, status: status) }
        #expect(error?.diagnostics.first?.message.contains(reason) == true)
    }

    @Test(arguments: ["tools", "arn:aws:lambda:eu-west-1:123456789012:layer:tools", "\(arn)x"])
    func `an ARN without a version is an error`(arn: String) {
        let error = #expect(throws: DiagnosticError.self) {
            try LayerDownload(arn, at: ConfigurationValue(.string(arn)))
        }
        #expect(error?.diagnostics.first?.code == .invalidARN)
    }
}
