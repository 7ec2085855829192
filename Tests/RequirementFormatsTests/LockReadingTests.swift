import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

@Suite struct LockReadingTests {
    static let poetryProject = """
        [tool.poetry.dependencies]
        python = "^3.9"
        a = "^1.2"
        b = {git = "https://host/b.git", tag = "v1", subdirectory = "py"}
        c = {path = "libs/c", develop = true, extras = ["x"]}
        d = [{version = "~1.4", python = "<3.11"}, {version = "1.*", markers = "python_version >= '3.11'"}]
        e = {version = ">=1,<3", optional = true}
        f = "*"
        [tool.poetry.group.reports]
        optional = true
        [tool.poetry.group.reports.dependencies]
        g = {url = "https://host/g-1.0.zip"}
        [[tool.poetry.source]]
        name = "own"
        url = "https://me:word@host/simple"
        [build-system]
        requires = ["poetry-core"]
        """

    @Test func `Poetry's constraints are translated where there is no lock`() throws {
        var options = RequirementSourceOptions()
        options.withGroups = ["reports"]
        let files = ["pyproject.toml": Self.poetryProject, "libs/c/setup.py": ""]
        try SourceFixture.with(files, options: options) { fixture in
            let set = try fixture.read()
            #expect(
                set.demandTexts.sorted() == [
                    "a>=1.2,<2.0", "b @ git+https://host/b.git@v1#subdirectory=py", "c in c",
                    #"d==1.*; python_version >= "3.11""#, #"d>=1.4,<1.5; python_version < "3.11""#, "f",
                    "g @ https://host/g-1.0.zip",
                ]
            )
            #expect(set.indexes.index?.location == "https://host/simple")
            #expect(set.diagnostics.first?.message.contains("poetry.lock") == true)
        }
    }

    @Test(arguments: [
        ("^1.2.3", ">=1.2.3,<2.0"), ("^0.2.3", ">=0.2.3,<0.3"), ("^0.0.3", ">=0.0.3,<0.0.4"), ("^0", ">=0,<1.0"),
        ("^0.0", ">=0.0,<0.1"), ("~1.2.3", ">=1.2.3,<1.3"), ("~1", ">=1,<2.0"), ("~=1.4", "~=1.4"),
        ("1.2.*", "==1.2.*"),
        ("1.2", "==1.2"), ("= 1.2", "==1.2"), (">= 1.2, < 2", ">=1.2,<2"), (">=1 <2", ">=1,<2"), ("*", ""),
        ("<1.5 || >1.5", "!=1.5"), ("!=1.5", "!=1.5"), ("1.x", "==1.*"),
        (">=1.5.6,<1.5.7 || >1.5.7", ">=1.5.6,!=1.5.7"),
    ])
    func `each form of Poetry's constraints has its specifiers`(constraint: String, specifiers: String) throws {
        let text = "[tool.poetry.dependencies]\na = '\(constraint)'\n[build-system]\nrequires = ['poetry-core']"
        try SourceFixture.with(["pyproject.toml": text]) { fixture in
            let texts = try fixture.read().demandTexts
            #expect(texts == ["a\(specifiers)"])
        }
    }

    @Test func `a required lock that is missing is an error in known words`() throws {
        var options = RequirementSourceOptions()
        options.requiresPoetryLock = true
        let files = ["pyproject.toml": Self.poetryProject, "libs/c/setup.py": ""]
        try SourceFixture.with(files, options: options) { fixture in
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            let words = "poetry.lock file not found - set requirePoetryLockFile to false to disable this error"
            #expect(error.diagnostics[0].message.contains(words))
        }
    }

    @Test func `a lock that does not fit its project is an error with the remedy`() throws {
        let lock = "[metadata]\nlock-version = '2.1'\npython-versions = '*'\ncontent-hash = '00'"
        let files = ["pyproject.toml": Self.poetryProject, "poetry.lock": lock, "libs/c/setup.py": ""]
        try SourceFixture.with(files) { fixture in
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            #expect(error.diagnostics[0].place?.description == "poetry.lock:4:16")
            #expect(error.diagnostics[0].help == ["run poetry lock"])
        }
    }

    @Test(arguments: [["withGroups": "nowhere"], ["withoutGroups": "nowhere"], ["onlyGroups": "nowhere"]])
    func `a group that the project lacks is an error by the option's name`(option: [String: String]) throws {
        var options = RequirementSourceOptions()
        options.withGroups = option["withGroups"].map { [$0] } ?? []
        options.withoutGroups = option["withoutGroups"].map { [$0] } ?? []
        options.onlyGroups = option["onlyGroups"].map { [$0] } ?? []
        let files = ["pyproject.toml": Self.poetryProject, "libs/c/setup.py": ""]
        try SourceFixture.with(files, options: options) { fixture in
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            #expect(error.diagnostics[0].message.contains("nowhere"))
        }
    }

    @Test func `a lock excludes Pythons that it is not for`() throws {
        let folder = LockExportTests.fixtures / "poetry-standard-project"
        let reader = RequirementSourceReader(files: LiveFileSystem(), serviceFolder: folder)
        let set = try reader.read(try #require(try reader.locate()))
        #expect(try set.exact(Target.named("python3.12")).count == 4)
        let target = try Target.named("python3.9")
        #expect(throws: DiagnosticError.self) { try set.exactDistributions(for: target) }
    }

    @Test func `a Pipfile's lock gives hashes, and groups of development are left out`() throws {
        let folder = LockExportTests.fixtures / "pipenv-project"
        let reader = RequirementSourceReader(files: LiveFileSystem(), serviceFolder: folder)
        let set = try reader.read(try #require(try reader.locate()))
        let target = try Target.named("python3.11")
        #expect(try set.exact(target) == ["python-dateutil 2.8.2 by 2 hashes", "six 1.16.0 by 2 hashes"])
        #expect(set.diagnostics.isEmpty)
    }

    @Test(arguments: ["", "{}", #"{"_meta": {"hash": {"sha256": "00"}}, "default": {}}"#])
    func `an empty or outdated Pipfile lock never means nothing`(lock: String) throws {
        let files = [
            "Pipfile": "[packages]\nsix = '==1.16.0'\ntoml = {version = '*', sys_platform = \"== 'linux'\"}",
            "Pipfile.lock": lock,
        ]
        try SourceFixture.with(files) { fixture in
            let set = try fixture.read()
            #expect(set.origin.kind == .pipfile)
            #expect(set.demandTexts == ["six==1.16.0", #"toml; sys_platform == "linux""#])
            #expect(set.diagnostics.contains { $0.severity == .warning })
        }
    }

    @Test func `variables stand in the addresses of a Pipfile's indexes`() throws {
        var options = RequirementSourceOptions()
        options.environment = ["INDEX_TOKEN": "s3cret"]
        let pipfile =
            "[[source]]\nname = 'own'\nurl = 'https://${INDEX_TOKEN}@index.example/simple'\n[packages]\nsix = '*'"
        try SourceFixture.with(["Pipfile": pipfile], options: options) { fixture in
            let index = try fixture.read().indexes.index
            #expect(index == IndexAddress("https://s3cret@index.example/simple"))
        }
    }

    @Test func `what a Pipfile's lock leaves open is resolved where a target has use for it`() throws {
        func lock(_ marker: String) -> String {
            """
            {"default": {
                "colorama": {"markers": "\(marker)", "version": "*"},
                "six": {"hashes": [], "version": "==1.16.0"},
                "lib": {"git": "https://host/lib.git", "ref": "0123456"}
            }}
            """
        }
        try SourceFixture.with(["Pipfile.lock": lock("sys_platform == 'win32'")]) { fixture in
            let exact = try fixture.read().exact(Target.named("python3.12"))
            #expect(exact == ["lib git+https://host/lib.git@0123456", "six 1.16.0 by 0 hashes"])
        }
        try SourceFixture.with(["Pipfile.lock": lock("sys_platform == 'linux'")]) { fixture in
            let expected = [
                #"colorama; sys_platform == "linux""#, "six==1.16.0", "lib @ git+https://host/lib.git@0123456",
            ]
            let demanded = try fixture.read().demandTexts
            #expect(demanded == expected)
        }
    }

    @Test func `dependencies and groups of a project are read, with where they come from`() throws {
        let text = """
            [project]
            dependencies = ["six>=1", "core", "odd @ https://host/odd.zip"]
            [dependency-groups]
            dev = ["pytest"]
            reports = ["tabulate", {include-group = "shared"}]
            shared = ["toml"]
            [tool.uv.sources]
            core = { path = "libs/core" }
            six = { git = "https://host/six", rev = "abc" }
            """
        var options = RequirementSourceOptions()
        options.withGroups = ["reports"]
        try SourceFixture.with(["pyproject.toml": text, "libs/core/setup.py": ""], options: options) { fixture in
            let texts = try fixture.read().demandTexts
            #expect(
                texts == [
                    "six @ git+https://host/six@abc", "core in core", "odd @ https://host/odd.zip", "tabulate", "toml",
                ]
            )
        }
    }

    @Test(arguments: [
        ("uv.lock", "version = 9", "uv.lock:1:11"), ("uv.lock", "version = [", "uv.lock:1:12"),
        ("pylock.toml", "lock-version = '1.0'\n[[packages]]\nversion = '1'", "pylock.toml:2:1"),
        ("Pipfile.lock", "{\n]", "Pipfile.lock:2:1"),
        (
            "Pipfile.lock",
            "{\n  \"default\": {\n    \"six\": { \"version\": \"==1\" },\n    \"toml\": { \"hashes\": [\"0\"] }\n  }\n}",
            "Pipfile.lock:4:5"
        ),
    ])
    func `a broken lock is told at its place`(file: String, text: String, place: String) throws {
        try SourceFixture.with([file: text]) { fixture in
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            #expect(error.diagnostics[0].place?.description == place)
        }
    }

    @Test func `a module that is a member of a workspace has what the workspace locks for it`() throws {
        let workspace = LockExportTests.fixtures / "uv-workspace"
        for (service, module) in [(workspace, "packages/core"), (workspace / "packages/core", ".")] {
            let reader = RequirementSourceReader(files: LiveFileSystem(), serviceFolder: service)
            let origin = try #require(try reader.locate(module: module))
            #expect(origin.kind == .uvLock)
            let set = try reader.read(origin)
            let names = try #require(try set.exactDistributions(for: Target.named("python3.9"))).map(\.name.normalized)
            #expect(names == ["six", "typing-extensions"])
        }
    }

    @Test(arguments: [("six==1.17", true), ("six ==1.16.0, >1", true), ("six==1.16.0", false), ("toml", true)])
    func `a uv lock that lacks what the project asks for is an error`(dependency: String, isStale: Bool) throws {
        let lock = """
            version = 1
            requires-python = ">=3.9"
            [[package]]
            name = "app"
            version = "1"
            source = { virtual = "." }
            [package.metadata]
            requires-dist = [{ name = "six", specifier = "==1.16.0" }]
            """
        let project = "[project]\nname = 'app'\nversion = '1'\ndependencies = ['\(dependency)']"
        try SourceFixture.with(["uv.lock": lock, "pyproject.toml": project]) { fixture in
            if isStale {
                let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
                #expect(error.diagnostics[0].help == ["run uv lock"])
                #expect(error.diagnostics[0].place?.description == "pyproject.toml:4:17")
            } else {
                let set = try fixture.read()
                #expect(set.origin.kind == .uvLock)
            }
        }
    }
}
