import HostSystem
import RequirementFormats
import Testing

@testable import WheelProvisioning

/// Pages in HTML, as old and new servers write them (PEP 503).
struct SimpleIndexPageTests {
    private func files(_ page: String) throws -> [SimpleIndexPage.File] {
        let address = try #require(WebAddress("https://index.example/simple/six/"))
        let response = HTTPResponse(
            status: 200,
            headers: [HTTPHeader("Content-Type", "text/html")],
            body: Array(page.utf8)
        )
        return try SimpleIndexPage(response, at: address).files
    }

    @Test(arguments: [
        #"<a href="/f/six-1.zip">six</a>"#, #"<A HREF='/f/six-1.zip'>six</A>"#, "<a\n  href = /f/six-1.zip >",
        #"<a data-href="no.zip" class=x/ href="/f/six-1.zip">"#, #"<a data-x="a href=b" hReF="/f/six-1.zip">"#,
        #"<a download href="/f/six-1.zip">"#, #"<abbr href="no.zip"><a><a name="x"><a href="/f/six-1.zip"/>"#,
    ])
    func `a link is read in every form of HTML`(page: String) throws {
        #expect(try files(page).map(\.address.string) == ["https://index.example/f/six-1.zip"])
        #expect(try files(page).map(\.name) == ["six-1.zip"])
    }

    @Test func `escapes are decoded, and a fragment is read as a hash`() throws {
        let digest = String(repeating: "a", count: 64)
        let found = try files("<a href=\"six-1.zip?a=1&amp;b=&amp;lt;#sha256=\(digest)\">")
        #expect(found.map(\.address.query) == ["a=1&b=&lt;"])
        #expect(found.map(\.hashes) == [[FileHash(algorithm: "sha256", digest: digest)]])
    }

    @Test(arguments: ["<a href=", "<a ", "<a", "<", "<a href=\"six-1.zip\"", "<a =x/ =>", "<a / / >"])
    func `incomplete links are ignored`(page: String) throws {
        #expect(try files(page).isEmpty)
    }

    @Test func `sizes in JSON are read if they are valid`() throws {
        let sizes = ["7", "0", "-1", "1.5", "\"7\"", "null"]
        let files = sizes.map { "{\"filename\": \"six-1.zip\", \"url\": \"six-1.zip\", \"size\": \($0)}" }
        let response = HTTPResponse(
            status: 200,
            headers: [HTTPHeader("Content-Type", "application/vnd.pypi.simple.v1+json")],
            body: Array("{\"files\": [\(files.joined(separator: ", "))]}".utf8)
        )
        let page = try SimpleIndexPage(response, at: try #require(WebAddress("https://index.example/simple/six/")))
        #expect(page.files.map(\.sizeBytes) == [7, 0, nil, nil, nil, nil])
    }

    @Test func `a long page of old tags is read in one pass`() throws {
        let page = (0..<20_000).map { "<A HREF=\"six-\($0).zip\">six-\($0)</A> 2001-01-01 01:01  10K\n" }.joined()
        #expect(try files(page).count == 20_000)
    }
}
