import AWSClient
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Synchronization
import Testing

@testable import AWSClient
@testable import Deployment

@Suite("What is removed and protected after a deployment")
struct CleanUpTests {
    @Test("keeps the newest versions of a function, and those of aliases and of the stack")
    func functionVersions() {
        let arn = "arn:aws:lambda:eu-west-1:1:function:hello"
        let versions: [JSONValue] = ["$LATEST", "1", "2", "3", "4", "5", "6"]
            .map { ["Version": .string($0), "FunctionArn": .string("\(arn):\($0)")] }
        let aliases: [JSONValue] = [
            ["FunctionVersion": "3", "RoutingConfig": ["AdditionalVersionWeights": ["2": 0.5]]]
        ]
        let removed = OldVersions.functionVersions("hello", versions, aliases: aliases, used: ["\(arn):1"], keeping: 2)
        #expect(removed.map(\.number) == [4])
        #expect(OldVersions.functionVersions("hello", versions, aliases: [], used: [], keeping: 6).isEmpty)
        #expect(
            OldVersions.functionVersions("hello", versions, aliases: [], used: [], keeping: 1).map(\.number)
                == [5, 4, 3, 2, 1]
        )
    }

    @Test("keeps the newest versions of a layer, and the one of the stack")
    func layerVersions() {
        let versions: [JSONValue] = [["Version": 4], ["Version": 1], ["Version": 3], ["Version": 2]]
        let removed = OldVersions.layerVersions("arn:layer", versions, used: ["arn:layer:1"], keeping: 2)
        #expect(removed.map(\.number) == [2])
    }

    @Test("reads how many versions are kept, and refuses to if there are none")
    func setting() throws {
        func versions(_ provider: String) throws -> OldVersions? {
            try OldVersions(of: try DeploymentFixture("service: a\nprovider: { name: aws\(provider) }").context.service)
        }
        #expect(try versions("") == nil)
        #expect(try versions(", pruneFunctionVersions: false") == nil)
        #expect(try versions(", pruneFunctionVersions: true")?.kept == 10)
        #expect(try versions(", pruneFunctionVersions: { number: 3 }")?.kept == 3)
        let error = try #require(throws: DiagnosticError.self) {
            try versions(", pruneFunctionVersions: true, versionFunctions: false")
        }
        #expect(error.diagnostics.map(\.code) == [.conflictingProperties])
    }

    @Test(arguments: [
        ("", false, false), ("", true, false), (", deletionProtection: true", false, true),
        (", deletionProtection: true", true, false), (", deletionProtection: false", true, true),
        (", deletionProtection: { stages: [dev, prod] }", false, true),
        (", deletionProtection: { stages: [prod] }", true, true),
        (", deletionProtection: { stages: [prod] }", false, false),
    ])
    func `the protection of the stack is changed only if it differs`(
        provider: String,
        isProtected: Bool,
        isChanged: Bool
    ) async throws {
        let fixture = try DeploymentFixture("service: a\nprovider: { name: aws\(provider) }") { _ in
            HTTPResponse(status: 200, body: Array("<R/>".utf8))
        }
        var stack = try Stack.fixture()
        stack.isTerminationProtected = isProtected
        try await StackProtection(of: fixture.context.service).apply(to: stack, fixture.context)
        #expect(fixture.transport.requests.count == (isChanged ? 1 : 0))
        if isChanged, case .bytes(let body)? = fixture.transport.requests.first?.body {
            #expect(String(decoding: body, as: UTF8.self).contains("EnableTerminationProtection=\(!isProtected)"))
        }
    }

    @Test("the repository has the name that Serverless gives it")
    func repositoryName() throws {
        func name(_ service: String, _ stage: String) throws -> String {
            let yaml = "service: \(service)\nprovider: { name: aws, stage: \(stage) }"
            return ServiceRepository.name(try DeploymentFixture(yaml).context.names)
        }
        #expect(try name("Orders", "dev") == "serverless-orders-dev")
        #expect(try name("my--orders", "dev-") == "serverless-my-orders-dev")
    }

    @Test("a repository that cannot be removed matters only if the service has images")
    func repository() async throws {
        for (images, count) in [("", 0), (", ecr: { images: { app: { path: . } } }", 1)] {
            let found = Collected()
            let fixture = try DeploymentFixture("service: a\nprovider: { name: aws\(images) }") { _ in
                HTTPResponse(status: 400, body: Array(#"{"__type":"AccessDeniedException","message":"no"}"#.utf8))
            }
            let context = DeploymentContext(
                fixture.context.service,
                aws: fixture.context.aws,
                host: fixture.context.host
            ) {
                if case .finding(let diagnostic) = $0 { found.add(diagnostic.code) }
            }
            try await ServiceRepository(context: context).remove()
            #expect(found.codes.count == count)
        }
    }
}

/// The codes of diagnostics that were reported.
private final class Collected: Sendable {
    private let state = Mutex<[DiagnosticCode]>([])

    var codes: [DiagnosticCode] { state.withLock { $0 } }

    func add(_ code: DiagnosticCode) { state.withLock { $0.append(code) } }
}
