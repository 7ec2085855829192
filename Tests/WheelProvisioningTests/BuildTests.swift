import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing
import WheelProvisioning

/// Builds wheels from sources.
///
/// The projects contain their own build backend, so that no index is needed.
struct BuildTests {
    /// Writes a project whose backend builds a wheel with a tag.
    private static func project(_ name: String, tag: String, in folder: LocalPath, library: String? = nil) throws {
        let files = LiveFileSystem()
        try files.createDirectory(folder / "backend")
        let project = """
            [project]
            name = "\(name)"
            version = "1.0"
            [build-system]
            requires = []
            build-backend = "maker"
            backend-path = ["backend"]
            """
        try files.write(project, to: folder / "pyproject.toml")
        let backend = """
            import os, zipfile
            def build_wheel(directory, config_settings=None, metadata_directory=None):
                os.makedirs("build", exist_ok=True)
                file = "\(name)-1.0-\(tag).whl"
                with zipfile.ZipFile(os.path.join(directory, file), "w") as wheel:
                    wheel.writestr("\(name)/__init__.py", "")
                    for library in \(library.map { "[\"\($0)\"]" } ?? "[]"):
                        wheel.write(library, "\(name)/native.so")
                    wheel.writestr("\(name)-1.0.dist-info/METADATA",
                                   "Metadata-Version: 2.1\\nName: \(name)\\nVersion: 1.0\\n")
                    wheel.writestr("\(name)-1.0.dist-info/WHEEL",
                                   "Wheel-Version: 1.0\\nGenerator: maker\\nRoot-Is-Purelib: true\\nTag: \(tag)\\n")
                    wheel.writestr("\(name)-1.0.dist-info/RECORD", "")
                return file
            """
        try files.write(backend, to: folder / "backend/maker.py")
    }

    @Test func `a local project is built once, and the build leaves nothing in it`() async throws {
        try await ProviderFixture.with { fixture in
            let project = fixture.service / "libs/one"
            try Self.project("one", tag: "py3-none-any", in: project)
            let text = "--no-index\n./libs/one\n"
            let first = try await fixture.wheels(text, environment: fixture.environment())
            #expect(first.map(\.name.fileName) == ["one-1.0-py3-none-any.whl"])
            let left = try LiveFileSystem().entries(of: project).map(\.name)
            #expect(left == ["backend", "pyproject.toml"])
            let processes = ScriptedProcessRunner { throw ProcessStartError(program: $0.program, code: 2) }
            let again = try await fixture.wheels(text, environment: fixture.environment(), processes: processes)
            #expect(again == first)
        }
    }

    @Test func `the failed build of a local project is reported with its output`() async throws {
        try await ProviderFixture.with { fixture in
            let project = fixture.service / "libs/one"
            try Self.project("one", tag: "py3-none-any", in: project)
            let backend = "def build_wheel(*_, **__):\n    raise SystemExit('the data file is missing')\n"
            try LiveFileSystem().write(backend, to: project / "backend/maker.py")
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("--no-index\n./libs/one\n", environment: fixture.environment())
            }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.code == .buildFailed)
            #expect(diagnostic.message.hasPrefix("cannot build a wheel of 'one"))
            #expect(diagnostic.place?.line == 2)
            #expect(diagnostic.notes == ["it was built because projects have no wheel in an index"])
            #expect(
                diagnostic.help.first == "change the project 'one' so that it builds a wheel that works on the target"
            )
            #expect(diagnostic.toolOutput?.contains("the data file is missing") == true)
        }
    }

    @Test func `a resolution leaves a project unchanged whose backend writes metadata to it`() async throws {
        try await ProviderFixture.with { fixture in
            let project = fixture.service / "libs/one"
            try Self.project("one", tag: "py3-none-any", in: project)
            let files = LiveFileSystem()
            // As in setuptools, the metadata is written to the configured directory, or to the project.
            let noting = """

                def get_requires_for_build_wheel(config_settings=None):
                    import configparser
                    settings = configparser.ConfigParser()
                    settings.read(os.environ.get("DIST_EXTRA_CONFIG", ""))
                    os.mkdir(os.path.join(settings.get("egg_info", "egg_base", fallback="."), "one.egg-info"))
                    return []
                def prepare_metadata_for_build_wheel(directory, config_settings=None):
                    folder = os.path.join(directory, "one-1.0.dist-info")
                    os.mkdir(folder)
                    with open(os.path.join(folder, "METADATA"), "w") as file:
                        file.write("Metadata-Version: 2.1\\nName: one\\nVersion: 1.0\\n")
                    return "one-1.0.dist-info"
                """
            let backend = try files.readText(project / "backend/maker.py")
            try files.write(backend + noting, to: project / "backend/maker.py")
            let text = try files.readText(project / "pyproject.toml")
            let dynamic = text.split(separator: "\n").map { $0.hasPrefix("version") ? "dynamic = ['version']" : $0 }
            try files.write(dynamic.joined(separator: "\n"), to: project / "pyproject.toml")
            _ = try await fixture.wheels("--no-index\n./libs/one\n", environment: fixture.environment())
            let left = try files.entries(of: project).map(\.name)
            #expect(left == ["backend", "pyproject.toml"])
        }
    }

    @Test func `a project that requires a later Python than the target's is an error, also with pythonBin`()
        async throws
    {
        try await ProviderFixture.with { fixture in
            let project = fixture.service / "libs/one"
            try Self.project("one", tag: "py3-none-any", in: project)
            let files = LiveFileSystem()
            let text = try files.readText(project / "pyproject.toml")
                .replacing("version = \"1.0\"", with: "version = \"1.0\"\nrequires-python = \">=3.9\"")
            try files.write(text, to: project / "pyproject.toml")
            let target = Target(try #require(PythonRuntime(name: "python3.8")), .x86_64)
            var options = ProvisioningOptions()
            options.interpreter = "python3"
            let fixed = options
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels(
                    "--no-index\n./libs/one\n",
                    target: target,
                    environment: fixture.environment(),
                    options: fixed
                )
            }
            #expect(error?.diagnostics.first?.toolOutput?.contains("Python>=3.9") == true)
        }
    }

    @Test(arguments: ["absent-python", "/absent/python"])
    func `a pythonBin that does not exist is an error only if something is built`(_ interpreter: String) async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            try Self.project("one", tag: "py3-none-any", in: fixture.service / "libs/one")
            var changed = ProvisioningOptions()
            changed.interpreter = interpreter
            let options = changed
            let environment = fixture.environment(index)
            let wheels = try await fixture.wheels("alpha\n", environment: environment, options: options)
            #expect(wheels.map(\.name.fileName) == ["alpha-1.0-py3-none-any.whl"])
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("./libs/one\n", environment: environment, options: options)
            }
            #expect(error?.diagnostics.first?.toolOutput?.contains(interpreter) == true)
        }
    }

    @Test func `a changed project is built again`() async throws {
        try await ProviderFixture.with { fixture in
            let project = fixture.service / "libs/one"
            try Self.project("one", tag: "py3-none-any", in: project)
            let text = "--no-index\n./libs/one\n"
            _ = try await fixture.wheels(text, environment: fixture.environment())
            try LiveFileSystem().write("x = 1\n", to: project / "more.py")
            let built = Events()
            _ = try await fixture.wheels(text, environment: fixture.environment(), report: built.add)
            let expected = ProvisioningEvent.built(try PackageName(parsing: "one"), try ProviderFixture.target)
            #expect(built.all.contains(expected))
        }
    }

    @Test func `a wheel that was built for another Python is an error with three instructions`() async throws {
        try await ProviderFixture.with { fixture in
            try Self.project("one", tag: "cp37-cp37m-linux_x86_64", in: fixture.service / "libs/one")
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("--no-index\n./libs/one\n", environment: fixture.environment())
            }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.message.contains("'one 1.0'") || diagnostic.message.contains("'one'"))
            #expect(diagnostic.code == .incompatibleBuild)
            #expect(diagnostic.help.count == 3)
        }
    }

    @Test func `a built wheel is accepted only if its libraries can be loaded on the target`() async throws {
        try await ProviderFixture.with { fixture in
            let python = try #require(PythonRuntime(name: "python3.11"))
            // A library of this system requires the glibc of this system.
            let library = "/bin/ls"
            let machine = Architecture.x86_64
            try Self.project("one", tag: "cp311-cp311-linux_x86_64", in: fixture.service / "libs/one", library: library)
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels(
                    "--no-index\n./libs/one\n",
                    target: Target(python, machine),
                    environment: fixture.environment()
                )
            }
            #expect(error?.diagnostics.first?.code == .incompatibleBuild)
            #expect(error?.diagnostics.first?.message.contains("glibc 2.") == true)
        }
    }

    @Test func `a build that exits with an error is reported with its output`() async throws {
        try await ProviderFixture.with { fixture in
            let project = fixture.service / "libs/one"
            try Self.project("one", tag: "py3-none-any", in: project)
            try LiveFileSystem().write("raise SystemExit('no compiler here')\n", to: project / "backend/maker.py")
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("--no-index\n./libs/one\n", environment: fixture.environment())
            }
            #expect(error?.diagnostics.first?.toolOutput?.contains("no compiler here") == true)
        }
    }

    @Test func `a project in a repository is built at a tag`() async throws {
        try await ProviderFixture.with { fixture in
            let repository = fixture.folder / "repository"
            try Self.project("one", tag: "py3-none-any", in: repository)
            let git = """
                git init -q . && git add -A && git -c user.name=t -c user.email=t@example.org commit -q -m one && git tag v1
                """
            var request = ProcessRequest("sh", ["-c", git], environment: .current())
            request.workingDirectory = repository
            #expect(try await LiveProcessRunner().run(request).isSuccess)
            let text = "--no-index\none @ git+file://\(repository)@v1\n"
            let wheels = try await fixture.wheels(text, environment: fixture.environment())
            #expect(wheels.map(\.name.fileName) == ["one-1.0-py3-none-any.whl"])
        }
    }
}
