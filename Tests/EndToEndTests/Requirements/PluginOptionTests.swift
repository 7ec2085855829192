import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing
import ZipArchive

/// The effect that each option of `custom.pythonRequirements` has on a zip file.
@Suite(.tags(.large))
struct PluginOptionTests {
    /// A wheel with everything that slimming removes, and two files that only further patterns remove.
    private static var rich: WheelBuilder {
        var wheel = WheelBuilder("part", "1.0")
        wheel.files += [
            ("part/old.pyc", [1]), ("part/__pycache__/x.cpython-312.pyc", [1]), ("part/tests/test.py", []),
            ("part/notes.txt", []),
        ]
        return wheel
    }

    private func names(
        _ options: String,
        _ files: [String: String] = [:],
        wheels: [WheelBuilder] = [rich]
    ) async throws -> [String] {
        var result: [String] = []
        try await PackagedService.with(PackagedService.configuration(options), files, wheels: wheels) { service in
            try await service.package()
            result = try service.names()
        }
        return result
    }

    @Test func `fileName is the requirement file`() async throws {
        let files = ["deps/prod.txt": "--no-index\n--find-links ../wheels\nother\n"]
        let wheels = [WheelBuilder("part", "1.0"), WheelBuilder("other", "1.0")]
        let found = try await names("fileName: deps/prod.txt", files, wheels: wheels)
        #expect(found.contains("other/__init__.py") && !found.contains("part/__init__.py"))
    }

    @Test func `usePipenv and usePoetry turn their projects off`() async throws {
        let files = [
            "Pipfile": "[packages]\nother = '*'\n",
            "pyproject.toml": """
            [tool.poetry]
            name = "shop"
            [tool.poetry.dependencies]
            third = "*"
            [build-system]
            requires = ["poetry-core"]
            """,
        ]
        let found = try await names("usePipenv: false\nusePoetry: false", files)
        #expect(found.contains("part/__init__.py"))
    }

    @Test func `requirePoetryLockFile makes a missing lock an error`() async throws {
        let project = "[tool.poetry]\nname = 'a'\n[build-system]\nrequires = ['poetry-core']\n"
        let configuration = PackagedService.configuration("requirePoetryLockFile: true")
        try await PackagedService.with(configuration, ["pyproject.toml": project]) { service in
            let errors = try await service.errors()
            #expect(
                errors.contains("poetry.lock file not found - set requirePoetryLockFile to false to disable this error")
            )
        }
    }

    @Test func `noDeploy drops a distribution in any spelling, also one that another needs`() async throws {
        let wheels = [
            WheelBuilder("part", "1.0", dependencies: ["my-other"]), WheelBuilder("my_other", "1.0"),
            WheelBuilder("boto3", "1.5"),
        ]
        let files = ["requirements.txt": PackagedService.wheels + "part\nboto3~=1.0 ; python_version > '3'\n"]
        let found = try await names("noDeploy: [boto3, My_Other]", files, wheels: wheels)
        #expect(found.contains("part/__init__.py"))
        #expect(!found.contains { $0.hasPrefix("my_other") || $0.hasPrefix("boto3") })
    }

    @Test func `slim removes bytecode and metadata, and slimPatterns what they match`() async throws {
        let plain = try await names("slim: false")
        #expect(plain.contains("part/old.pyc") && plain.contains("part-1.0.dist-info/METADATA"))
        #expect(
            try await names("slim: true") == ["app.py", "part/__init__.py", "part/notes.txt", "part/tests/test.py"]
        )
        let more = try await names("slim: true\nslimPatterns: ['**/tests/**']")
        #expect(more == ["app.py", "part/__init__.py", "part/notes.txt"])
        let own = try await names("slim: true\nslimPatterns: ['**/*.txt']\nslimPatternsAppendDefaults: false")
        #expect(own.contains("part/old.pyc") && !own.contains("part/notes.txt"))
        let without = try await names("slim: true\nslimPatternsAppendDefaults: false")
        #expect(!without.contains("part/old.pyc"))
    }

    @Test func `zip makes an archive with a helper, of which cleanupZipHelper keeps a copy`() async throws {
        try await PackagedService.with(PackagedService.configuration("zip: true")) { service in
            try await service.package()
            #expect(try service.names() == [".requirements.zip", "app.py", "unzip_requirements.py"])
            #expect(!LiveFileSystem().exists(service.folder / "unzip_requirements.py"))
            try service.write(
                PackagedService.configuration("zip: true\ncleanupZipHelper: false"),
                to: "serverless.yml"
            )
            try await service.package()
            #expect(LiveFileSystem().exists(service.folder / "unzip_requirements.py"))
        }
    }

    @Test func `layer moves requirements into a layer with its settings`() async throws {
        let options = "layer: {name: deps, description: All of them, licenseInfo: MIT}"
        try await PackagedService.with(PackagedService.configuration(options)) { service in
            try await service.package()
            #expect(try service.names() == ["app.py"])
            #expect(try service.names("pythonRequirements").contains("python/part/__init__.py"))
            let layer = try service.resources()["PythonRequirementsLambdaLayer"]?["Properties"]
            #expect(layer?["LayerName"] == "deps" && layer?["Description"] == "All of them")
            #expect(layer?["LicenseInfo"] == "MIT" && layer?["CompatibleRuntimes"] == ["python3.12"])
        }
    }

    @Test func `vendor overlays installed files, of the service and of a function`() async throws {
        let files = ["vendored/part/more.py": "", "vendored/top.py": "", "own/only.py": ""]
        let found = try await names("vendor: vendored", files)
        #expect(found.contains("part/__init__.py") && found.contains("part/more.py") && found.contains("top.py"))
        let functions = "main: {handler: app.main, vendor: own}\nother: {handler: app.main}"
        let configuration = PackagedService.configuration(functions: functions, package: "{individually: true}")
        try await PackagedService.with(configuration, files) { service in
            try await service.package()
            #expect(try service.names("main").contains("only.py"))
            #expect(try !service.names("other").contains("only.py"))
        }
    }

    @Test func `pipCmdExtraArgs select the index, pre-releases and dependencies`() async throws {
        let wheels = [
            WheelBuilder("part", "1.0"), WheelBuilder("part", "2.0rc1", dependencies: ["other"]),
            WheelBuilder("other", "1.0"),
        ]
        let files = ["requirements.txt": "part\n"]
        let found = try await names(
            "pipCmdExtraArgs: ['--no-index --find-links wheels --pre', '--no-deps', --no-compile]",
            files,
            wheels: wheels
        )
        #expect(found.contains("part-2.0rc1.dist-info/METADATA") && !found.contains("other/__init__.py"))
    }

    @Test func `pythonBin is the interpreter that builds`() async throws {
        var files = PackagedService.project("local", text: "name = 1\n")
        files["requirements.txt"] = "--no-index\n./local\n"
        files["my-python"] = "#!/bin/sh\necho used >>\"$PYTHON_LOG\"\nexec python3 \"$@\"\n"
        let configuration = PackagedService.configuration("pythonBin: ./my-python")
        try await PackagedService.with(configuration, files) { service in
            var service = service
            try LiveFileSystem().setMode(0o755, of: service.folder / "my-python")
            service.program.variables["PYTHON_LOG"] = (service.folder / "log").string
            try await service.package()
            #expect(try service.names().contains("local/__init__.py"))
            #expect(LiveFileSystem().exists(service.folder / "log"))
        }
    }

    @Test func `the caches are used, bypassed, limited, moved and cleaned as their options say`() async throws {
        func service(_ options: String, _ body: (PackagedService) async throws -> Void) async throws {
            try await PackagedService.with(PackagedService.configuration(options), [:], body)
        }
        // With the caches, a new version is not looked for; without that of resolutions, it is.
        for (options, version) in [("", "1.0"), ("useStaticCache: false", "1.5"), ("useDownloadCache: false", "1.0")] {
            try await service(options) { service in
                try await service.package()
                #expect(LiveFileSystem().exists(service.folder / "cache"))
                try LiveFileSystem().remove(service.folder / ".serverless")
                if version == "1.5" { try WheelBuilder("part", "1.5").write(to: service.folder / "wheels") }
                try await service.package()
                #expect(try service.text("part/__init__.py") == "version = '\(version)'\n")
            }
        }
        try await service("invalidateCaches: true") { service in
            try await service.package()
            let left = try? LiveFileSystem().entries(of: service.folder / "cache/furoshiki").map(\.name)
            #expect(left?.contains("resolutions") != true, "\(left ?? [])")
        }
        try await service("staticCacheMaxVersions: 1") { service in
            for number in 1...3 {
                try service.write(
                    PackagedService.wheels + "part # \(number)\npart>=0.\(number)\n",
                    to: "requirements.txt"
                )
                try await service.package()
            }
            let resolutions = try LiveFileSystem().entries(of: service.folder / "cache/furoshiki/resolutions")
            #expect(resolutions.count == 1, "\(resolutions.map(\.name))")
        }
    }
}
