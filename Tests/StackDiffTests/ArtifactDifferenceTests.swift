import Testing

@testable import StackDiff

@Suite("The difference between artifacts")
struct ArtifactDifferenceTests {
    private static func listing(_ files: [String: UInt32], records: [String: String] = [:]) -> ArtifactListing {
        var listing = ArtifactListing(files: files.mapValues { ArtifactListing.File(crc32: $0, size: 1) })
        for (path, content) in records { listing.add(record: Array(content.utf8), at: path) }
        return listing
    }

    private func difference(_ old: ArtifactListing, _ new: ArtifactListing) -> ArtifactDifference {
        ArtifactDifference(fileName: "orders.zip", resources: [], from: old, to: new)
    }

    @Test("has the files that are new, removed and changed")
    func files() {
        let found = difference(
            Self.listing(["app.py": 1, "old.py": 2, "same.py": 3]),
            Self.listing(["app.py": 9, "new.py": 4, "same.py": 3])
        )
        #expect(found.changed == ["app.py"])
        #expect(found.added == ["new.py"])
        #expect(found.removed == ["old.py"])
        #expect(found.distributions.isEmpty)
    }

    @Test("has distributions by name and version, and not their files")
    func distributions() {
        let old = Self.listing(
            [
                "idna-3.6.dist-info/METADATA": 1, "idna-3.6.dist-info/RECORD": 2, "idna/core.py": 3,
                "six-1.16.0.dist-info/METADATA": 4, "six-1.16.0.dist-info/RECORD": 5, "six.py": 6, "app.py": 7,
            ],
            records: [
                "idna-3.6.dist-info/RECORD": "idna/core.py,sha256=x,1\nidna-3.6.dist-info/RECORD,,\n",
                "six-1.16.0.dist-info/RECORD": "\"six.py\",sha256=y,1\n",
            ]
        )
        let new = Self.listing(
            [
                "idna-3.10.dist-info/METADATA": 1, "idna-3.10.dist-info/RECORD": 2, "idna/core.py": 30,
                "idna/new.py": 31, "app.py": 70, "tool.py": 8, "Charset_Normalizer-3.4.dist-info/METADATA": 9,
                "Charset_Normalizer-3.4.dist-info/RECORD": 9, "charset_normalizer/api.py": 9,
            ],
            records: [
                "idna-3.10.dist-info/RECORD": "idna/core.py,,\nidna/new.py,,\n",
                "Charset_Normalizer-3.4.dist-info/RECORD": "charset_normalizer/api.py,,\n",
            ]
        )
        let found = difference(old, new)
        #expect(
            found.distributions == [
                .init(name: "Charset_Normalizer", old: nil, new: "3.4"),
                .init(name: "idna", old: "3.6", new: "3.10"), .init(name: "six", old: "1.16.0", new: nil),
            ]
        )
        #expect(found.changed == ["app.py"])
        #expect(found.added == ["tool.py"])
        #expect(found.removed.isEmpty)
    }

    @Test("tells distributions in layers apart by their directory")
    func layers() {
        let found = difference(
            Self.listing(["python/six-1.16.0.dist-info/METADATA": 1, "six-1.16.0.dist-info/METADATA": 1]),
            Self.listing(["python/six-1.17.0.dist-info/METADATA": 1, "six-1.16.0.dist-info/METADATA": 1])
        )
        #expect(found.distributions == [.init(name: "six", old: "1.16.0", new: "1.17.0")])
    }

    @Test("lists a changed file of a distribution whose version is the same")
    func sameVersion() {
        let record = ["six-1.16.0.dist-info/RECORD": "six.py,,\n"]
        let found = difference(
            Self.listing(
                ["six-1.16.0.dist-info/METADATA": 1, "six-1.16.0.dist-info/RECORD": 1, "six.py": 1],
                records: record
            ),
            Self.listing(
                ["six-1.16.0.dist-info/METADATA": 1, "six-1.16.0.dist-info/RECORD": 1, "six.py": 2],
                records: record
            )
        )
        #expect(found.distributions.isEmpty)
        #expect(found.changed == ["six.py"])
    }
}
