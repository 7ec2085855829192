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

    @Test func `the constraints of a Poetry project without a lock become requirements`() throws {
        var options = RequirementSourceOptions()
        options.withGroups = ["reports"]
        let files = ["pyproject.toml": Self.poetryProject, "libs/c/setup.py": ""]
        try SourceFixture.with(files, options: options) { fixture in
            let set = try fixture.read()
            #expect(
                set.requirementLines.sorted() == [
                    "a>=1.2,<2.0", "b @ git+https://host/b.git@v1#subdirectory=py", "c in c",
                    #"d==1.*; python_version >= "3.11""#, #"d>=1.4,<1.5; python_version < "3.11""#, "f",
                    "g @ https://host/g-1.0.zip",
                ]
            )
            #expect(set.indexes.index?.location == "https://host/simple")
            #expect(set.diagnostics.map(\.code) == [.missingLockFile])
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
    func `each form of a Poetry constraint is converted to version specifiers`(
        constraint: String,
        specifiers: String
    ) throws {
        let text = "[tool.poetry.dependencies]\na = '\(constraint)'\n[build-system]\nrequires = ['poetry-core']"
        try SourceFixture.with(["pyproject.toml": text]) { fixture in
            let requirements = try fixture.read().requirementLines
            #expect(requirements == ["a\(specifiers)"])
        }
    }

    @Test func `a missing lock that is required is the error of serverless-python-requirements`() throws {
        var options = RequirementSourceOptions()
        options.requiresPoetryLock = true
        let files = ["pyproject.toml": Self.poetryProject, "libs/c/setup.py": ""]
        try SourceFixture.with(files, options: options) { fixture in
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            let words = "poetry.lock file not found - set requirePoetryLockFile to false to disable this error"
            #expect(error.diagnostics[0].code == .missingLockFile)
            #expect(error.diagnostics[0].message.contains(words))
        }
    }

    @Test func `a lock whose project has changed is an error that says how to update it`() throws {
        let lock = "[metadata]\nlock-version = '2.1'\npython-versions = '*'\ncontent-hash = '00'"
        let files = ["pyproject.toml": Self.poetryProject, "poetry.lock": lock, "libs/c/setup.py": ""]
        try SourceFixture.with(files) { fixture in
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            #expect(error.diagnostics[0].code == .outdatedLock)
            #expect(error.diagnostics[0].place?.description == "poetry.lock:4:16")
            #expect(error.diagnostics[0].help == ["run poetry lock"])
        }
    }

    @Test(arguments: [["withGroups": "unknown"], ["withoutGroups": "unknown"], ["onlyGroups": "unknown"]])
    func `a group that the project does not have is an error with its name`(option: [String: String]) throws {
        var options = RequirementSourceOptions()
        options.withGroups = option["withGroups"].map { [$0] } ?? []
        options.withoutGroups = option["withoutGroups"].map { [$0] } ?? []
        options.onlyGroups = option["onlyGroups"].map { [$0] } ?? []
        let files = ["pyproject.toml": Self.poetryProject, "libs/c/setup.py": ""]
        try SourceFixture.with(files, options: options) { fixture in
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            #expect(error.diagnostics[0].code == .unknownDependencyGroup)
            #expect(error.diagnostics[0].message.contains("unknown"))
        }
    }

    @Test func `a lock that does not support the Python version of the target is an error`() throws {
        let folder = LockExportTests.fixtures / "poetry-standard-project"
        let reader = RequirementSourceReader(files: LiveFileSystem(), serviceFolder: folder)
        let set = try reader.read(try #require(try reader.locate()))
        #expect(try set.exact(Target.named("python3.12")).count == 4)
        let target = try Target.named("python3.9")
        let error = #expect(throws: DiagnosticError.self) { try set.exactDistributions(for: target) }
        #expect(error?.diagnostics.map(\.code) == [.unsupportedPythonVersion])
    }

    @Test func `the distributions of a Pipfile.lock have hashes, and development packages are omitted`() throws {
        let folder = LockExportTests.fixtures / "pipenv-project"
        let reader = RequirementSourceReader(files: LiveFileSystem(), serviceFolder: folder)
        let set = try reader.read(try #require(try reader.locate()))
        let target = try Target.named("python3.11")
        #expect(try set.exact(target) == ["python-dateutil 2.8.2 by 2 hashes", "six 1.16.0 by 2 hashes"])
        #expect(set.diagnostics.isEmpty)
    }

    @Test(arguments: ["", "{}", #"{"_meta": {"hash": {"sha256": "00"}}, "default": {}}"#])
    func `the Pipfile is used with a warning if its lock is empty or out of date`(lock: String) throws {
        let files = [
            "Pipfile": "[packages]\nsix = '==1.16.0'\ntoml = {version = '*', sys_platform = \"== 'linux'\"}",
            "Pipfile.lock": lock,
        ]
        try SourceFixture.with(files) { fixture in
            let set = try fixture.read()
            #expect(set.origin.kind == .pipfile)
            #expect(set.requirementLines == ["six==1.16.0", #"toml; sys_platform == "linux""#])
            #expect(set.diagnostics.contains { $0.severity == .warning && $0.code == .outdatedLock })
        }
    }

    @Test func `environment variables in the index addresses of a Pipfile are replaced`() throws {
        var options = RequirementSourceOptions()
        options.environment = ["INDEX_TOKEN": "s3cret"]
        let pipfile =
            "[[source]]\nname = 'own'\nurl = 'https://${INDEX_TOKEN}@index.example/simple'\n[packages]\nsix = '*'"
        try SourceFixture.with(["Pipfile": pipfile], options: options) { fixture in
            let index = try fixture.read().indexes.index
            #expect(index == IndexAddress("https://s3cret@index.example/simple"))
        }
    }

    @Test(arguments: [
        ["Pipfile": "[[source]]\nname = 'own'\nurl = 'https://${INDEX_TOKEN}@h/simple'\n[packages]\nsix = '*'"],
        [
            "Pipfile.lock":
                "{\"_meta\": {\n\"sources\": [{\"url\": \"https://${INDEX_TOKEN}@h/simple\"}]},\n\"default\": {}}"
        ],
        [
            "Pipfile.lock":
                "{\n\n\"default\": {\"lib\": {\"git\": \"https://${INDEX_TOKEN}@h/lib.git\", \"ref\": \"0123456\"}}}"
        ],
    ])
    func `an address of a Pipfile with a variable that is not set is an error`(files: [String: String]) throws {
        try SourceFixture.with(files) { fixture in
            let error = #expect(throws: DiagnosticError.self) { try fixture.read() }
            #expect(error?.diagnostics.map(\.code) == [.missingEnvironmentVariable])
            #expect(error?.diagnostics.first?.place != nil)
        }
    }

    @Test(arguments: [
        ("win_amd64", #"sys_platform == "win32""#), ("macosx_11_0_arm64", #"sys_platform == "darwin""#),
        ("musllinux_1_1_x86_64", nil),
    ])
    func `a locked distribution for another system is reported with the marker to add`(
        platform: String,
        marker: String?
    ) throws {
        let lock = """
            lock-version = "1.0"
            created-by = "test"
            [[packages]]
            name = "pywin"
            version = "306"
            [[packages.wheels]]
            name = "pywin-306-cp312-cp312-\(platform).whl"
            url = "https://h/pywin-306-cp312-cp312-\(platform).whl"
            hashes = { sha256 = "\(String(repeating: "a", count: 64))" }
            """
        try SourceFixture.with(["pylock.toml": lock]) { fixture in
            let set = try fixture.read()
            let error = #expect(throws: DiagnosticError.self) {
                try set.exactDistributions(for: Target.named("python3.12"))
            }
            #expect(error?.diagnostics.map(\.code) == [.noCompatibleFile])
            let help = error?.diagnostics.first?.help.first
            if let marker {
                #expect(help?.contains("'; \(marker)'") == true)
            } else {
                #expect(help?.contains("marker") == false)
            }
        }
    }

    @Test func `packages without a version in a Pipfile.lock are resolved if a target needs them`() throws {
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
            let requirements = try fixture.read().requirementLines
            #expect(requirements == expected)
        }
    }

    @Test func `the dependencies and groups of a project are read with their sources`() throws {
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
            let requirements = try fixture.read().requirementLines
            #expect(
                requirements == [
                    "six @ git+https://host/six@abc", "core in core", "odd @ https://host/odd.zip", "tabulate", "toml",
                ]
            )
        }
    }

    @Test(
        arguments: [
            ("uv.lock", "version = 9", "uv.lock:1:11", .unsupportedLockFormat),
            ("uv.lock", "version = [", "uv.lock:1:12", .invalidTOML),
            ("pylock.toml", "lock-version = '1.0'\n[[packages]]\nversion = '1'", "pylock.toml:2:1", .invalidLockFile),
            ("Pipfile.lock", "{\n]", "Pipfile.lock:2:1", .invalidLockFile),
            (
                "Pipfile.lock",
                "{\n  \"default\": {\n    \"six\": { \"version\": \"==1\" },\n    \"toml\": { \"hashes\": [\"0\"] }\n  }\n}",
                "Pipfile.lock:4:5",
                .invalidLockFile
            ),
        ] as [(String, String, String, DiagnosticCode)]
    )
    func `an invalid lock is reported at its place`(
        file: String,
        text: String,
        place: String,
        code: DiagnosticCode
    ) throws {
        try SourceFixture.with([file: text]) { fixture in
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            #expect(error.diagnostics[0].place?.description == place)
            #expect(error.diagnostics[0].code == code)
        }
    }

    @Test func `a module that is a workspace member has the distributions that the workspace locks for it`() throws {
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
    func `a uv.lock without a dependency of the project is an error`(dependency: String, isStale: Bool) throws {
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
                #expect(error.diagnostics[0].code == .outdatedLock)
                #expect(error.diagnostics[0].help == ["run uv lock"])
                #expect(error.diagnostics[0].place?.description == "pyproject.toml:4:17")
            } else {
                let set = try fixture.read()
                #expect(set.origin.kind == .uvLock)
            }
        }
    }
}
