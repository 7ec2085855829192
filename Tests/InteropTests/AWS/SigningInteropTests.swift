import AWSClient
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

/// A request to sign, made from random parts.
private struct SigningCase {
    let method: String
    let address: WebAddress
    let headers: [HTTPHeader]
    let body: [UInt8]
    let service: String
    let region: String
    let token: String?
    let isUnsigned: Bool

    init(_ generator: inout SeededGenerator) throws {
        func pick<Item>(_ items: [Item]) -> Item { items[Int.random(in: 0..<items.count, using: &generator)] }
        func word() -> String {
            let pieces = [
                "a", "Z", "0", "-", "_", ".", "~", "%20", "%2F", "%C3%A4", "+", "b c".replacing(" ", with: "%20"), "=",
            ]
            return (0...Int.random(in: 0...4, using: &generator)).map { _ in pick(pieces) }.joined()
        }
        method = pick(["GET", "PUT", "POST", "DELETE", "HEAD"])
        service = pick(["s3", "s3", "lambda", "cloudformation", "ssm", "apigateway", "monitoring"])
        region = pick(["us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1"])
        token = Bool.random(using: &generator) ? "token/\(word())==" : nil
        isUnsigned = service == "s3" && Bool.random(using: &generator)
        let components = (0..<Int.random(in: 0...4, using: &generator))
            .map { _ in pick([word(), word(), word(), ".", "..", ""]) }
        let path = "/" + components.joined(separator: "/")
        let query = (0..<Int.random(in: 0...4, using: &generator))
            .map { _ in
                let name = pick(["a", "A", "list-type", "prefix", "X", "%C3%BC", "a%20b"])
                return pick([true, false, false]) ? "\(name)=" : "\(name)=\(word().replacing("=", with: "%3D"))"
            }
        let host = pick(["example.amazonaws.com", "bucket.s3.amazonaws.com:8443", "127.0.0.1:5000", "h.example:443"])
        address = try #require(
            WebAddress("https://\(host)\(path)" + (query.isEmpty ? "" : "?" + query.joined(separator: "&")))
        )
        var headers: [HTTPHeader] = []
        if Bool.random(using: &generator) {
            headers.append(HTTPHeader("Content-Type", pick(["application/json", "a;  b"])))
        }
        if Bool.random(using: &generator) {
            headers.append(HTTPHeader("X-Amz-Meta-\(pick(["B", "a", "c"]))", "  x   \(word()) "))
        }
        if Bool.random(using: &generator) { headers.append(HTTPHeader("User-Agent", "test/1")) }
        if Bool.random(using: &generator) { headers.append(HTTPHeader("x-amz-acl", "private")) }
        self.headers = headers
        body = ["GET", "HEAD", "DELETE"].contains(method) ? [] : Array(word().utf8)
    }

    var json: JSONValue {
        [
            "method": .string(method), "url": .string(address.string), "service": .string(service),
            "region": .string(region), "token": token.map { .string($0) } ?? .null, "unsigned": .bool(isUnsigned),
            "body": .string(String(decoding: body, as: UTF8.self)),
            "headers": .array(headers.map { [.string($0.name), .string($0.value)] }),
        ]
    }

    /// The value of `Authorization` that this client calculates.
    var authorization: String? {
        var request = HTTPRequest(method, address, headers: headers, body: .bytes(body))
        let signer = SignatureV4(
            credentials: AWSCredentials(
                accessKeyID: "AKIDEXAMPLE",
                secretAccessKey: Secret("secret/+key"),
                sessionToken: token.map { Secret($0) },
                origin: "the test"
            ),
            region: region,
            service: service,
            nowMilliseconds: 1_770_091_506_789
        )
        signer.sign(&request, payload: isUnsigned ? .unsigned : .digest(SHA256.digest(of: body)))
        return request.headers.first { $0.name == "Authorization" }?.value
    }
}

@Suite(.enabled(if: BotocoreOracle.isAvailable, BotocoreOracle.requirement)) struct SigningInteropTests {
    private static let program = #"""
        import datetime
        import botocore.auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        now = datetime.datetime(2026, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)
        botocore.auth.get_current_datetime = lambda *arguments, **named: now

        def answer(case):
            request = AWSRequest(case["method"], case["url"], data=case["body"].encode())
            for name, value in case["headers"]:
                request.headers.add_header(name, value)
            credentials = Credentials("AKIDEXAMPLE", "secret/+key", case["token"])
            kind = botocore.auth.S3SigV4Auth if case["service"] == "s3" else botocore.auth.SigV4Auth
            if case["service"] == "s3":
                request.context["payload_signing_enabled"] = not case["unsigned"]
                request.context["client_config"] = None
                kind = type("Auth", (kind,), {"_should_sha256_sign_payload": lambda self, request: not case["unsigned"]})
            kind(credentials, case["service"], case["region"]).add_auth(request)
            return request.headers["Authorization"]
        """#

    @Test func `botocore calculates the same signatures of 600 requests`() async throws {
        var generator = SeededGenerator(seed: 13)
        var cases: [SigningCase] = []
        for _ in 0..<600 { cases.append(try SigningCase(&generator)) }
        let answers = try await BotocoreOracle.answers(Self.program, to: cases.map(\.json))
        for (signed, answer) in zip(cases, answers) {
            #expect(.string(signed.authorization ?? "") == answer, "\(JSONWriter().text(of: signed.json))")
        }
    }
}
