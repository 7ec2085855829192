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
            #expect(fixture.reader.missingFileNameWarning(modules: ["m"]) == nil)
            let warning = try #require(fixture.reader.missingFileNameWarning())
            #expect(warning.code == .fileNameNotFound)
            #expect(warning.message.contains("deploy/all.txt"))
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
