import ConfigurationValues
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

@testable import CloudFormation

/// Compares the parts of unusual origins with the results of `url.parse` in Node.js 20.
@Suite struct OriginAddressTests {
    /// A string and its expected parts.
    struct Address: Sendable, CustomTestStringConvertible {
        let text: String
        let scheme: String?
        let host: String?
        let path: String?

        init(_ text: String, _ scheme: String?, _ host: String?, _ path: String?) {
            self.text = text
            self.scheme = scheme
            self.host = host
            self.path = path
        }

        var testDescription: String { text }
    }

    static let addresses: [Address] = [
        Address("vpc-link", nil, nil, "vpc-link"),
        Address("s3:ObjectCreated:*", "s3", "objectcreated", "/:*"),
        Address("App.Acme.com", nil, nil, "App.Acme.com"),
        Address("app.acme.com:8080/path", "app.acme.com", "8080", "/path"),
        Address("https://App.Acme.com", "https", "app.acme.com", "/"),
        Address("https://App.Acme.com/", "https", "app.acme.com", "/"),
        Address("HTTPS://app.acme.com:8443/Path/?q#f", "https", "app.acme.com", "/Path/"),
        Address("http:app.acme.com/x", "http", nil, "app.acme.com/x"),
        Address("S3://Bucket.s3.amazonaws.com/Files", "s3", "bucket.s3.amazonaws.com", "/Files"),
        Address("s3:bucket", "s3", "bucket", nil),
        Address("//app.acme.com/x", nil, nil, "//app.acme.com/x"),
        Address("//u@app.acme.com/x", nil, "app.acme.com", "/x"),
        Address("https://u:p@app.acme.com/a b", "https", "app.acme.com", "/a%20b"),
        Address("https://a.com:abc/x", "https", "a.com", "/:abc/x"),
        Address("https://[::1]:80/x", "https", "::1", "/x"),
        Address("mailto:a@b.com", "mailto", "b.com", nil),
        Address("https:///x", "https", "", "/x"),
        Address(#"/just/a-"path""#, nil, nil, #"/just/a-"path""#),
        Address(#"a "path""#, nil, nil, "a%20%22path%22"),
    ]

    @Test(arguments: addresses)
    func `a URL is parsed as in Node.js`(_ address: Address) {
        let parts = OriginAddress(address.text)
        #expect(parts.scheme == address.scheme)
        #expect(parts.host == address.host)
        #expect(parts.path == address.path)
    }

    @Test(
        arguments: [
            ("vpc-link", "custom/Nullvpc-link"), ("s3:ObjectCreated:*", "s3/objectcreated/:*"),
            ("https://App.Acme.com/", "custom/app.acme.com"),
            (["DomainName": ["Fn::GetAtt": ["Files", "DomainName"]]], "custom/FnGetAttFilesDomainName"),
            (["DomainName": "App.Acme.com", "S3OriginConfig": [:]], "s3/App.Acme.com"),
            (["DomainName": "app.acme.com", "OriginPath": "/v1", "S3OriginConfig": .null], "custom/app.acme.com/v1"),
        ] as [(JSONValue, String)]
    )
    func `an origin has the same ID as in Serverless`(_ origin: JSONValue, _ id: String) throws {
        let event: JSONValue = ["cloudFront": ["eventType": "origin-request", "origin": origin]]
        let context = CompileContext.shop(functions: ["a": ["handler": "h.run", "events": [event]]])
        let resources = try TemplateCompiler.templates(of: context).update["Resources"]
        let distribution = resources?["CloudFrontDistribution"]?["Properties"]?["DistributionConfig"]
        #expect(distribution?["Origins"]?.arrayValue?.first?["Id"] == .string(id))
        #expect(distribution?["DefaultCacheBehavior"]?["TargetOriginId"] == .string(id))
    }
}
