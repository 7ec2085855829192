import Testing

@testable import PythonPackaging

/// Versions and specifiers at the boundaries between accepted and rejected.
@Suite struct VersionBoundaryTests {
    @Test(arguments: [
        ("", Version.ParseError.Reason.noRelease), ("x", .noRelease), ("v", .unexpected(offset: 1)),
        ("1!", .unexpected(offset: 2)), ("1..2", .unexpected(offset: 1)), ("1.", .unexpected(offset: 1)),
        ("1-", .unexpected(offset: 1)), ("1+", .unexpected(offset: 1)), ("1+-", .unexpected(offset: 1)),
        ("1+a.", .unexpected(offset: 3)), ("1+a-_b", .unexpected(offset: 3)), ("1a1a", .unexpected(offset: 3)),
        ("1.0.x", .unexpected(offset: 3)), ("1.0.a-b", .unexpected(offset: 6)),
        ("1a9223372036854775807", .numberTooLarge), ("9223372036854775807!1", .numberTooLarge),
        ("1+9223372036854775808", .numberTooLarge), ("92233720368547758070", .numberTooLarge),
    ])
    func `an invalid version is reported with its offset`(text: String, reason: Version.ParseError.Reason) {
        #expect(throws: Version.ParseError(text: text, reason: reason)) { try Version(parsing: text) }
    }

    @Test(arguments: [
        ("9223372036854775806", "9223372036854775806"), ("1+9223372036854775807", "1+9223372036854775807"),
        ("1.0.post", "1.0.post0"), ("1.0a", "1.0a0"), ("1-a_1", "1a1"), ("1.a-1", "1a1"), ("1-post_2", "1.post2"),
        ("1_dev-3", "1.dev3"), ("1r4", "1.post4"), ("1-0", "1.post0"), ("1b_", "1b0"), ("1pre", "1rc0"),
        ("1beta2", "1b2"), ("\t1\n", "1"), ("\r1\u{B}\u{C}", "1"), ("0!1", "1"), ("1+a_b-c", "1+a.b.c"),
        ("1+001.0a", "1+1.0a"),
    ])
    func `separators and numbers are optional`(text: String, normal: String) throws {
        #expect("\(try Version(parsing: text))" == normal)
    }

    @Test(arguments: [
        ("1.0", "1.0.0", true), ("1.0", "1.0.1", false), ("0", "0.0", true), ("1!1", "1", false),
        ("1.0a1", "1.0b1", false), ("1.0.post1", "1.0", false), ("1.0.dev1", "1.0", false), ("1.0+a", "1.0", false),
        ("1.0+a.1", "1.0+A.01", true), ("1.0.0rc1.post2.dev3", "1rc1.post2.dev3", true),
    ])
    func `equal versions have equal hashes`(left: String, right: String, areEqual: Bool) throws {
        let (left, right) = (try Version(parsing: left), try Version(parsing: right))
        #expect((left == right) == areEqual)
        #expect((Set([left, right]).count == 1) == areEqual)
        #expect((left < right) != (right < left) || areEqual)
        #expect(!(left < left) && !(right < right))
    }

    @Test(arguments: [
        ("1.dev1", true, false, "1", "1.dev1"), ("1a1", true, false, "1", "1a1"),
        ("1!2.0.post1", false, true, "1!2.0", "1!2.0.post1"),
        ("1.0+x", false, false, "1.0", "1.0"), ("1rc1.post1+x.1", true, true, "1", "1rc1.post1"),
    ])
    func `a version has a base and a public version`(
        text: String,
        isPreRelease: Bool,
        isPostRelease: Bool,
        base: String,
        public: String
    ) throws {
        let version = try Version(parsing: text)
        #expect(version.isPreRelease == isPreRelease)
        #expect(version.isPostRelease == isPostRelease)
        #expect("\(version.baseVersion)" == base)
        #expect("\(version.publicVersion)" == `public`)
    }

    @Test func `missing numbers of a release are zero`() throws {
        let version = try Version(parsing: "3.11")
        #expect((0...2).map(version.releaseNumber) == [3, 11, 0])
        #expect(Array(try Version(parsing: "1.0.0").trimmedRelease) == [1])
        #expect(Array(try Version(parsing: "0.0").trimmedRelease) == [0])
    }

    @Test(arguments: [
        ("<1.0", "1.0", false), ("<1.0", "0.9", true), ("<1.0", "0.9a1", true), ("<1.0", "1.0.dev1", false),
        ("<1.0a2", "1.0a1", true), ("<1.0.post1", "1.0a1", false), ("<1.0.post1", "1.0", true),
        (">1.0", "1.0", false), (">1.0", "1.0.0", false), (">1.0", "0.9", false), (">1.0", "1.0.1", true),
        (">1.0", "1.1.post1", true), (">1.0", "1.0.post1", false), (">1.0.post1", "1.0.post1", false),
        (">1.0.post1", "1.0.post2+x", false), (">1.0a1", "1.0", true), (">1.0a1", "1.0.post1", false),
        ("<=1.0", "1.0", true), ("<=1.0", "1.0.1", false), (">=1.0", "1.0", true), (">=1.0", "1.0a1", false),
        (">=1.0", "1.0+x", true), ("~=1.0", "1.0", true), ("~=1.0", "0.9", false), ("~=1.0", "1.0a1", false),
        ("~=1.4.5", "1.4.9", true), ("~=1.4.5", "1.4.4", false), ("~=1!1.0", "1!1.5", true), ("~=1!1.0", "2", false),
        ("==1.*", "1", true), ("==1.*", "1!1", false), ("==1.1.*", "1", false), ("!=1.*", "2", true),
        ("!=1.0", "1.0", false), ("!=1.0", "1.1", true), ("!=1.0", "1.0+x", false), ("!=1.0+x", "1.0", true),
        ("==1.0+x", "1.0+x", true), ("==1.0", "1.0.0", true), ("===1.0A1", "1.0a1", true),
        ("===0", "0", true), ("===x", "0", false), (">1,<3", "3", false), (">1,<3", "2", true),
    ])
    func `a specifier accepts versions up to its boundary`(specifier: String, version: String, accepts: Bool) throws {
        let set = try VersionSpecifierSet(parsing: specifier)
        #expect(set.contains(try Version(parsing: version), preReleases: true) == accepts)
    }

    @Test(arguments: [
        ("1.0", VersionSpecifier.ParseError.missingOperator("1.0")), ("===", .formNotAllowed("===")),
        ("===a b", .formNotAllowed("===a b")), ("===a;", .formNotAllowed("===a;")), ("===a)", .formNotAllowed("===a)")),
        ("~=1", .formNotAllowed("~=1")), ("~=1.0+x", .formNotAllowed("~=1.0+x")),
        ("~=1.0.*", .formNotAllowed("~=1.0.*")),
        (">=1+x", .formNotAllowed(">=1+x")), ("<1.*", .formNotAllowed("<1.*")), ("==1a1.*", .formNotAllowed("==1a1.*")),
        ("==1.post1.*", .formNotAllowed("==1.post1.*")), ("!=1.dev1.*", .formNotAllowed("!=1.dev1.*")),
        ("==1+x.*", .formNotAllowed("==1+x.*")),
        ("==.*", .version("==.*", Version.ParseError(text: "", reason: .noRelease))),
    ])
    func `a form of version that the operator does not support is rejected`(
        text: String,
        error: VersionSpecifier.ParseError
    ) {
        #expect(throws: error) { try VersionSpecifier(parsing: text) }
    }

    @Test(arguments: ["==1.*", "!=1.0.*", "==1+x", "!=1+x", "~=1.0", "~=1.0a1", " == 1 ", "===x", ">= 1,", ","])
    func `a form of version that the operator supports is accepted`(text: String) throws {
        _ = try VersionSpecifierSet(parsing: text)
    }

    @Test(arguments: [
        ("==1.0", "1.0"), ("===1.0", "1.0"), (">=1.0", nil), ("==1.*", nil), ("==1.0,>0", nil), ("", nil),
        ("~=1.0", nil),
        ("!=1.0", nil),
    ])
    func `only an equality without a prefix has an exact version`(text: String, version: String?) throws {
        let set = try VersionSpecifierSet(parsing: text)
        #expect(set.exactVersion.map { "\($0)" } == version)
        #expect(set.isEmpty == text.isEmpty)
    }

    @Test(arguments: [
        ("==1a1", true), ("===1a1", true), ("~=1.0a1", true), ("<=1.dev1", true), (">=1rc1", true), ("!=1a1", false),
        ("<1a1", false), (">1a1", false), (">=1.post1", false), (">1,>=1a1", true), ("", false), ("===x", false),
    ])
    func `operators that include their version name a pre-release`(text: String, names: Bool) throws {
        let set = try VersionSpecifierSet(parsing: text)
        #expect(set.namesPreRelease == names)
        #expect(set.contains(try Version(parsing: "1a1"), preReleases: false) == false)
    }
}
