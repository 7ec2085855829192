import HostSystem
import Testing

struct ValueTests {
    @Test(
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ]
    )
    func `SHA-256 has the digests of FIPS 180-4`(text: String, expected: String) throws {
        let digest = SHA256.digest(of: text)
        #expect(digest.hexadecimal == expected)
        #expect(SHA256Digest(hexadecimal: expected.uppercased()) == digest)
    }

    @Test func `an incremental digest is equal to that of all bytes`() {
        var hash = SHA256()
        hash.update("a")
        hash.update("bc")
        let digest = hash.finalize()
        #expect(digest == SHA256.digest(of: "abc"))
        #expect(digest.base64 == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
        #expect(digest.base64URL == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
        #expect(SHA256Digest(hexadecimal: "00") == nil)
    }

    @Test(arguments: [
        ("a%20b", "a b"), ("%C3%a9", "é"), ("100%", "100%"), ("%4", "%4"), ("%zz%+5", "%zz%+5"), ("%2541", "%41"),
    ])
    func `a percent sign is only decoded before two hexadecimal digits`(text: String, decoded: String) {
        #expect(PercentCoding.decode(text) == decoded)
    }

    @Test func `a secret is never printed`() {
        let secret = Secret("hunter2")
        #expect("\(secret)" == "<redacted>")
        #expect(String(reflecting: [secret]) == "[<redacted>]")
        var text = ""
        dump(secret, to: &text)
        #expect(!text.contains("hunter2"))
    }

    @Test(
        arguments: [
            ("get https://u:p@host/simple now", "get https://****@host/simple now"),
            ("https://token@h", "https://****@h"),
            ("see https://host/a@b", "see https://host/a@b"),
            ("'http://a:b@c' and http://d:e@f/", "'http://****@c' and http://****@f/"),
        ]
    )
    func `credentials in addresses are redacted`(text: String, expected: String) {
        #expect(Redaction.redactingCredentials(in: text) == expected)
    }

    @Test func `concurrent results keep their order, and the first error cancels the rest`() async throws {
        let results = try await (0..<20)
            .concurrentMap(limit: 3) { number in
                try await Task.sleep(for: .milliseconds(20 - number))
                return number * 2
            }
        #expect(results == (0..<20).map { $0 * 2 })
        struct Failure: Error {}
        await #expect(throws: Failure.self) {
            try await (0..<4)
                .concurrentMap(limit: 4) { number in
                    if number == 2 { throw Failure() }
                    try await Task.sleep(for: .seconds(30))
                }
        }
    }

    @Test func `the user's directories depend on environment variables`() {
        let environment = Environment(["HOME": "/home/u", "XDG_CACHE_HOME": "/caches", "EMPTY": ""])
        #expect(environment.cacheDirectory(for: "furoshiki") == "/caches/furoshiki")
        #expect(environment.nonEmpty("EMPTY") == nil)
        #expect(environment["EMPTY"] == "")
        #expect(Environment().cacheDirectory(for: "furoshiki") == nil)
    }
}
