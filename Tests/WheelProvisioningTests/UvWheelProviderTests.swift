import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Synchronization
import Testing
import WheelProvisioning

/// Resolves, downloads and stores wheels with a local index.
struct UvWheelProviderTests {
    private static func names(_ wheels: [StoredWheel]) -> [String] { wheels.map(\.name.fileName) }

    @Test func `wheels are resolved and downloaded, and found in the cache later without a request`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0", dependencies: ["beta>=2"]).write(to: fixture.packages)
            for version in ["1.0", "2.0", "2.1"] { try WheelBuilder("beta", version).write(to: fixture.packages) }
            let expected = ["alpha-1.0-py3-none-any.whl", "beta-2.1-py3-none-any.whl"]
            let first = try await fixture.wheels("alpha\n", environment: fixture.environment(index))
            #expect(Self.names(first) == expected)
            for wheel in first {
                let bytes = try LiveFileSystem().read(wheel.path)
                #expect(SHA256.digest(of: bytes) == wheel.sha256)
                #expect(wheel.path == fixture.cache / "wheels/\(wheel.sha256)/\(wheel.name.fileName)")
            }
            let processes = ScriptedProcessRunner { throw ProcessStartError(program: $0.program, code: 2) }
            let again = try await fixture.wheels(
                "alpha\n",
                environment: fixture.environment(index),
                transport: StubTransport.unreachable,
                processes: processes
            )
            #expect(again == first)
            #expect(processes.requests.isEmpty)
        }
    }

    @Test func `an index that responds in HTML works`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            try index.setFailures(["format": "html"])
            let wheels = try await fixture.wheels("alpha\n", environment: fixture.environment(index))
            #expect(Self.names(wheels) == ["alpha-1.0-py3-none-any.whl"])
        }
    }

    @Test func `a version with a wheel for the target is preferred to a newer one without`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0", tag: "cp311-cp311-manylinux_2_17_x86_64").write(to: fixture.packages)
            try WheelBuilder("alpha", "2.0", tag: "cp311-cp311-manylinux_2_28_x86_64").write(to: fixture.packages)
            let wheels = try await fixture.wheels("alpha\n", environment: fixture.environment(index))
            #expect(Self.names(wheels) == ["alpha-1.0-cp311-cp311-manylinux_2_17_x86_64.whl"])
        }
    }

    @Test func `wheels for Python 2 are resolved, although uv does not run with it`() async throws {
        let target = Target(try #require(PythonRuntime(name: "python2.7")), .x86_64)
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0", tag: "py2.py3-none-any").write(to: fixture.packages)
            try WheelBuilder("alpha", "2.0").write(to: fixture.packages)
            let environment = fixture.environment(index)
            let wheels = try await fixture.wheels("alpha\n", target: target, environment: environment)
            #expect(Self.names(wheels) == ["alpha-1.0-py2.py3-none-any.whl"])
        }
    }

    @Test func `excluded distributions are not downloaded`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0", dependencies: ["boto3"]).write(to: fixture.packages)
            try WheelBuilder("boto3", "1.0").write(to: fixture.packages)
            var options = ProvisioningOptions()
            options.excluded = [try PackageName(parsing: "Boto3")]
            let environment = fixture.environment(index)
            let wheels = try await fixture.wheels("alpha\n", environment: environment, options: options)
            #expect(Self.names(wheels) == ["alpha-1.0-py3-none-any.whl"])
        }
    }

    @Test func `a uv program that another process still has open is started again, and no attempt is repeated`()
        async throws
    {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0", dependencies: ["beta>9"]).write(to: fixture.packages)
            try WheelBuilder("beta", "1.0").write(to: fixture.packages)
            let busy = Mutex(2)
            let processes = ScriptedProcessRunner { request in
                let isBusy = busy.withLock { left in
                    left -= 1
                    return left >= 0
                }
                if isBusy { throw ProcessStartError(program: request.program, code: 26) }
                return try await LiveProcessRunner().run(request)
            }
            let environment = fixture.environment(index)
            let error = await #expect(throws: (any Error).self) {
                try await fixture.wheels("alpha\n", environment: environment, processes: processes)
            }
            #expect(error.map { "\(DiagnosticError(describing: $0))" }?.contains("cannot resolve") == true)
            let runs = processes.requests.filter { $0.arguments.contains("compile") }.map(\.arguments)
            #expect(Set(runs.map { $0.contains(":all:") }).count == 2)
            #expect(runs.count <= 4)
        }
    }

    @Test func `dependencies of excluded distributions are omitted, and their versions apply if others need them`()
        async throws
    {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0", dependencies: ["core"]).write(to: fixture.packages)
            for version in ["1.0", "2.0"] {
                try WheelBuilder("heavy", version, dependencies: ["lonely", "core"]).write(to: fixture.packages)
                try WheelBuilder("core", version).write(to: fixture.packages)
            }
            try WheelBuilder("lonely", "1.0").write(to: fixture.packages)
            var options = ProvisioningOptions()
            options.excluded = [try PackageName(parsing: "Heavy")]
            let environment = fixture.environment(index)
            let wheels = try await fixture.wheels("alpha\nheavy[x]==1.0\n", environment: environment, options: options)
            #expect(Self.names(wheels) == ["alpha-1.0-py3-none-any.whl", "core-2.0-py3-none-any.whl"])
            try WheelBuilder("omega", "1.0", dependencies: ["heavy"]).write(to: fixture.packages)
            let needed = try await fixture.wheels("omega\nheavy==1.0\n", environment: environment, options: options)
            let names = ["core-2.0-py3-none-any.whl", "lonely-1.0-py3-none-any.whl", "omega-1.0-py3-none-any.whl"]
            #expect(Self.names(needed) == names)
            let none = try await fixture.wheels("heavy==1.0\n", environment: environment, options: options)
            #expect(none.isEmpty)
        }
    }

    @Test func `the credentials of an index are used, but not stored`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            try index.setFailures(["*": "login"])
            let address = index.address.replacing("http://", with: "http://user:secret@")
            var environment = fixture.environment()
            environment.variables["UV_CACHE_DIR"] = (fixture.folder / "uv").string
            let wheels = try await fixture.wheels("--index-url \(address)\nalpha\n", environment: environment)
            #expect(Self.names(wheels) == ["alpha-1.0-py3-none-any.whl"])
            try LiveFileSystem()
                .walk(fixture.cache) { path, kind in
                    #expect(!path.contains("secret"))
                    if kind == .file {
                        let text = try LiveFileSystem().readText(fixture.cache / path)
                        #expect(!text.contains("secret"))
                    }
                    return true
                }
        }
    }

    @Test func `a rejected login is reported without the credentials`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            try index.setFailures(["*": "login"])
            let address = index.address.replacing("http://", with: "http://user:wrongpassword@")
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("--index-url \(address)\nalpha\n", environment: fixture.environment())
            }
            #expect(error?.diagnostics.first?.code == .indexAccessDenied)
            let shown = "\(error?.diagnostics ?? [])"
            #expect(!shown.contains("wrongpassword"))
        }
    }

    @Test func `an unknown distribution is reported with the target and the output of uv`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("no-such-thing\n", environment: fixture.environment(index))
            }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.code == .packageNotFound)
            #expect(diagnostic.message == "cannot resolve 'requirements.txt' for 'python3.11/x86_64'")
            #expect(diagnostic.place == SourcePlace(file: "requirements.txt", line: 1, column: 1))
            #expect(diagnostic.toolOutput?.contains("no-such-thing") == true)
        }
    }

    @Test func `the requirement that uv mentions is the place of the error`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels(
                    "# two of them\nalpha\nno-such.thing\n",
                    environment: fixture.environment(index)
                )
            }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.code == .packageNotFound)
            #expect(diagnostic.place == SourcePlace(file: "requirements.txt", line: 3, column: 1))
            #expect(diagnostic.help.count == 1)
        }
    }

    @Test func `a directory of wheels can be used instead of an index`() async throws {
        try await ProviderFixture.with { fixture in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            let text = "--no-index\n--find-links \(fixture.packages)\nalpha\n"
            let wheels = try await fixture.wheels(text, environment: fixture.environment())
            #expect(Self.names(wheels) == ["alpha-1.0-py3-none-any.whl"])
        }
    }

    @Test func `a wheel that is replaced between its verification and its copy is an error`() async throws {
        try await ProviderFixture.with { fixture in
            let wheel = WheelBuilder("alpha", "1.0")
            try wheel.write(to: fixture.packages)
            let files = RefusingFileSystem { path throws(FileSystemError) in
                if path.fileExtension == "whl" { try LiveFileSystem().write("another file", to: path) }
            }
            let text = "--no-index\n--find-links \(fixture.packages)\nalpha\n"
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels(text, environment: fixture.environment(), files: files)
            }
            #expect(error?.diagnostics.first?.code == .fileChanged)
            #expect(!files.exists(fixture.cache / "wheels"))
        }
    }

    @Test func `constraints in the environment apply, and a change of them leads to a new resolution`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            for version in ["1.0", "2.0"] { try WheelBuilder("alpha", version).write(to: fixture.packages) }
            var environment = fixture.environment(index)
            let constraints = fixture.folder / "constraints.txt"
            environment.variables["UV_CONSTRAINT"] = constraints.string
            for (limit, version) in [("<2", "1.0"), ("<3", "2.0")] {
                try LiveFileSystem().write("alpha\(limit)\n", to: constraints)
                let wheels = try await fixture.wheels("alpha\n", environment: environment)
                #expect(Self.names(wheels) == ["alpha-\(version)-py3-none-any.whl"])
            }
        }
    }

    @Test func `a local wheel that was rebuilt with the same name is read again`() async throws {
        try await ProviderFixture.with { fixture in
            let text = "--no-index\n--find-links \(fixture.packages)\nalpha\n"
            var digests: Set<SHA256Digest> = []
            for content in ["one", "two", "two"] {
                var wheel = WheelBuilder("alpha", "1.0")
                wheel.files.append(("alpha.py", Array(content.utf8)))
                try wheel.write(to: fixture.packages)
                let wheels = try await fixture.wheels(text, environment: fixture.environment())
                #expect(wheels.map(\.sha256) == [SHA256.digest(of: wheel.bytes())])
                digests.formUnion(wheels.map(\.sha256))
            }
            #expect(digests.count == 2)
        }
    }

    @Test func `files must have the hashes of the requirements`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            let wheel = WheelBuilder("alpha", "1.0")
            try wheel.write(to: fixture.packages)
            let environment = fixture.environment(index)
            let right = SHA256.digest(of: wheel.bytes())
            #expect(
                try await fixture.wheels("alpha==1.0 --hash=sha256:\(right)\n", environment: environment).count == 1
            )
            let wrong = SHA256.digest(of: "another file")
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("alpha==1.0 --hash=sha256:\(wrong)\n", environment: environment)
            }
            #expect(error?.diagnostics.first?.code == .hashMismatch)
            #expect(error?.diagnostics.first?.place?.line == 1)
        }
    }

    @Test func `the files of a lock with hashes only are found in the index`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            let wheel = WheelBuilder("alpha", "1.0")
            try wheel.write(to: fixture.packages)
            let lock = """
                {"_meta": {"hash": {"sha256": ""}, "pipfile-spec": 6, "requires": {}, "sources": []},
                 "default": {"alpha": {"hashes": ["sha256:\(SHA256.digest(of: wheel.bytes()))"], "version": "==1.0"}},
                 "develop": {}}
                """
            try LiveFileSystem().write("[packages]\nalpha = \"*\"\n", to: fixture.service / "Pipfile")
            try LiveFileSystem().write(lock, to: fixture.service / "Pipfile.lock")
            let wheels = try await fixture.wheels("", environment: fixture.environment(index))
            #expect(Self.names(wheels) == ["alpha-1.0-py3-none-any.whl"])
            let again = try await fixture.wheels(
                "",
                environment: fixture.environment(index),
                transport: StubTransport.unreachable
            )
            #expect(again == wheels)
        }
    }

    @Test func `at most the maximum number of resolutions is kept`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            var options = ProvisioningOptions()
            options.maximumResolutions = 2
            for name in ["alpha", "beta", "gamma"] {
                try WheelBuilder(name, "1.0").write(to: fixture.packages)
                let environment = fixture.environment(index)
                _ = try await fixture.wheels("\(name)\n", environment: environment, options: options)
            }
            let notes = try LiveFileSystem().entries(of: fixture.cache / "resolutions")
            #expect(notes.count == 2)
        }
    }
}
