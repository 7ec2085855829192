import Testing

@testable import PythonPackaging

@Suite struct DistributionMetadataTests {
    @Test func `fields are read until the description`() throws {
        let text =
            "Metadata-Version: 2.1\r\nName: My.Package\r\nVersion: 1.0.post1\r\nRequires-Python: >=3.8, <4\r\n"
            + "Requires-Dist: six (>=1.5)\r\nRequires-Dist: socks;\r\n  extra == \"Proxy\"\r\nProvides-Extra: Proxy\r\n"
            + "\r\nName: not this\r\n"
        let metadata = try DistributionMetadata(parsing: text)
        #expect(metadata.name.normalized == "my-package")
        #expect("\(metadata.version)" == "1.0.post1")
        #expect(metadata.requiresPython.description == ">=3.8,<4")
        #expect(metadata.requirements.map(\.description) == ["six>=1.5", #"socks; extra == "Proxy""#])
        #expect(metadata.extras.map(\.normalized) == ["proxy"])
    }

    @Test(arguments: [
        ("Name: a", DistributionMetadata.ParseError.missing("version")), ("", .missing("name")),
        ("Name: a b\nVersion: 1", .name(PackageName.ParseError(text: "a b"))),
    ])
    func `what is no metadata is refused`(text: String, error: DistributionMetadata.ParseError) {
        #expect(throws: error) { try DistributionMetadata(parsing: text) }
    }
}
