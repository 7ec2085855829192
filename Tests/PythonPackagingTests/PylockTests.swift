import Testing

@testable import PythonPackaging

@Suite struct PylockTests {
    @Test func `every part of a lock file is parsed`() throws {
        let text = """
            lock-version = "1.0"
            requires-python = ">=3.9"
            environments = ["sys_platform == 'linux'"]
            default-groups = ["main"]
            created-by = "test"
            [[packages]]
            name = "Six"
            version = "1.16.0"
            marker = "'main' in dependency_groups"
            index = "https://pypi.org/simple"
            sdist = { name = "six-1.16.0.tar.gz", url = "https://x/six-1.16.0.tar.gz", hashes = { sha256 = "aa" } }
            [[packages.wheels]]
            url = "https://x/six-1.16.0-py2.py3-none-any.whl?y=1"
            size = 12
            hashes = { sha256 = "bb" }
            [[packages]]
            name = "local"
            directory = { path = "libs/local", editable = true }
            [[packages]]
            name = "repo"
            vcs = { type = "git", url = "https://x/repo.git", commit-id = "abc", subdirectory = "py" }
            """
        let lock = try Pylock(parsing: Array(text.utf8))
        #expect(lock.packages.map(\.name.normalized) == ["six", "local", "repo"])
        #expect(lock.packages[0].wheels.first?.name == "six-1.16.0-py2.py3-none-any.whl")
        #expect(lock.packages[0].sourceDistribution?.hashes == ["sha256": "aa"])
        #expect(lock.packages[1].directory?.isEditable == true)
        #expect(lock.packages[2].repository?.commit == "abc")
        #expect(lock.packages[0].line == 6)
        var environment = MarkerEnvironment(linuxPython: Version(release: [3, 12, 1]), machine: "x86_64")
        #expect(lock.packages[0].marker?.holds(in: environment) == false)
        environment.dependencyGroups = ["Main"]
        #expect(lock.packages[0].marker?.holds(in: environment) == true)
    }

    @Test(arguments: [
        ("", Pylock.ParseError.Reason.missing("lock-version")), ("lock-version = '2.0'", .version("2.0")),
        ("lock-version = '1.0'\npackages = [{}]", .missing("name")),
        ("lock-version = '1.0'\npackages = 'x'", .type(key: "packages", found: "a string")),
    ])
    func `an invalid lock file is an error`(text: String, reason: Pylock.ParseError.Reason) {
        let error = #expect(throws: Pylock.ParseError.self) { try Pylock(parsing: Array(text.utf8)) }
        #expect(error?.reason == reason)
    }
}
