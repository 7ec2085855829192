import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing

/// Reads projects with and without a lock.
struct ProjectReadingTests {
    @Test func `a requirement of the project for itself is replaced by the dependencies of its extras`() throws {
        let text = """
            [project]
            name = "My.App"
            dependencies = ["six", "my-app[all]"]
            [project.optional-dependencies]
            all = ["my-app[pdf, mail] ; python_version < '3.12'", "toml"]
            pdf = ["fpdf2"]
            mail = ["six", "my-app[all]"]
            [dependency-groups]
            dev = ["my-app[pdf]", "pytest"]
            """
        var options = RequirementSourceOptions()
        for only in [[], ["dev"]] {
            options.onlyGroups = only
            try SourceFixture.with(["pyproject.toml": text], options: options) { fixture in
                let requirements = try fixture.read().requirementLines
                let conditional = ["fpdf2; python_version < \"3.12\"", "six; python_version < \"3.12\""]
                #expect(Set(requirements).isSuperset(of: ["six", "toml"] + conditional))
                #expect(requirements.contains("pytest") == !only.isEmpty)
                #expect(requirements.contains("fpdf2") == !only.isEmpty)
                #expect(!requirements.contains { $0.hasPrefix("my-app") })
            }
        }
    }

    @Test func `an extra that the project does not have is an error at its place`() throws {
        let text = "[project]\nname = 'app'\ndependencies = ['app[x]']"
        try SourceFixture.with(["pyproject.toml": text]) { fixture in
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            #expect(error.diagnostics[0].code == .unknownExtra)
            #expect(error.diagnostics[0].message == "the project has no extra 'x'")
            #expect(error.diagnostics[0].place?.description == "pyproject.toml:3:17")
        }
    }

    @Test func `dynamic dependencies that setuptools reads from a file are read from it`() throws {
        let text = """
            [project]
            dynamic = ["dependencies", "version"]
            [tool.setuptools.dynamic]
            dependencies = { file = ["deps/base.in"] }
            """
        try SourceFixture.with(["pyproject.toml": text, "deps/base.in": "six==1.16.0 # old\n"]) { fixture in
            let set = try fixture.read()
            #expect(set.requirementLines == ["six==1.16.0"])
            #expect(set.files.map(\.lastComponent) == ["pyproject.toml", "base.in"])
            #expect(set.diagnostics.isEmpty)
        }
        let other = "[project]\ndynamic = ['dependencies']"
        try SourceFixture.with(["pyproject.toml": other]) { fixture in
            let warnings = try fixture.read().diagnostics
            #expect(warnings.map(\.severity) == [.warning])
            #expect(warnings.map(\.code) == [.dynamicDependencies])
            #expect(warnings[0].place?.description == "pyproject.toml:2:11")
        }
    }

    @Test(arguments: [
        ("[project]\nrequires-python = '>=3.10'\ndependencies = ['six']", "pyproject.toml:2:19"),
        (
            "[tool.poetry.dependencies]\npython = '~2.7 || ^3.10'\n[build-system]\nrequires = ['poetry-core']",
            "pyproject.toml:2:10"
        ),
    ])
    func `a project without a lock supports the Python versions that it lists`(text: String, place: String) throws {
        try SourceFixture.with(["pyproject.toml": text]) { fixture in
            let python = try #require(try fixture.read().python)
            let error = try #require(
                #expect(throws: DiagnosticError.self) { try python.check(for: Target.named("python3.9")) }
            )
            #expect(error.diagnostics[0].code == .unsupportedPythonVersion)
            #expect(error.diagnostics[0].place?.description == place)
            #expect(throws: Never.self) { try python.check(for: Target.named("python3.13")) }
        }
    }

    @Test(arguments: [
        ("./nat-1.0-cp311-cp311-win_amd64.whl", false), ("./nat-1.0-cp311-cp311-manylinux2014_x86_64.whl", true),
        ("./nat-1.0-py3-none-any.whl", true),
    ])
    func `a local wheel must work on the target`(path: String, fits: Bool) throws {
        let lock = "{\"default\": {\"nat\": {\"path\": \"\(path)\"}}}"
        try SourceFixture.with(["Pipfile.lock": lock]) { fixture in
            let set = try fixture.read()
            if fits {
                #expect(try set.exactDistributions(for: Target.named("python3.11"))?.count == 1)
            } else {
                let error = try #require(
                    #expect(throws: DiagnosticError.self) {
                        try set.exactDistributions(for: Target.named("python3.11"))
                    }
                )
                #expect(error.diagnostics[0].code == .noCompatibleFile)
                #expect(error.diagnostics[0].notes == ["it has nat-1.0-cp311-cp311-win_amd64.whl"])
            }
        }
    }

    @Test(arguments: ["group", "member", "nothing"])
    func `a uv.lock without a dependency of a group or another local project is an error`(change: String) throws {
        let lock = """
            version = 1
            [[package]]
            name = "app"
            source = { virtual = "." }
            dependencies = [{ name = "core" }]
            [package.dev-dependencies]
            reports = [{ name = "tabulate" }]
            [package.metadata]
            requires-dist = [{ name = "core", editable = "libs/core" }]
            [package.metadata.requires-dev]
            reports = [{ name = "tabulate" }]
            [[package]]
            name = "core"
            source = { editable = "libs/core" }
            [package.metadata]
            requires-dist = [{ name = "six" }]
            """
        func project(_ needs: String, _ group: String) -> String {
            "[project]\nname = 'p'\ndependencies = ['\(needs)']\n[dependency-groups]\nreports = ['\(group)']"
        }
        let group = change == "group" ? "toml" : "tabulate"
        let core = change == "member" ? "toml" : "six"
        var options = RequirementSourceOptions()
        options.withGroups = ["reports"]
        let files = [
            "uv.lock": lock, "pyproject.toml": project("core", group), "libs/core/pyproject.toml": project(core, "x"),
        ]
        try SourceFixture.with(files, options: options) { fixture in
            guard change != "nothing" else {
                #expect(try fixture.read().origin.kind == .uvLock)
                return
            }
            let error = try #require(#expect(throws: DiagnosticError.self) { try fixture.read() })
            #expect(error.diagnostics[0].code == .outdatedLock)
            #expect(error.diagnostics[0].message.contains("'toml'"))
            #expect(error.diagnostics[0].help == ["run uv lock"])
        }
        options.withGroups = []
        try SourceFixture.with(files, options: options) { fixture in
            guard change == "group" else { return }
            let set = try fixture.read()
            #expect(set.origin.kind == .uvLock)
        }
    }

    @Test func `a local archive has the hashes that the lock has for it`() throws {
        let digest = String(repeating: "0f", count: 32)
        let lock = """
            lock-version = "1.0"
            [[packages]]
            name = "tiny"
            archive = { path = "w/tiny-1.0-py3-none-any.whl", hashes = { sha256 = "\(digest)" } }
            [[packages]]
            name = "tree"
            archive = { path = "w/tree-1.0.tar.gz", hashes = { sha256 = "\(digest)" } }
            """
        try SourceFixture.with(["pylock.toml": lock]) { fixture in
            let found = try #require(try fixture.read().exactDistributions(for: Target.named("python3.11")))
            let hashes = found.map { distribution -> [FileHash] in
                switch distribution.source {
                case .wheel(let file, _), .sourceDistribution(let file, _): file.hashes
                default: []
                }
            }
            #expect(hashes.map { $0.map(\.digest) } == [[digest], [digest]])
        }
    }

    @Test func `a locked distribution that does not support the function's Python version is an error`() throws {
        let digest = String(repeating: "0f", count: 32)
        let lock = """
            lock-version = "1.0"
            [[packages]]
            name = "tiny"
            requires-python = ">=3.12"
            archive = { path = "w/tiny-1.0-py3-none-any.whl", hashes = { sha256 = "\(digest)" } }
            """
        try SourceFixture.with(["pylock.toml": lock]) { fixture in
            let set = try fixture.read()
            #expect(try set.exactDistributions(for: Target.named("python3.12"))?.count == 1)
            let error = try #require(
                #expect(throws: DiagnosticError.self) { try set.exactDistributions(for: Target.named("python3.11")) }
            )
            #expect(error.diagnostics[0].code == .unsupportedPythonVersion)
            #expect(error.diagnostics[0].place?.description == "pylock.toml:2:1")
        }
    }
}
