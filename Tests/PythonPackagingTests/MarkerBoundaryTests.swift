import Testing

@testable import PythonPackaging

/// Markers and requirements: how strings are compared, and where errors are.
@Suite struct MarkerBoundaryTests {
    private static let linux = MarkerEnvironment(linuxPython: Version(release: [3, 11, 7]), machine: "aarch64")

    @Test(arguments: [
        ("os_name == 'posix'", true), ("os_name === 'posix'", true), ("os_name === 'nt'", false),
        ("os_name != 'posix'", false), ("os_name < 'posiy'", true), ("os_name < 'posix'", false),
        ("os_name <= 'posix'", true), ("os_name <= 'posiw'", false), ("os_name > 'posiw'", true),
        ("os_name > 'posix'", false), ("os_name >= 'posix'", true), ("os_name >= 'posiy'", false),
        ("'six' in os_name", true), ("'osi' in os_name", true), ("'posix' in os_name", true),
        ("'posixx' in os_name", false), ("'posixx' not in os_name", true), ("'x' not in os_name", false),
        ("'' in os_name", true), ("'' not in os_name", false), ("'' in ''", true), ("'ix' in os_name", true),
        ("python_version not in '3.10'", true), ("python_version not in '3.11'", false),
        ("python_full_version ~= '3.11.5'", true), ("'3.11.9' ~= python_full_version", true),
        ("python_version < 'abc'", true), ("platform_release == ''", true),
        ("implementation_version == '3.11.7'", true),
        ("platform_version == ''", true), ("'a' == 'a'", true),
    ])
    func `strings are compared by code points and versions as versions`(text: String, holds: Bool) throws {
        #expect(try Marker(parsing: text).holds(in: Self.linux) == holds)
    }

    @Test func `Python 2 has another platform`() throws {
        let environment = MarkerEnvironment(linuxPython: Version(release: [2, 7]), machine: "x86_64")
        #expect(environment.values[.sysPlatform] == "linux2")
        #expect(environment.values[.pythonVersion] == "2.7")
        #expect(environment.values[.platformMachine] == "x86_64")
        let three = MarkerEnvironment(linuxPython: Version(release: [3]), machine: "x86_64")
        #expect(three.values[.sysPlatform] == "linux")
        #expect(three.values[.pythonVersion] == "3.0")
    }

    @Test func `members of extras and groups are compared by their normalized names`() throws {
        var environment = Self.linux
        environment.extras = ["A_b"]
        environment.dependencyGroups = ["Test"]
        for (text, holds) in [
            ("'a-b' in extras", true), ("'a-b' not in extras", false), ("'c' not in extras", true),
            ("'c' in extras", false), ("'TEST' in dependency_groups", true), ("'a-b' in dependency_groups", false),
            ("'test' in extras", false), ("'test' not in dependency_groups", false),
        ] {
            #expect(try Marker(parsing: text).holds(in: environment) == holds, "\(text)")
        }
    }

    @Test func `a requirement applies without an extra, or with one of several`() throws {
        let plain = try Requirement(parsing: "a; os_name == 'posix'")
        #expect(plain.counts(in: Self.linux))
        #expect(plain.counts(in: Self.linux, anyOf: ["x"]))
        let extra = try Requirement(parsing: "a; extra == 'X'")
        #expect(!extra.counts(in: Self.linux))
        #expect(!extra.counts(in: Self.linux, anyOf: ["y", "z"]))
        #expect(extra.counts(in: Self.linux, anyOf: ["y", "x"]))
        #expect(try Requirement(parsing: "a").counts(in: Self.linux))
        let negated = try Requirement(parsing: "a; extra != 'x'")
        #expect(negated.counts(in: Self.linux, anyOf: ["x"]))
    }

    @Test(arguments: [
        ("extra == 'a' and ('B' == extra or extra != 'c')", ["a", "b"]), ("extra == 'a' or os_name == 'b'", ["a"]),
        ("os_name == 'a'", []), ("extra in 'a'", []),
    ])
    func `a marker names the extras that it compares for equality`(text: String, extras: [String]) throws {
        #expect(try Marker(parsing: text).namedExtras == Set(extras))
    }

    @Test(arguments: [
        "(os_name == \"a\" or os_name == \"b\") and extra == \"c\"",
        "os_name == \"a\" and extra == \"c\" or extra == \"d\"",
        "\"a\" not in extras", "os_name === 'a\"b'", "python_version ~= \"3.8\"",
    ])
    func `a marker is printed as it was written`(text: String) throws {
        #expect("\(try Marker(parsing: text))" == text)
    }

    @Test(arguments: [
        ("", 0, Marker.ParseError.Reason.expectedOperand), ("  ", 2, .expectedOperand), ("+", 0, .expectedOperand),
        ("wat == 'x'", 0, .unknownVariable("wat")), ("os_name", 7, .expectedComparison),
        ("os_name is 'x'", 8, .expectedComparison), ("os_name inn 'x'", 8, .expectedComparison),
        ("os_name not 'x'", 11, .expectedComparison), ("os_name == 'x", 13, .unclosedString),
        ("os_name == \"x'", 14, .unclosedString), ("os_name ==", 10, .expectedOperand),
        ("os_name == 'x' x", 15, .trailing), ("os_name == 'x' andy", 15, .trailing),
        ("(os_name == 'x'", 15, .expectedClosingParenthesis), ("os_name ~= 'x'", 14, .undefinedComparison("~=")),
        ("os_name == 'x' and", 18, .expectedOperand), ("os_name == 'x')", 14, .trailing),
    ])
    func `an error in a marker has the offset of what is wrong`(
        text: String,
        offset: Int,
        reason: Marker.ParseError.Reason
    ) {
        #expect(throws: Marker.ParseError(text: text, offset: offset, reason: reason)) { try Marker(parsing: text) }
    }

    @Test(arguments: [
        "  os_name=='x'  and\tos_name!='y'  ", "( ( os_name < 'x' ) )", "os.name == 'x'", "sys.platform == 'x'",
        "platform.version == 'x'", "platform.machine == 'x'", "platform.python_implementation == 'x'",
        "'x' not  in extras", "'3' ~= python_version",
    ])
    func `whitespace and legacy names are accepted in a marker`(text: String) throws {
        let marker = try Marker(parsing: text)
        #expect(try Marker(parsing: "\(marker)") == marker)
    }

    @Test func `legacy names have the meaning of the current ones`() throws {
        let pairs = [
            ("os.name", Marker.Variable.osName), ("sys.platform", .sysPlatform), ("platform.version", .platformVersion),
            ("platform.machine", .platformMachine), ("python_implementation", .platformPythonImplementation),
            ("platform.python_implementation", .platformPythonImplementation),
        ]
        for (name, variable) in pairs {
            let marker = try Marker(parsing: "\(name) == 'x'")
            #expect(marker == .comparison(.variable(variable), .relation(.equal), .literal("x")))
        }
    }

    @Test(arguments: [(199, true), (200, false)])
    func `parentheses are limited in depth`(count: Int, isAccepted: Bool) {
        let text = String(repeating: "(", count: count) + "os_name == 'x'" + String(repeating: ")", count: count)
        #expect(((try? Marker(parsing: text)) != nil) == isAccepted)
        let flat = Array(repeating: "(os_name == 'x')", count: 300).joined(separator: " and ")
        #expect((try? Marker(parsing: flat)) != nil)
    }

    @Test(arguments: [
        ("-e .", 2), ("a[x y]", 4), ("a[", 2), ("a[x", 3), ("a @", 3), ("a (>=1", 6), ("a b", 2),
        ("a ~x", 2), ("a>=x", 1), ("a (>=x)", 3), ("a @ u x", 6), ("a (>=1) x", 8), ("a; wat == 'x'", 3),
        ("a>=1; os_name == 'x' x", 21), ("a(>=1)>=2", 6),
    ])
    func `an error in a requirement has the offset of what is wrong`(text: String, offset: Int) {
        let error = #expect(throws: Requirement.ParseError.self) { try Requirement(parsing: text) }
        #expect(error?.errorOffset == offset)
    }

    @Test(arguments: [
        ("  a  ", "a"), ("a[]", "a"), ("a [x ,y ]", "a[x,y]"), ("a@ u", "a @ u"), ("a (>=1)", "a>=1"),
        ("a ( >=1 , <2 ) ; os_name == 'x'", "a >=1 , <2; os_name == 'x'"), ("a ()", "a"),
        ("a;os_name=='x'", "a; os_name == 'x'"),
        ("a @ u ; os_name == 'x'", "a@u ;os_name == 'x'"), ("a\t>=1", "a>=1"),
    ])
    func `whitespace between the parts of a requirement is ignored`(text: String, same: String) throws {
        #expect(try Requirement(parsing: text) == Requirement(parsing: same))
    }

    @Test(arguments: [
        ("a", "a", true), ("A_b", "a-b", true), ("a--b", "a-b", true), ("a-_.b", "A.B", true), ("ab", "a-b", false),
        ("a", "b", false),
    ])
    func `names are equal if their normalized names are`(left: String, right: String, areEqual: Bool) throws {
        let (left, right) = (try PackageName(parsing: left), try PackageName(parsing: right))
        #expect((left == right) == areEqual)
        #expect((Set([left, right]).count == 1) == areEqual)
        #expect(!(left < left))
        #expect("\(left)" == left.written)
    }

    @Test func `any string can be normalized`() throws {
        #expect(PackageName.normalize("-A__b.") == "-a-b-")
        #expect(PackageName.normalize("[`{@Z") == "[`{@z")
        #expect(
            try ["b", "A_c", "a-b"].map { try PackageName(parsing: $0) }.sorted().map(\.written) == ["a-b", "A_c", "b"]
        )
    }

    @Test func `a requirement has the parts that it is created with`() throws {
        let name = try PackageName(parsing: "a")
        let marker = try Marker(parsing: "os_name == 'x'")
        let versions = VersionSpecifierSet([VersionSpecifier(.greaterOrEqual, Version(release: [1]))])
        #expect("\(Requirement(name, extras: [name], address: "u", marker: marker))" == "a[a] @ u ; os_name == \"x\"")
        #expect("\(Requirement(name, versions: versions))" == "a>=1")
        #expect("\(VersionSpecifier(.equal, Version(release: [1, 0]), isPrefix: true))" == "==1.0.*")
    }
}
