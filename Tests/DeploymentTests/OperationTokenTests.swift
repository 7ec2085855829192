import FuroshikiTestSupport
import HostSystem
import Testing

@testable import Deployment

@Suite("Tokens of requests that change a stack")
struct OperationTokenTests {
    private func token(_ variables: [String: String], _ purpose: String = "update") throws -> String {
        let fixture = try DeploymentFixture()
        let host = fixture.context.host
        let changed = HostServices(
            files: host.files,
            processes: host.processes,
            transport: host.transport,
            environment: Environment(variables),
            wallClock: host.wallClock,
            clock: host.clock,
            processorCount: 1
        )
        return OperationToken(purpose, on: changed).text
    }

    @Test(arguments: [
        (["USER": "ada"], "'ada' with Furoshiki"),
        (["USER": "runner", "GITHUB_ACTOR": "grace"], "'grace' with Furoshiki"),
        (["LOGNAME": "jean-luc by the sea"], "'jean-luc-by-the-sea' with Furoshiki"),
        ([:], "Furoshiki"),
    ])
    func `a token says who sent the request`(variables: [String: String], sender: String) throws {
        #expect(OperationToken.sender(of: try token(variables)) == sender)
    }

    @Test func `a token has only characters that CloudFormation accepts, and at most 128`() throws {
        let text = try token(["USER": "Zoë Müller/" + String(repeating: "x", count: 200)])
        #expect(text.count == 128)
        #expect(text.wholeMatch(of: /[a-zA-Z0-9][-a-zA-Z0-9]*/) != nil)
    }

    @Test func `the token of another program is shown as it is`() {
        #expect(OperationToken.sender(of: "Console-42") == "a request with the token 'Console-42'")
    }
}
