import Testing

@testable import PythonPackaging

@Suite struct RequirementTests {
    @Test(arguments: [
        "requests", "requests[security,socks]>=2.8.1,==2.8.*", "six==1.16.0", "name @ https://example.org/a.zip",
        #"a>=1; python_version < "3.11""#, #"b @ file:///x.whl ; os_name == "posix""#,
        #"c; (os_name == "a" or os_name == "b") and extra == "x""#, #"d; "linux" in sys_platform"#,
        #"e; python_version not in "3.0, 3.1""#,
    ])
    func `a requirement prints as it was parsed`(text: String) throws {
        #expect("\(try Requirement(parsing: text))" == text)
    }

    @Test(arguments: [
        ("A (>=1 , <2)", "A>=1,<2"), ("a [ x , y ] == 1 ;os_name=='nt'", #"a[x,y]== 1; os_name == "nt""#),
        ("a@https://x/y", "a @ https://x/y"), ("a[]", "a"),
        ("a; python_implementation=='CPython'", "a; platform_python_implementation == \"CPython\""),
    ])
    func `whitespace and older forms are accepted`(text: String, printed: String) throws {
        let expected = try Requirement(parsing: printed)
        #expect(try Requirement(parsing: text) == expected)
    }

    @Test(arguments: [
        "", "-e .", "a b", "a[", "a[x", "a[x y]", "a ===", "a @", "a; ", "a; os_name", "a; os_name == 'x",
        "a; wat == 'x'",
        "a (>=1", "a; os_name ~= 'x'", "a; (os_name == 'x'", "./path", "a>=1 b",
    ])
    func `an invalid requirement is an error`(text: String) {
        #expect(throws: Requirement.ParseError.self) { try Requirement(parsing: text) }
    }

    static let linux = MarkerEnvironment(linuxPython: Version(release: [3, 11, 7]), machine: "aarch64")

    @Test(arguments: [
        ("python_version < '3.9'", false), ("python_version >= '3.9' and sys_platform == 'linux'", true),
        ("python_full_version <= '3.11.2'", false), ("platform_machine == 'arm64'", false),
        ("platform_machine == 'aarch64' or os_name == 'nt'", true), ("python_version == '3.11.*'", true),
        ("'3.10' < python_version", true), ("python_version in '3.10, 3.11'", true), ("extra == 'Some_Extra'", false),
        ("implementation_name == 'cpython' and platform_python_implementation == 'CPython'", true),
        ("platform_system != 'Windows'", true),
        ("sys_platform == 'win32' and os_name == 'nt' or python_version > '3'", true),
        ("python_version ~= '3.8'", true), ("platform_release >= '5'", false), ("'x' in extras", false),
    ])
    func `markers are evaluated for the target`(text: String, holds: Bool) throws {
        #expect(try Marker(parsing: text).holds(in: Self.linux) == holds)
    }

    @Test func `extras are compared by their normalized names`() throws {
        let marker = try Marker(parsing: "extra == 'Some_Extra' and python_version > '3'")
        #expect(marker.holds(in: Self.linux, anyOf: ["a", "some-extra"]))
        #expect(!marker.holds(in: Self.linux, anyOf: ["a"]))
        #expect(marker.namedExtras == ["some-extra"])
    }

    @Test func `nested markers with the same operator are flattened`() throws {
        let term = { (value: Int) -> Marker in .comparison(.literal("a"), .in, .literal("\(value)")) }
        let text = "'a' in '1' or ('a' in '2' or 'a' in '3') or ('a' in '4' and ('a' in '5' and 'a' in '6'))"
        #expect(try Marker(parsing: text) == .any([term(1), term(2), term(3), .all([term(4), term(5), term(6)])]))
        #expect(try Marker(parsing: "(('a' in '1'))") == term(1))
        let both: Marker = term(1) && term(2)
        let all: Marker = both && term(3)
        #expect(all == .all([term(1), term(2), term(3)]))
    }

    @Test func `a marker with very many parts is parsed in linear time`() throws {
        let text = Array(repeating: "os_name == 'nt'", count: 100_000).joined(separator: " or ")
        let marker = try Marker(parsing: text)
        guard case .any(let parts) = marker else {
            Issue.record("not alternatives")
            return
        }
        #expect(parts.count == 100_000)
    }

    @Test(arguments: [("Foo.Bar_-baz", "foo-bar-baz"), ("PyYAML", "pyyaml"), ("a", "a")])
    func `names are normalized`(text: String, normal: String) throws {
        #expect(try PackageName(parsing: text).normalized == normal)
    }

    @Test(arguments: ["", "-a", "a-", "ä", "a b", "a/b"])
    func `an invalid package name is an error`(text: String) {
        #expect(throws: PackageName.ParseError(text: text)) { try PackageName(parsing: text) }
    }
}
