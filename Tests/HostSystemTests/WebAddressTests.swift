import HostSystem
import Testing

struct WebAddressTests {
    @Test func `a delimiter before a combining character is a delimiter`() throws {
        let address = try #require(WebAddress("https://host/a?\u{301}q#\u{301}f"))
        #expect(address.path == "/a")
        #expect(address.query == "\u{301}q")
        #expect(address.fragment == "\u{301}f")
    }

    @Test func `a URL is parsed into its parts`() throws {
        let address = try #require(WebAddress("https://us%40er:p%3Aw@Example.org:8443/a/b%20c.whl?x=1#sha256=0"))
        #expect(address.user == "us@er")
        #expect(address.password == Secret("p:w"))
        #expect(address.host == "example.org")
        #expect(address.port == 8443)
        #expect(address.lastPathComponent == "b c.whl")
        #expect(address.fragment == "sha256=0")
        #expect(address.string == "https://example.org:8443/a/b%20c.whl?x=1")
        #expect("\(address)" == "https://****@example.org:8443/a/b%20c.whl?x=1")
        #expect(WebAddress("ftp://x/") == nil)
        #expect(WebAddress("http://x:99999/") == nil)
    }

    @Test(
        arguments: [
            ("../../files/a.whl#h", "http://h/files/a.whl"), ("b", "http://h/simple/x/b"), ("/r", "http://h/r"),
            ("//o/p", "http://o/p"), ("https://z/", "https://z/"), ("?q=1", "http://h/simple/x/?q=1"),
        ]
    )
    func `a reference is resolved against its document`(reference: String, expected: String) throws {
        let base = try #require(WebAddress("http://h/simple/x/"))
        #expect(base.resolving(reference)?.string == expected)
    }
}
