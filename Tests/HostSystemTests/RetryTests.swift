import FuroshikiTestSupport
import HostSystem
import Testing

struct RetryTests {
    /// Sends a request to a server that always responds with a status, or fails.
    ///
    /// - Returns: the number of attempts, and the pauses between them.
    private func attempts(
        _ method: String,
        status: Int = 200,
        failure: HTTPError.Cause? = nil,
        headers: [HTTPHeader] = [],
        policy: RetryPolicy? = nil,
        random: Double = 0
    ) async throws -> (count: Int, pauses: [Duration]) {
        let clock = ManualClock()
        let stub = StubTransport { request in
            if let failure { throw HTTPError(failure, address: request.address, detail: "failed") }
            return HTTPResponse(status: status, headers: headers)
        }
        var request = HTTPRequest(method, try #require(WebAddress("http://host/")))
        if let policy { request.retries = policy }
        _ = try? await RetryingTransport(stub, clock: MonotonicClock(clock), random: { random }).send(request)
        return (stub.requests.count, clock.pauses)
    }

    @Test(arguments: [(408, 4), (429, 4), (500, 4), (502, 4), (503, 4), (504, 4), (507, 4), (200, 1), (404, 1)])
    func `an idempotent request is sent again after transient statuses`(status: Int, count: Int) async throws {
        #expect(try await attempts("GET", status: status).count == count)
    }

    @Test(arguments: [501, 505])
    func `a request is not sent again if the server lacks a feature`(status: Int) async throws {
        #expect(try await attempts("GET", status: status).count == 1)
    }

    @Test(arguments: [(500, 1), (502, 1), (504, 1), (429, 4), (503, 4)])
    func `another request is sent again only if the server did not process it`(status: Int, count: Int) async throws {
        #expect(try await attempts("POST", status: status).count == count)
    }

    @Test(arguments: [
        (HTTPError.Cause.interrupted, 4, 1), (.timedOut, 4, 1), (.notConnected, 4, 4), (.unknownHost, 4, 4),
        (.untrusted, 1, 1), (.other, 1, 1),
    ])
    func `a request that may have reached the server is sent again only if it is idempotent`(
        cause: HTTPError.Cause,
        idempotent: Int,
        other: Int
    ) async throws {
        #expect(try await attempts("PUT", failure: cause).count == idempotent)
        #expect(try await attempts("POST", failure: cause).count == other)
    }

    @Test func `a policy that never retries sends a request once`() async throws {
        #expect(try await attempts("GET", status: 503, policy: .never).count == 1)
    }

    @Test func `pauses grow up to a maximum`() async throws {
        var policy = RetryPolicy.idempotent
        policy.attempts = 5
        policy.longestPause = .seconds(1)
        #expect(
            try await attempts("GET", status: 503, policy: policy).pauses
                == [.milliseconds(300), .milliseconds(600), .seconds(1), .seconds(1)]
        )
    }

    @Test func `jitter makes a part of each pause random`() async throws {
        var policy = RetryPolicy.idempotent
        policy.attempts = 3
        policy.jitter = 0.5
        #expect(
            try await attempts("GET", status: 503, policy: policy, random: 1).pauses
                == [.milliseconds(150), .milliseconds(300)]
        )
        #expect(
            try await attempts("GET", status: 503, policy: policy, random: 0).pauses
                == [.milliseconds(300), .milliseconds(600)]
        )
    }

    @Test(arguments: [("7", Duration.seconds(7)), ("31", .milliseconds(300)), ("soon", .milliseconds(300))])
    func `the server decides the pause up to the maximum`(header: String, pause: Duration) async throws {
        var policy = RetryPolicy.idempotent
        policy.attempts = 2
        let headers = [HTTPHeader("Retry-After", header)]
        #expect(try await attempts("GET", status: 503, headers: headers, policy: policy).pauses == [pause])
    }

    @Test func `a secret header is not shown`() {
        #expect("\(HTTPHeader("Authorization", Secret("Bearer x")))" == "Authorization: <redacted>")
        #expect("\(HTTPHeader("Accept", "text/html"))" == "Accept: text/html")
        #expect(String(reflecting: HTTPHeader("Authorization", Secret("Bearer x"))).contains("Bearer") == false)
        #expect(HTTPHeader("Authorization", Secret("Bearer x")).value == "Bearer x")
    }
}
