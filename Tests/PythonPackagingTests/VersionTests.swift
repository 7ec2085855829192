import Testing

@testable import PythonPackaging

@Suite struct VersionTests {
    /// In ascending order, from PEP 440's own examples.
    static let ascending = [
        "1.dev0", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2",
        "1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7", "1.0+5",
        "1.0.post456.dev34", "1.0.post456", "1.0.15", "1.1.dev1", "1!0.1",
    ]

    @Test func `versions have the order of PEP 440`() throws {
        let versions = try Self.ascending.map { try Version(parsing: $0) }
        for (low, first) in versions.enumerated() {
            for (high, second) in versions.enumerated() {
                #expect((first < second) == (low < high), "\(first) \(second)")
                #expect((first == second) == (low == high), "\(first) \(second)")
            }
        }
    }

    @Test(arguments: [
        ("1.0", "1.0"), ("v1.0", "1.0"), ("1.0-ALPHA.1", "1.0a1"), ("1.0_preview_2", "1.0rc2"), ("1.0c", "1.0rc0"),
        ("1.0-5", "1.0.post5"), ("1.0rev", "1.0.post0"), ("1.0.DEV3", "1.0.dev3"), ("1.0+Ubuntu-1_2", "1.0+ubuntu.1.2"),
        ("  2!007.0  ", "2!7.0"), ("1.0a1.post2.dev3+x", "1.0a1.post2.dev3+x"), ("20231215123456", "20231215123456"),
    ])
    func `every accepted spelling of a version is normalized`(text: String, normal: String) throws {
        #expect("\(try Version(parsing: text))" == normal)
    }

    @Test(arguments: [
        "", "french toast", "1.0+", "1.0+a+b", "1..0", "1.0a1b2", "1.0.dev1.post1", "=1.0", "1.0 a1", "!1",
    ])
    func `an invalid version is an error`(text: String) {
        #expect(throws: Version.ParseError.self) { try Version(parsing: text) }
    }

    @Test func `an error contains the invalid version`() {
        #expect(throws: Version.ParseError(text: "1.0x", reason: .unexpected(offset: 3))) {
            try Version(parsing: "1.0x")
        }
        #expect(throws: Version.ParseError(text: "9999999999999999999", reason: .numberTooLarge)) {
            try Version(parsing: "9999999999999999999")
        }
    }

    @Test(arguments: [
        ("==1.0", "1.0+local", true), ("==1.0+a", "1.0", false), ("==1.*", "1.7a1", true), ("==1.1.*", "1.10", false),
        ("==1.0.0.*", "1.0a1", true), ("!=1.5.*", "1.5.post1", false), ("~=2.2", "2.9", true), ("~=2.2", "3.0", false),
        ("~=2.2.post3", "2.3", true), ("~=1.4.5", "1.5", false), ("<1.0", "1.0a1", false), ("<1.0rc1", "1.0b1", true),
        (">1.0", "1.0.post1", false), (">1.0", "1.0+x", false), (">1.0.post1", "1.0.post2", true),
        ("===1.0", "1.0", true),
        ("===1.0", "1.0.0", false), (">=1,<2,!=1.5", "1.5", false), ("", "0.1", true), ("<=1.0", "1.0+x", true),
        ("===foobar", "1.0", false),
    ])
    func `specifiers match versions as in PEP 440`(specifier: String, version: String, holds: Bool) throws {
        let set = try VersionSpecifierSet(parsing: specifier)
        #expect(set.contains(try Version(parsing: version), preReleases: true) == holds)
    }

    @Test(arguments: ["1.0", "=>1.0", "~=1", ">=1.0.*", ">1.0+x", "==1.0a1.*", "==", "===", "== 1.0 x"])
    func `an invalid specifier is an error`(text: String) {
        #expect(throws: VersionSpecifier.ParseError.self) { try VersionSpecifierSet(parsing: text) }
    }

    @Test func `pre-releases satisfy a set that contains one, or if the caller accepts them`() throws {
        let plain = try VersionSpecifierSet(parsing: ">=1.0")
        let naming = try VersionSpecifierSet(parsing: ">=1.0a1")
        let candidate = try Version(parsing: "1.1rc1")
        #expect(!plain.contains(candidate))
        #expect(plain.contains(candidate, preReleases: true))
        #expect(naming.contains(candidate))
    }
}
