import Testing

@testable import PythonPackaging

/// The fields of locks and TOML values, and the locations of errors.
@Suite struct LockFieldTests {
    @Test func `every field of a lock is read`() throws {
        let text = """
            lock-version = "1.1"
            requires-python = ">=3.9"
            environments = ["sys_platform == 'linux'", "os_name == 'posix'"]
            extras = ["e"]
            dependency-groups = ["dev", "test"]
            default-groups = ["dev"]
            [[packages]]
            name = "A_b"
            version = "1.0"
            marker = "os_name == 'x'"
            requires-python = "<4"
            index = "https://x/simple"
            wheels = [
              { path = "w/a_b-1.0-py3-none-any.whl", size = 7, hashes = { sha256 = "1", md5 = "2" } },
              { url = "https://x/b.whl#f?g", name = "named.whl", subdirectory = "s" },
            ]
            sdist = { url = "https://x/a-1.0.tar.gz?q/r", size = 8, subdirectory = "sub" }
            archive = { path = "a.zip", subdirectory = "sub" }
            [[packages]]
            name = "dir"
            directory = { path = "libs/dir", subdirectory = "sub" }
            [[packages]]
            name = "repo"
            vcs = { type = "hg", url = "https://x", path = "p", commit-id = "c", subdirectory = "sub" }
            [[packages]]
            name = "plain"
            vcs = { commit-id = "d" }
            """
        let lock = try Pylock(parsing: Array(text.utf8))
        #expect("\(lock.requiresPython)" == ">=3.9")
        #expect(lock.environments.count == 2)
        #expect(lock.extras == ["e"])
        #expect(lock.dependencyGroups == ["dev", "test"])
        #expect(lock.defaultGroups == ["dev"])
        let first = lock.packages[0]
        #expect(first.name.written == "A_b")
        #expect(first.version == Version(release: [1]))
        #expect(first.marker.map { "\($0)" } == "os_name == \"x\"")
        #expect("\(first.requiresPython)" == "<4")
        #expect(first.index == "https://x/simple")
        #expect(first.line == 7)
        typealias File = Pylock.File
        #expect(
            first.wheels == [
                File(
                    name: "a_b-1.0-py3-none-any.whl",
                    path: "w/a_b-1.0-py3-none-any.whl",
                    sizeBytes: 7,
                    hashes: ["sha256": "1", "md5": "2"]
                ), File(name: "named.whl", url: "https://x/b.whl#f?g", subdirectory: "s"),
            ]
        )
        let source = File(name: "a-1.0.tar.gz", url: "https://x/a-1.0.tar.gz?q/r", sizeBytes: 8, subdirectory: "sub")
        #expect(first.sourceDistribution == source)
        #expect(first.archive == File(name: "a.zip", path: "a.zip", subdirectory: "sub"))
        #expect(first.directory == nil && first.repository == nil)
        let directory = Pylock.Directory(path: "libs/dir", isEditable: false, subdirectory: "sub")
        #expect(lock.packages[1].directory == directory)
        #expect(lock.packages[1].version == nil)
        #expect(
            lock.packages[2].repository
                == Pylock.Repository(type: "hg", url: "https://x", path: "p", commit: "c", subdirectory: "sub")
        )
        #expect(lock.packages[3].repository == Pylock.Repository(type: "git", commit: "d"))
        #expect(lock.packages[3].line == 25)
    }

    private static let head = "lock-version = '1.0'\n"
    private static let package = head + "[[packages]]\nname = 'a'\n"

    @Test(arguments: [
        ("", 1, 1, Pylock.ParseError.Reason.missing("lock-version")),
        ("lock-version = 1", 1, 16, .type(key: "lock-version", found: "an integer")),
        ("lock-version = '2.0'", 1, 1, .version("2.0")), ("lock-version = '1'", 1, 1, .version("1")),
        (head + "extras = 'x'", 2, 10, .type(key: "extras", found: "a string")),
        (head + "extras = [1]", 2, 11, .type(key: "extras", found: "an integer")),
        (head + "packages = [{}]", 2, 13, .missing("name")),
        (head + "packages = [1.5]", 2, 13, .type(key: "packages", found: "a float")),
        (head + "[[packages]]\nname = '-'", 2, 1, .name(PackageName.ParseError(text: "-"))),
        (package + "version = 'x'", 2, 1, .packageVersion(Version.ParseError(text: "x", reason: .noRelease))),
        (package + "marker = true", 4, 10, .type(key: "marker", found: "a boolean")),
        (package + "requires-python = 'x'", 2, 1, .specifier(.missingOperator("x"))),
        (package + "marker = ''", 2, 1, .marker(Marker.ParseError(text: "", offset: 0, reason: .expectedOperand))),
        (package + "sdist = []", 4, 9, .type(key: "sdist", found: "an array")),
        (package + "sdist = {}", 4, 9, .missing("url")), (package + "wheels = [{ size = 1 }]", 4, 11, .missing("url")),
        (package + "directory = {}", 4, 13, .missing("path")), (package + "vcs = {}", 4, 7, .missing("commit-id")),
        (
            package + "sdist = { url = 'x', hashes = { a = 1979-05-27 } }", 4, 37,
            .type(key: "a", found: "a date or time")
        ),
        (package + "sdist = { url = {} }", 4, 17, .type(key: "url", found: "a table")),
    ])
    func `an error in a lock has its location`(text: String, line: Int, column: Int, reason: Pylock.ParseError.Reason) {
        let error = #expect(throws: Pylock.ParseError.self) { try Pylock(parsing: Array(text.utf8)) }
        #expect(error?.reason == reason)
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test func `a lock that is not TOML has the location of the syntax error`() {
        let error = #expect(throws: Pylock.ParseError.self) { try Pylock(parsing: Array("a = 1\nb = @".utf8)) }
        #expect(error?.line == 2)
        guard case .toml(let message) = error?.reason else {
            Issue.record("not a syntax error")
            return
        }
        #expect(!message.isEmpty)
    }

    @Test func `a TOML value has its type, location and nested members`() throws {
        let root = try TOMLValue(parsing: Array("a = [[], {}, 'x', 1, 1.5, true, false]\n[b.c]\nd = 0x10\n".utf8))
        #expect((root.line, root.column) == (1, 1))
        let items = try #require(root["a"]?.array)
        #expect(
            items.map(\.kindName) == [
                "an array", "a table", "a string", "an integer", "a float", "a boolean", "a boolean",
            ]
        )
        #expect(items.map { $0.array == nil } == [false, true, true, true, true, true, true])
        #expect(items.map { $0.table == nil } == [true, false, true, true, true, true, true])
        #expect(items.map(\.string) == [nil, nil, "x", nil, nil, nil, nil])
        #expect(items.map(\.integer) == [nil, nil, nil, 1, nil, nil, nil])
        #expect(items.map(\.boolean) == [nil, nil, nil, nil, nil, true, false])
        #expect(items.map(\.column) == [6, 10, 14, 19, 22, 27, 33])
        #expect(root["b", "c", "d"]?.integer == 16)
        #expect(root["b", "c"]?.line == 2)
        #expect(root["b", "x"] == nil)
        #expect(root["a"]?["x"] == nil)
    }

    @Test func `an error in TOML has its column`() {
        let error = #expect(throws: TOMLParseError.self) { try TOMLValue(parsing: Array("@".utf8)) }
        #expect((error?.line, error?.column) == (1, 1))
    }
}
