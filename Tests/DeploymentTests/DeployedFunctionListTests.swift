import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@testable import AWSClient
@testable import Deployment

@Suite("The list of deployed functions")
struct DeployedFunctionListTests {
    /// Looks 120 functions up in a list with these names, and returns what was found and the number of calls.
    private func lookUp(in names: [String], count: Int = 120, status: Int = 200) async throws -> (Set<String>, Int) {
        let fixture = try DeploymentFixture { request in
            let start = request.address.query?.split(separator: "=").last.flatMap { Int($0) } ?? 0
            let functions = names.dropFirst(start).prefix(50)
                .map { ["FunctionName": .string($0), "CodeSha256": .string("digest of \($0)")] as JSONValue }
            let next: JSONValue = start + 50 < names.count ? .string("\(start + 50)") : .null
            let page: JSONValue =
                status == 200
                ? ["Functions": .array(functions), "NextMarker": next]
                : ["Type": "User", "message": "not authorized", "__type": "AccessDeniedException"]
            return HTTPResponse(status: status, body: JSONWriter().bytes(of: page))
        }
        let wanted = Set((0..<count).map { "orders-dev-\($0)" })
        let found = try await DeployedFunctionList(lambda: fixture.context.aws.lambda).digests(ofAbout: wanted)
        for (name, digest) in found { #expect(digest == "digest of \(name)") }
        return (Set(found.keys), fixture.transport.requests.count)
    }

    private func own(_ range: Range<Int>) -> [String] { range.map { "orders-dev-\($0)" } }
    private func foreign(_ count: Int) -> [String] { (0..<count).map { "other-\($0)" } }

    @Test func `many functions are found with one call for 50`() async throws {
        let (found, calls) = try await lookUp(in: own(0..<120))
        #expect(found.count == 120)
        #expect(calls == 3)
    }

    @Test func `few functions are not looked up in the list`() async throws {
        let (found, calls) = try await lookUp(in: own(0..<50), count: 50)
        #expect(found.isEmpty)
        #expect(calls == 0)
    }

    @Test func `the list is not read to its end if few functions of the service are in it`() async throws {
        let (none, firstCalls) = try await lookUp(in: foreign(1000) + own(0..<120))
        #expect(none.isEmpty)
        #expect(firstCalls == 1)
        let (some, calls) = try await lookUp(in: own(0..<60) + foreign(1000) + own(60..<120))
        #expect(some == Set(own(0..<60)))
        #expect(calls == 4)
    }

    @Test func `all pages are read while half of the functions belong to the service`() async throws {
        let mixed = zip(own(0..<120), foreign(120)).flatMap { [$0, $1] }
        let (found, calls) = try await lookUp(in: mixed)
        #expect(found.count == 120)
        #expect(calls == 5)
    }

    @Test func `without the permission nothing is found, which is not an error`() async throws {
        let (found, calls) = try await lookUp(in: own(0..<120), status: 403)
        #expect(found.isEmpty)
        #expect(calls == 1)
    }
}
