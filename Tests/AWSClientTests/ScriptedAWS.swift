import AWSClient
import FuroshikiTestSupport
import HostSystem
import Synchronization

/// A client whose requests a list of responses answers, one after another; the last one answers all others.
struct ScriptedAWS: Sendable {
    let transport: StubTransport
    let clock = ManualClock()
    let client: AWSClient

    static let now: Int64 = 1_770_091_506_789

    init(
        _ responses: [ScriptedAnswer],
        region: String = "eu-west-1",
        credentials: (any AWSCredentialsProvider)? = nil,
        settings: AWSClient.Settings = .init(),
        now: Int64 = Self.now
    ) {
        let left = Mutex(responses)
        let transport = StubTransport { request in
            let next = left.withLock { $0.count > 1 ? $0.removeFirst() : $0.first }
            switch next {
            case .success(let response): return response
            case .failure(let cause): throw HTTPError(cause, address: request.address, detail: "scripted")
            case nil: return HTTPResponse(status: 200)
            }
        }
        self.transport = transport
        client = AWSClient(
            region: region,
            credentials: credentials
                ?? StaticCredentials(
                    AWSCredentials(accessKeyID: "AKID", secretAccessKey: Secret("planted"), origin: "the test")
                ),
            settings: settings,
            host: HostServices(
                files: LiveFileSystem(),
                processes: ScriptedProcessRunner { _ in ProcessResult(status: .exited(1)) },
                transport: transport,
                environment: Environment(),
                wallClock: .fixed(milliseconds: now),
                clock: MonotonicClock(clock),
                processorCount: 2
            ),
            random: { 0.5 }
        )
    }

    var requests: [HTTPRequest] { transport.requests }
}

/// The answer to a request: a response, or the reason why there is none.
enum ScriptedAnswer: Sendable {
    case success(HTTPResponse)
    case failure(HTTPError.Cause)

    static func xml(_ text: String, status: Int = 200, headers: [HTTPHeader] = []) -> Self {
        .success(HTTPResponse(status: status, headers: headers, body: Array(text.utf8)))
    }

    static func queryError(
        _ code: String,
        _ message: String = "sentence",
        status: Int = 400,
        headers: [HTTPHeader] = []
    ) -> Self {
        .xml(
            "<ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message></Error><RequestId>r-1</RequestId></ErrorResponse>",
            status: status,
            headers: headers
        )
    }

    static var identity: Self {
        .xml(
            "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:x</Arn><UserId>U</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
        )
    }
}
