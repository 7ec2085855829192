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

    @Test(arguments: [
        ("7", [Duration.seconds(7)]), ("30", [.seconds(30)]), ("soon", [.milliseconds(300)]),
        ("-5", [.milliseconds(300)]), ("Sun, 06 Nov 1994 08:49:42 GMT", [.seconds(5)]),
        ("Sun, 06 Nov 1994 08:49:00 GMT", [.seconds(0)]), ("Sun, 06 Nov 1994 08:49 GMT", [.milliseconds(300)]),
        ("31", []), ("Sun, 06 Nov 1994 08:50:37 GMT", []),
    ])
    func `the server decides the pause, and a pause over the maximum ends the attempts`(
        header: String,
        pauses: [Duration]
    ) async throws {
        var policy = RetryPolicy.idempotent
        policy.attempts = 2
        let headers = [HTTPHeader("Retry-After", header), HTTPHeader("Date", "Sun, 06 Nov 1994 08:49:37 GMT")]
        #expect(try await attempts("GET", status: 503, headers: headers, policy: policy).pauses == pauses)
    }

    @Test func `a date without the date of the response does not decide the pause`() async throws {
        let headers = [HTTPHeader("Retry-After", "Sun, 06 Nov 1994 08:50:37 GMT")]
        var policy = RetryPolicy.idempotent
        policy.attempts = 2
        #expect(
            try await attempts("GET", status: 503, headers: headers, policy: policy).pauses == [.milliseconds(300)]
        )
    }

    @Test(arguments: [
        ("1", "1 second"), ("119", "119 seconds"), ("120", "2 minutes"), ("601", "11 minutes"), ("7200", "2 hours"),
        ("Thu, 29 Feb 2024 00:00:00 GMT", "until Thu, 29 Feb 2024 00:00:00 GMT"),
    ])
    func `the waiting time is described in words`(header: String, words: String) throws {
        let response = HTTPResponse(status: 503, headers: [HTTPHeader("Retry-After", header)])
        #expect(try #require(RetryAfter(response)).description == words)
    }

    @Test(arguments: [
        ("Thu, 29 Feb 2024 00:00:00 GMT", "Fri, 01 Mar 2024 00:00:00 GMT", 86_400),
        ("Tue, 28 Feb 2023 23:59:59 GMT", "Wed, 01 Mar 2023 00:00:00 GMT", 1),
        ("Sun, 31 Dec 2023 23:00:00 GMT", "Mon, 01 Jan 2024 00:30:00 GMT", 5400),
        ("Mon, 01 Jan 2024 00:00:00 GMT", "Wed, 01 Jan 2025 00:00:00 GMT", 366 * 86_400),
    ])
    func `dates are compared by the calendar`(date: String, after: String, seconds: Int) throws {
        let headers = [HTTPHeader("Date", date), HTTPHeader("Retry-After", after)]
        #expect(RetryAfter(HTTPResponse(status: 503, headers: headers))?.duration == .seconds(seconds))
    }

    @Test func `a secret header is not shown`() {
        #expect("\(HTTPHeader("Authorization", Secret("Bearer x")))" == "Authorization: <redacted>")
        #expect("\(HTTPHeader("Accept", "text/html"))" == "Accept: text/html")
        #expect(String(reflecting: HTTPHeader("Authorization", Secret("Bearer x"))).contains("Bearer") == false)
        #expect(HTTPHeader("Authorization", Secret("Bearer x")).value == "Bearer x")
    }
}
