import AWSClient
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

/// A case of AWS's test suite for signatures.
private struct Vector: Sendable, CustomTestStringConvertible {
    let name: String
    let request: String
    let authorization: String
    /// The session token that the signature includes.
    let token: String?
    var testDescription: String { name }

    static let all: [Vector] = {
        let path = LocalPath("\(#filePath)") / "../Fixtures/SignatureV4/vectors.json"
        let json = (try? LiveFileSystem().read(path)).flatMap { try? JSONValue(parsing: $0) }
        return (json?.arrayValue ?? [])
            .map { item in
                Vector(
                    name: item["name"]?.stringValue ?? "",
                    request: item["request"]?.stringValue ?? "",
                    authorization: item["authorization"]?.stringValue ?? "",
                    token: item["canonicalRequest"]?.stringValue?.split(separator: "\n")
                        .first { $0.hasPrefix("x-amz-security-token:") }
                        .map { String($0.dropFirst("x-amz-security-token:".count)) }
                )
            }
    }()

    /// The request, with an encoded query as clients have it.
    func parsed() throws -> HTTPRequest {
        let parts = request.split(separator: "\n\n", maxSplits: 1)
        var lines = try #require(parts.first).split(separator: "\n").map(String.init)
        let first = lines.removeFirst()
        let method = try #require(first.split(separator: " ").first)
        let target = first.dropFirst(method.count + 1).dropLast(" HTTP/1.1".count)
        let pieces = target.split(separator: "?", maxSplits: 1)
        var headers: [(name: String, value: String)] = []
        for line in lines {
            if line.first == " ", let last = headers.popLast() {
                headers.append((last.name, last.value + "\n" + line))
            } else {
                let halves = line.split(separator: ":", maxSplits: 1)
                headers.append((String(halves[0]), halves.count > 1 ? String(halves[1]) : ""))
            }
        }
        var address = try #require(WebAddress("https://example.amazonaws.com"))
        address.path = String(pieces[0])
        if pieces.count > 1 { address.query = PercentCoding.encode(pieces[1], allowing: "&=%+") }
        return HTTPRequest(
            String(method),
            address,
            headers: headers.map { HTTPHeader($0.name, $0.value) },
            body: parts.count > 1 ? .bytes(Array(parts[1].utf8)) : .none
        )
    }
}

@Suite struct SignatureV4Tests {
    private static let date: Int64 = 1_440_938_160_000  // 2015-08-30T12:36:00Z

    private func signer(token: String? = nil, service: String = "service") -> SignatureV4 {
        SignatureV4(
            credentials: AWSCredentials(
                accessKeyID: "AKIDEXAMPLE",
                secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                sessionToken: token.map { Secret($0) },
                origin: "the test"
            ),
            region: "us-east-1",
            service: service,
            nowMilliseconds: Self.date
        )
    }

    @Test func `all vectors are read`() { #expect(Vector.all.count == 34) }

    @Test(arguments: Vector.all)
    private func `a request of AWS's test suite gets the published signature`(vector: Vector) throws {
        var request = try vector.parsed()
        request.headers.removeAll { $0.name == "X-Amz-Security-Token" }
        let body: [UInt8] = if case .bytes(let bytes) = request.body { bytes } else { [] }
        signer(token: vector.token).sign(&request, payload: .digest(SHA256.digest(of: body)))
        let authorization = request.headers.first { $0.name == "Authorization" }
        #expect(authorization?.value == vector.authorization)
        #expect(authorization?.isSecret == true)
    }

    @Test func `S3 gets the digest of the content, and its path is not encoded again`() throws {
        var request = HTTPRequest("PUT", try #require(WebAddress("https://b.s3.amazonaws.com/a%20b/../c//d")))
        signer(service: "s3").sign(&request, payload: .unsigned)
        #expect(request.headers.contains { $0.name == "X-Amz-Content-SHA256" && $0.value == "UNSIGNED-PAYLOAD" })
        let first = request.headers.first { $0.name == "Authorization" }?.value
        // Signing again replaces the fields of the first time.
        signer(service: "s3").sign(&request, payload: .unsigned)
        #expect(request.headers.filter { $0.name == "Authorization" }.map(\.value) == [first])
        #expect(request.headers.count == 3)
    }

    @Test func `the token is a secret field of the request`() throws {
        var request = HTTPRequest("GET", try #require(WebAddress("https://sts.amazonaws.com/")))
        signer(token: "planted").sign(&request, payload: .digest(SHA256.digest(of: "")))
        #expect(request.headers.contains { $0.name == "X-Amz-Security-Token" && $0.isSecret })
        #expect(!"\(request.headers)".contains("planted"))
    }
}
