import Diagnostics
import HostSystem
import RequirementFormats
import Testing

@Suite struct SourceChoiceTests {
    static let poetry = "[tool.poetry]\nname = 'x'\n[build-system]\nrequires = ['poetry-core']"
    static let project = "[project]\nname = 'x'\nversion = '1'\ndependencies = ['six']"

    @Test(arguments: [
        (["requirements.txt": ""], RequirementSource.Kind.requirementsFile),
        (["requirements.txt": "", "pyproject.toml": project], .requirementsFile),
        (["requirements.txt": "", "pylock.toml": ""], .pylock), (["uv.lock": "", "pylock.toml": ""], .uvLock),
        (["requirements.txt": "", "pyproject.toml": poetry], .poetryProject),
        (["requirements.txt": "", "pyproject.toml": poetry, "poetry.lock": ""], .poetryLock),
        (["pyproject.toml": "[tool.poetry]\nname='x'", "poetry.lock": ""], .poetryLock),
        (["pyproject.toml": poetry, "Pipfile": ""], .pipfile), (["Pipfile": "", "Pipfile.lock": ""], .pipfileLock),
        (["pyproject.toml": project], .pyproject),
        (["pyproject.toml": project + "\n[build-system]\nrequires=['hatchling']", "poetry.lock": ""], .pyproject),
    ])
    func `one source of a directory is selected`(files: [String: String], kind: RequirementSource.Kind) throws {
        try SourceFixture.with(files) { fixture in
            let located = try fixture.reader.locate()
            #expect(located?.kind == kind)
        }
    }

    @Test func `a project without dependencies is not a source`() throws {
        try SourceFixture.with(["pyproject.toml": "[tool.black]"]) { fixture in
            let located = try fixture.reader.locate()
            #expect(located == nil)
        }
    }

    @Test func `the file of fileName is preferred, with a warning if no directory has it`() throws {
        var options = RequirementSourceOptions()
        options.fileName = "deploy/all.txt"
        try SourceFixture.with(["Pipfile": "", "m/deploy/all.txt": ""], options: options) { fixture in
            let m = try fixture.reader.locate(module: "m")
            #expect(m?.displayName == "m/deploy/all.txt")
            let root = try fixture.reader.locate()
            #expect(root?.kind == .pipfile)
            #expect(fixture.reader.missingFileName(modules: ["m"]) == nil)
            let warning = try #require(fixture.reader.missingFileName())
            #expect(warning.code == .fileNameNotFound)
            #expect(warning.message.contains("deploy/all.txt"))
        }
    }

    @Test(arguments: [
        ("prod.txt", ["prod.text"], "'prod.text'"),
        ("requirements/prod.txt", ["requirements/production.txt"], "'requirements/production.txt'"),
        ("deploy/requirements.txt", ["requirements.txt"], "'requirements.txt'"),
        ("deploy/requirements.txt", ["x.txt"], "correct"),
        ("requirements.txt", ["requirements-1.txt"], "'requirements-1.txt'"),
        ("prod.txt", ["prod.txt/x"], "correct"),
    ])
    func `a fileName that does not exist is reported with the most similar file`(
        name: String,
        existing: [String],
        help: String
    ) throws {
        var options = RequirementSourceOptions()
        options.fileName = name
        try SourceFixture.with(Dictionary(uniqueKeysWithValues: existing.map { ($0, "") }), options: options) {
            fixture in
            let problem = try #require(fixture.reader.missingFileName(isError: true))
            #expect(problem.severity == .error)
            #expect(problem.help.first?.contains(help) == true)
        }
    }

    @Test(arguments: [
        "pdm.lock", "environment.yml", "package.json", "setup.py", "setup.cfg", "deps.toml", "conda.yaml",
    ])
    func `a fileName in the format of another tool is one error`(name: String) throws {
        var options = RequirementSourceOptions()
        options.fileName = name
        options.fileNamePlace = SourcePlace(file: "serverless.yml", line: 6, column: 15)
        try SourceFixture.with([name: "[[package]]\nname = 'six'\n"], options: options) { fixture in
            let error = #expect(throws: DiagnosticError.self) { try fixture.read() }
            #expect(error?.diagnostics.map(\.code) == [.unsupportedSourceFormat])
            #expect(error?.diagnostics.first?.place == options.fileNamePlace)
        }
    }

    @Test func `a pyproject of Poetry that fileName names is read as Poetry's`() throws {
        var options = RequirementSourceOptions()
        options.fileName = "pyproject.toml"
        try SourceFixture.with(["pyproject.toml": Self.poetry], options: options) { fixture in
            let located = try fixture.reader.locate()
            #expect(located?.kind == .poetryProject)
        }
        try SourceFixture.with(["pyproject.toml": Self.poetry, "poetry.lock": ""], options: options) { fixture in
            let located = try fixture.reader.locate()
            #expect(located?.kind == .poetryLock)
        }
        options.usesPoetry = false
        try SourceFixture.with(["pyproject.toml": Self.poetry], options: options) { fixture in
            let located = try fixture.reader.locate()
            #expect(located?.kind == .pyproject)
        }
    }

    @Test func `a module without a source uses that of the service`() throws {
        try SourceFixture.with(["requirements.txt": "", "m/Pipfile": "", "n/x": ""]) { fixture in
            let m = try fixture.reader.locate(module: "m")
            #expect(m?.displayName == "m/Pipfile")
            let other = try fixture.reader.locate(module: "./n/")
            #expect(other?.displayName == "requirements.txt")
        }
    }

    @Test func `sources of disabled tools are ignored`() throws {
        var options = RequirementSourceOptions()
        (options.usesPipenv, options.usesPoetry) = (false, false)
        let files = ["Pipfile": "", "pyproject.toml": Self.poetry, "requirements.txt": ""]
        try SourceFixture.with(files, options: options) { fixture in
            let located = try fixture.reader.locate()
            #expect(located?.kind == .requirementsFile)
        }
    }
}
