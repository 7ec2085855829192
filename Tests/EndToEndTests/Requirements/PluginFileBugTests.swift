import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing
import ZipArchive

/// The bugs of serverless-python-requirements that a replacement must not have, about requirement files, zips and layers.
@Suite(.tags(.large))
struct PluginFileBugTests {
    @Test func `hashes in a file with Windows line breaks are checked`() async throws {
        let hash = String(repeating: "0", count: 64)
        let text = "--no-index\r\n--find-links wheels\r\npart==1.0 \\\r\n    --hash=sha256:\(hash)\r\n"
        try await PackagedService.with(PackagedService.configuration(), ["requirements.txt": text]) { service in
            let errors = try await service.errors()
            #expect(errors.contains("hash") && errors.contains("part"), "\(errors)")
        }
    }

    @Test func `the second include is relative to its own file, and comments and constraints are read`() async throws {
        let files = [
            "requirements.txt": PackagedService.wheels
                + "-r a/first.txt  # a comment\n-r b/second.txt\n-c limits.txt # max\n",
            "a/first.txt": "part\n", "b/second.txt": "-r third.txt\n", "b/third.txt": "other\n",
            "limits.txt": "part<2\n",
        ]
        let wheels = [WheelBuilder("part", "1.0"), WheelBuilder("part", "2.0"), WheelBuilder("other", "1.0")]
        try await PackagedService.with(PackagedService.configuration(), files, wheels: wheels) { service in
            try await service.package()
            #expect(try service.text("part/__init__.py") == "version = '1.0'\n")
            #expect(try service.names().contains("other/__init__.py"))
        }
    }

    @Test func `building a local project leaves no files in it, and packages none`() async throws {
        var files = PackagedService.project("libs/local")
        files["requirements.txt"] = "--no-index\n./libs/local\n"
        let configuration = PackagedService.configuration(package: "{patterns: ['libs/**']}")
        try await PackagedService.with(configuration, files) { service in
            try await service.package()
            let names = try service.names()
            #expect(names.contains("local/__init__.py") && names.contains("libs/local/local.py"))
            #expect(!names.contains { $0.contains("egg-info") || $0.contains("build/") })
            let left = try LiveFileSystem().entries(of: service.folder / "libs/local").map(\.name).sorted()
            #expect(left == ["local.py", "maker.py", "pyproject.toml"])
        }
    }

    @Test func `an artifact that the user made is not rewritten`() async throws {
        let functions = """
            main: {handler: app.main}
            made: {handler: app.main, package: {artifact: made.zip}}
            """
        let configuration = PackagedService.configuration(functions: functions, package: "{individually: true}")
        try await PackagedService.with(configuration) { service in
            let content = StoredZip.bytes(of: [("app.py", Array("def main(a, b): pass\n".utf8))])
            try LiveFileSystem().write(content, to: service.folder / "made.zip")
            try await service.package()
            #expect(try LiveFileSystem().read(service.folder / "made.zip") == content)
            #expect(try service.names("main").contains("part/__init__.py"))
        }
    }

    @Test func `a function that alone is packaged individually has its requirements`() async throws {
        let functions = """
            alone: {handler: app.main, package: {individually: true}}
            other: {handler: app.main}
            """
        try await PackagedService.with(PackagedService.configuration(functions: functions)) { service in
            try await service.package()
            #expect(try service.names("alone").contains("part/__init__.py"))
            #expect(try service.names("shop").contains("part/__init__.py"))
        }
    }

    @Test func `with zip, every function of a module has the archive and the helper`() async throws {
        let functions = """
            first: {handler: app.main, module: mod}
            second: {handler: app.main, module: mod}
            """
        let files = [
            "mod/app.py": "def main(a, b): pass\n",
            "mod/requirements.txt": "--no-index\n--find-links ../wheels\npart\n",
        ]
        let configuration = PackagedService.configuration(
            "zip: true",
            functions: functions,
            package: "{individually: true}"
        )
        try await PackagedService.with(configuration, files) { service in
            try await service.package()
            for name in ["mod-shop-dev-first", "mod-shop-dev-second"] {
                let names = try service.names(name)
                #expect(names.contains(".requirements.zip") && names.contains("unzip_requirements.py"))
                #expect(!names.contains("part/__init__.py"))
            }
        }
    }

    @Test func `'false' as a string does not turn zip on, and a string for slimPatterns deletes nothing`() async throws
    {
        let configuration = PackagedService.configuration("zip: 'false'\nslim: 'true'")
        try await PackagedService.with(configuration) { service in
            try await service.package()
            #expect(try service.names() == ["app.py", "part/__init__.py"])
            try service.write(PackagedService.configuration("slim: true\nslimPatterns: '**'"), to: "serverless.yml")
            #expect(try await service.errors().contains("slimPatterns' is the string '**', not a list"))
        }
    }

    @Test func `an archive, and a layer of a service without functions, are complete`() async throws {
        var wheel = WheelBuilder("part", "1.0")
        wheel.files = (0..<300).map { ("part/file\($0).py", [UInt8](repeating: UInt8(ascii: "#"), count: 2000)) }
        try await PackagedService.with(PackagedService.configuration("zip: true"), wheels: [wheel]) { service in
            try await service.package()
            let zip = try service.zip()
            let archive = try #require(zip.entry(named: ".requirements.zip"))
            let inner = try ZipReader(zip.contents(of: archive), name: "inner")
            #expect(inner.entries.count { $0.path.string.hasPrefix("part/file") } == 300)
            let layer = PackagedService.configuration("layer: true").split(separator: "functions:")[0]
            try service.write(String(layer), to: "serverless.yml")
            try await service.package()
            #expect(try service.names("pythonRequirements").count { $0.hasPrefix("python/part/file") } == 300)
        }
    }

    @Test func `a reference to a retained layer of requirements does not dangle`() async throws {
        let configuration = PackagedService.configuration(
            "layer: {retain: true}",
            functions: "main: {handler: app.main, layers: [{Ref: PythonRequirementsLambdaLayer}]}"
        )
        try await PackagedService.with(configuration) { service in
            try await service.package()
            let resources = try service.resources()
            let layers = resources["MainLambdaFunction"]?["Properties"]?["Layers"]?.arrayValue
            let reference = try #require(layers?.first?["Ref"]?.stringValue)
            #expect(resources[reference]?["Type"] == "AWS::Lambda::LayerVersion")
            #expect(resources[reference]?["DeletionPolicy"] == "Retain")
        }
    }

    @Test func `a layer has the runtime of its target if the provider has none`() async throws {
        let configuration = PackagedService.configuration(
            "layer: true",
            functions: "main: {handler: app.main, runtime: python3.13}",
            provider: "{name: aws}"
        )
        try await PackagedService.with(configuration) { service in
            try await service.package()
            let layer = try service.resources()["PythonRequirementsLambdaLayer"]
            #expect(layer?["Properties"]?["CompatibleRuntimes"] == ["python3.13"])
        }
    }

    @Test func `requirements.txt stays beside Poetry, and no source is packaged as nothing without a word`()
        async throws
    {
        let project = """
            [tool.poetry]
            name = "shop"
            version = "1.0"
            description = ""
            authors = []
            [tool.poetry.dependencies]
            python = "^3.8"
            part = "^1.0"
            """
        let files = ["pyproject.toml": project, "requirements.txt": "# of the user\n"]
        let options = "pipCmdExtraArgs: ['--no-index', '--find-links wheels']"
        try await PackagedService.with(PackagedService.configuration(options), files) { service in
            // A project of Poetry without a build system and without a lock.
            try LiveFileSystem()
                .write(
                    project + "\n[build-system]\nrequires = ['poetry-core']\n",
                    to: service.folder / "pyproject.toml"
                )
            try await service.package()
            #expect(try service.names().contains("part/__init__.py"))
            #expect(try LiveFileSystem().readText(service.folder / "requirements.txt") == "# of the user\n")
            // An empty lock of Pipenv does not mean that nothing is needed.
            try LiveFileSystem().remove(service.folder / "pyproject.toml")
            try service.write("[packages]\npart = '*'\n", to: "Pipfile")
            try service.write(
                "{\"_meta\": {\"hash\": {\"sha256\": \"0\"}}, \"default\": {}, \"develop\": {}}",
                to: "Pipfile.lock"
            )
            try await service.package()
            #expect(try service.names().contains("part/__init__.py"))
        }
    }
}
