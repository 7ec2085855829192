import AWSClient
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import Synchronization
import Testing

@Suite struct AWSClientTests {
    private func failure(_ aws: ScriptedAWS) async throws -> AWSError {
        try await #require(throws: AWSError.self) { _ = try await aws.client.sts.callerIdentity() }
    }

    @Test func `a call has the address, the form and the signature of its service`() async throws {
        let aws = ScriptedAWS([.identity])
        let identity = try await aws.client.sts.callerIdentity()
        #expect(identity.account == "123456789012")
        let request = try #require(aws.requests.first)
        #expect(request.address.string == "https://sts.eu-west-1.amazonaws.com/")
        #expect(request.method == "POST")
        #expect(request.body == .bytes(Array("Action=GetCallerIdentity&Version=2011-06-15".utf8)))
        let authorization = request.headers.first { $0.name == "Authorization" }?.value
        #expect(
            authorization?.hasPrefix("AWS4-HMAC-SHA256 Credential=AKID/20260203/eu-west-1/sts/aws4_request") == true
        )
        #expect(!request.followsRedirects)
        #expect(request.keepsDotSegments)
    }

    @Test(arguments: [
        ScriptedAnswer.queryError("Throttling"),
        .queryError("RequestLimitExceeded", status: 503),
        .queryError("InternalFailure", status: 500), .failure(.notConnected), .failure(.interrupted),
        .failure(.timedOut),
        .queryError("Anything", status: 429), .xml("<html>", status: 502),
        // Torn on their way.
        .xml("<GetCallerIdentityResponse><GetCaller"), .xml("<ErrorResponse><Error><Code>Valid", status: 400),
    ])
    func `a passing problem is retried after a random pause`(
        problem: ScriptedAnswer
    ) async throws {
        let aws = ScriptedAWS([problem, problem, .identity])
        _ = try await aws.client.sts.callerIdentity()
        #expect(aws.requests.count == 3)
        #expect(aws.clock.pauses == [.milliseconds(500), .milliseconds(1000)])
    }

    @Test(arguments: [
        ScriptedAnswer.queryError("ValidationError"), .queryError("AccessDenied", status: 403),
        .failure(.untrusted), .xml("", status: 404), .queryError("X", status: 501),
    ])
    func `an error that stays is not retried`(problem: ScriptedAnswer) async throws {
        let aws = ScriptedAWS([problem, .identity])
        _ = try await failure(aws)
        #expect(aws.requests.count == 1)
        #expect(aws.clock.pauses.isEmpty)
    }

    @Test func `attempts end with the last error`() async throws {
        var settings = AWSClient.Settings()
        settings.attempts = 5
        let aws = ScriptedAWS([.queryError("Throttling", "Rate exceeded")], settings: settings)
        let error = try await failure(aws)
        #expect(aws.requests.count == 5)
        #expect(error.kind == .throttled)
        #expect(aws.clock.pauses.map { $0 * 2 } == [.seconds(1), .seconds(2), .seconds(4), .seconds(8)])
    }

    @Test func `an outage uses up the quota, and success refills it`() async throws {
        var settings = AWSClient.Settings()
        settings.attempts = 101
        let aws = ScriptedAWS([.queryError("InternalFailure", status: 500)], settings: settings)
        // 500 tokens are 100 retries.
        _ = try await failure(aws)
        #expect(aws.requests.count == 101)
        _ = try await failure(aws)
        #expect(aws.requests.count == 102)

        let timeouts = ScriptedAWS([.failure(.timedOut)], settings: settings)
        // A timeout costs twice as much.
        _ = try await failure(timeouts)
        #expect(timeouts.requests.count == 51)
    }

    @Test func `a success gives back what its retry cost`() async throws {
        var settings = AWSClient.Settings()
        settings.attempts = 1000
        let problem = ScriptedAnswer.queryError("InternalFailure", status: 500)
        let aws = ScriptedAWS(
            Array(repeating: problem, count: 100) + [.identity] + Array(repeating: problem, count: 2),
            settings: settings
        )
        _ = try await aws.client.sts.callerIdentity()
        #expect(aws.requests.count == 101)
        // One retry's price came back: one more retry, and then no other.
        _ = try await failure(aws)
        #expect(aws.requests.count == 103)
    }

    @Test func `a wrong clock is corrected for this and the next calls`() async throws {
        let skewed =
            ScriptedAnswer
            .queryError(
                "SignatureDoesNotMatch",
                status: 403,
                headers: [HTTPHeader("Date", "Tue, 03 Feb 2026 05:05:06 GMT")]
            )
        let aws = ScriptedAWS([skewed, .identity])
        _ = try await aws.client.sts.callerIdentity()
        _ = try await aws.client.sts.callerIdentity()
        let dates = aws.requests.map { request in request.headers.first { $0.name == "X-Amz-Date" }?.value }
        #expect(dates == ["20260203T040506Z", "20260203T050506Z", "20260203T050506Z"])
        #expect(aws.clock.pauses.isEmpty)
    }

    @Test func `a wrong secret is not mistaken for a wrong clock`() async throws {
        let aws = ScriptedAWS([
            .queryError(
                "SignatureDoesNotMatch",
                status: 403,
                headers: [HTTPHeader("Date", "Tue, 03 Feb 2026 04:06:06 GMT")]
            )
        ])
        let error = try await failure(aws)
        #expect(aws.requests.count == 1)
        #expect(error.clockDifferenceMilliseconds == nil)
        #expect(error.diagnostics.map(\.code) == [.awsSignatureMismatch])
    }

    @Test func `a call that may have had its effect is repeated only if that does no harm`() async throws {
        for cause in [HTTPError.Cause.interrupted, .timedOut] {
            let aws = ScriptedAWS([.failure(cause), .success(HTTPResponse(status: 200))])
            await #expect(throws: AWSError.self) { _ = try await aws.client.lambda.invoke(.init(function: "f")) }
            #expect(aws.requests.count == 1)
        }
        for problem in [
            ScriptedAnswer.failure(.notConnected),
            .queryError("TooManyRequestsException", status: 429),
        ] {
            let aws = ScriptedAWS([problem, .success(HTTPResponse(status: 200))])
            _ = try await aws.client.lambda.invoke(.init(function: "f"))
            #expect(aws.requests.count == 2)
        }
    }

    // MARK: Credentials

    /// A source that counts lookups, and whose credentials expire.
    private final class Counting: AWSCredentialsProvider {
        let count = Atomic(0)
        let lifetime: Int64?
        init(lifetime: Int64?) { self.lifetime = lifetime }

        func credentials() async throws -> AWSCredentials {
            let number = count.add(1, ordering: .relaxed).newValue
            return AWSCredentials(
                accessKeyID: "K\(number)",
                secretAccessKey: Secret("s"),
                sessionToken: Secret("t"),
                expiration: lifetime.map { ScriptedAWS.now + $0 },
                origin: "the test"
            )
        }
    }

    @Test func `credentials are looked up once, at the first call, for clients of all regions`() async throws {
        let source = Counting(lifetime: 3_600_000)
        let aws = ScriptedAWS([.identity], credentials: source)
        #expect(source.count.load(ordering: .relaxed) == 0)
        _ = try await (0..<8).concurrentMap(limit: 8) { _ in try await aws.client.sts.callerIdentity() }
        _ = try await aws.client.in(region: "us-east-2").sts.callerIdentity()
        #expect(source.count.load(ordering: .relaxed) == 1)
        #expect(aws.requests.last?.address.host == "sts.us-east-2.amazonaws.com")
    }

    @Test func `credentials that expire soon are replaced`() async throws {
        let source = Counting(lifetime: 299_000)
        let aws = ScriptedAWS([.identity], credentials: source)
        _ = try await aws.client.sts.callerIdentity()
        _ = try await aws.client.sts.callerIdentity()
        #expect(source.count.load(ordering: .relaxed) == 2)
    }

    @Test func `expired credentials are replaced once if they can be`() async throws {
        let source = Counting(lifetime: 3_600_000)
        let aws = ScriptedAWS([.queryError("ExpiredToken", status: 403), .identity], credentials: source)
        _ = try await aws.client.sts.callerIdentity()
        #expect(source.count.load(ordering: .relaxed) == 2)

        let permanent = ScriptedAWS([.queryError("ExpiredToken", status: 403)], credentials: Counting(lifetime: nil))
        let error = try await failure(permanent)
        #expect(permanent.requests.count == 1)
        #expect(error.diagnostics.map(\.code) == [.expiredAWSCredentials])
    }

    // MARK: Errors

    @Test(arguments: [
        ("AccessDenied", 403, DiagnosticCode.awsAccessDenied), ("ExpiredToken", 403, .expiredAWSCredentials),
        ("InvalidClientTokenId", 403, .rejectedAWSCredentials), ("Throttling", 400, .awsThrottled),
        ("ValidationError", 400, .awsCallFailed), ("IncompleteSignature", 400, .awsSignatureMismatch),
    ])
    func `an error of the service becomes a diagnostic with its code`(
        code: String,
        status: Int,
        expected: DiagnosticCode
    ) async throws {
        let error = try await failure(ScriptedAWS([.queryError(code, status: status)]))
        #expect(error.code == code)
        #expect(error.requestID == "r-1")
        let diagnostic = try #require(error.diagnostics.first)
        #expect(diagnostic.code == expected)
        #expect(diagnostic.message == "cannot call 'sts:GetCallerIdentity' in 'eu-west-1': sentence (\(code))")
        #expect(diagnostic.notes.contains("the request has the ID r-1"))
    }

    @Test func `a refused action is the one that the service names`() async throws {
        let sentence = "User: arn:u is not authorized to perform: iam:PassRole on resource: arn:r"
        let error = try await failure(ScriptedAWS([.queryError("AccessDenied", sentence, status: 403)]))
        #expect(error.diagnostics.first?.help.first == "allow 'iam:PassRole' in the IAM policy of the user or role")
    }

    @Test func `a response that is not XML is an error of its own`() async throws {
        let error = try await failure(ScriptedAWS([.xml("captive portal")]))
        #expect(error.diagnostics.map(\.code) == [.invalidAWSResponse])
        let missing = try await failure(ScriptedAWS([.failure(.unknownHost)]))
        #expect(missing.diagnostics.map(\.code) == [.awsUnreachable])
    }

    @Test(arguments: [
        (#"{"__type":"com.amazonaws.ssm#ParameterNotFound","message":"m"}"#, nil as String?, "ParameterNotFound"),
        (#"{"Message":"m"}"#, "ResourceNotFoundException:http://x/", "ResourceNotFoundException"),
        (#"{"code":"Bad","message":"m"}"#, nil, "Bad"), ("{}", nil, "BadRequest"),
    ])
    func `errors of JSON services are read`(body: String, type: String?, code: String) async throws {
        let headers = type.map { [HTTPHeader("x-amzn-ErrorType", $0)] } ?? []
        let aws = ScriptedAWS([.xml(body, status: 400, headers: headers + [HTTPHeader("x-amzn-RequestId", "q")])])
        let error = try await #require(throws: AWSError.self) { _ = try await aws.client.parameters.parameters(["/a"]) }
        #expect(error.code == code)
        #expect(error.requestID == "q")
    }
}
