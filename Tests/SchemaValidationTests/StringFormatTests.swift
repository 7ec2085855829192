import Testing

@testable import SchemaValidation

@Suite struct StringFormatTests {
    @Test(
        arguments: [
            "https://example.com/path?q=1#top", "s3://bucket", "mailto:someone@example.com", "urn:isbn:1", "HTTP://A",
            "http:/a", "http:a", "https://user:pw@host:8443/", "https://host:port/", "https://[::1]:80/x",
            "https://u@[2001:db8::7]", "https://[1:2:3:4:5:6:7:8]", "https://[::ffff:192.0.2.1]", "https://[v1.a:b]",
            "https://a/%20b", "a+b-c.d:x", "https://example.com//a//", "x:\"quoted\"",
        ]
    )
    func `a URI with a scheme matches`(_ text: String) {
        #expect(StringFormat.uri.matches(text))
    }

    @Test(
        arguments: [
            "example.com", "//example.com", "/path", "", ":", "http:", "http:?q", "https://a b", "1http://a",
            "https://exämple.com", "https://a/%2", "https://a/%zz", "https://[::1", "https://[1:2:3]", "https://[::1]x",
            "https://[1::2::3]", "https://[1:2:3:4:5:6:7::8]", "https://[192.0.2.1]", "https://[::300.0.0.1]",
            "https://u[::1]", "https://a#b#c", "https://a/{id}", "https://a|b", "https://[v.x]",
        ]
    )
    func `another string is not a URI`(_ text: String) {
        #expect(!StringFormat.uri.matches(text))
    }

    @Test(
        arguments: [
            ("2030-01-31T00:00:00Z", true), ("2030-01-31t23:59:59.123+05:30", true), ("2030-01-31 00:00:00-0800", true),
            ("2030-01-31T00:00:00", true), ("2030-01-31", true), ("2028-02-29", true), ("2016-12-31T23:59:60Z", true),
            ("2030-02-29", false), ("2030-13-01", false), ("2030-1-1", false), ("2030-01-31T24:00:00Z", false),
            ("2030-01-31T00:00", false), ("2030-01-31T00:00:00.Z", false), ("2030-01-31T00:00:60Z", false),
            ("2030-01-31T00:00:00+5", false), ("2030-01-31T", false), ("tomorrow", false), ("", false),
        ]
    )
    func `a date with a time matches`(_ text: String, isInstant: Bool) {
        #expect(StringFormat.dateTime.matches(text) == isInstant)
    }
}
