import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing
import ZipArchive

/// The bugs of serverless-python-requirements that a replacement must not have, about targets, caches and shared files.
///
/// The name of each test says what the plugin does wrong.
@Suite(.tags(.large))
struct PluginBugTests {
    @Test func `a runtime on the functions only needs no image 'build-undefined'`() async throws {
        let configuration = PackagedService.configuration(
            "dockerizePip: true",
            functions: "main: {handler: app.main, runtime: python3.12}",
            provider: "{name: aws}"
        )
        try await PackagedService.with(configuration) { service in
            try await service.package()
            #expect(try service.names().contains("part/__init__.py"))
        }
    }

    /// Wheels of one distribution for each Python and architecture, whose module says which.
    private static let native: [WheelBuilder] = ["311", "312"]
        .flatMap { python in
            ["x86_64", "aarch64"]
                .map { machine in
                    var wheel = WheelBuilder(
                        "native",
                        "1.0",
                        tag: "cp\(python)-cp\(python)-manylinux2014_\(machine)"
                    )
                    wheel.files = [("native/__init__.py", Array("target = '\(python) \(machine)'\n".utf8))]
                    return wheel
                }
        }

    @Test func `a cache does not ignore the Python version, the architecture, and the arguments of pip`() async throws {
        let requirements = ["requirements.txt": PackagedService.wheels + "native\n"]
        try await PackagedService.with(PackagedService.configuration(), requirements, wheels: Self.native) { service in
            try await service.package()
            #expect(try service.text("native/__init__.py") == "target = '312 x86_64'\n")
            try service.write(
                PackagedService.configuration(provider: "{name: aws, runtime: python3.11, architecture: arm64}"),
                to: "serverless.yml"
            )
            try await service.package()
            #expect(try service.text("native/__init__.py") == "target = '311 aarch64'\n")
            // Another index for the same requirement.
            var newer = WheelBuilder("native", "2.0")
            newer.files = [("native/__init__.py", Array("target = 'any'\n".utf8))]
            try newer.write(to: service.folder / "newer")
            try service.write(
                PackagedService.configuration("pipCmdExtraArgs: ['--find-links newer']"),
                to: "serverless.yml"
            )
            try await service.package()
            #expect(try service.text("native/__init__.py") == "target = 'any'\n")
        }
    }

    @Test func `functions of one module with different targets do not share one installation`() async throws {
        let functions = """
            older: {handler: app.main, module: mod, runtime: python3.11}
            newer: {handler: app.main, module: mod, architecture: arm64}
            """
        let files = [
            "mod/app.py": "def main(a, b): pass\n",
            "mod/requirements.txt": "--no-index\n--find-links ../wheels\nnative\n",
        ]
        let configuration = PackagedService.configuration(functions: functions, package: "{individually: true}")
        try await PackagedService.with(configuration, files, wheels: Self.native) { service in
            try await service.package()
            #expect(try service.text("native/__init__.py", in: "mod-shop-dev-older") == "target = '311 x86_64'\n")
            #expect(try service.text("native/__init__.py", in: "mod-shop-dev-newer") == "target = '312 aarch64'\n")
        }
    }

    @Test func `one package with two versions of Python does not contain one set of wheels`() async throws {
        let functions = "older: {handler: app.main, runtime: python3.11}\nnewer: {handler: app.main}"
        let requirements = ["requirements.txt": PackagedService.wheels + "native\n"]
        let configuration = PackagedService.configuration(functions: functions)
        try await PackagedService.with(configuration, requirements, wheels: Self.native) { service in
            try await service.package()
            let names = ["shop-python3.11-x86_64", "shop-python3.12-x86_64"]
            let texts = try names.map { try service.text("native/__init__.py", in: $0) }
            #expect(texts == ["target = '311 x86_64'\n", "target = '312 x86_64'\n"])
        }
    }

    @Test func `dependencies are not compressed again for each function`() async throws {
        // The entries of these wheels are not compressed, and neither are those of the artifacts: they are copied.
        let functions = "first: {handler: app.main}\nsecond: {handler: app.main}"
        let configuration = PackagedService.configuration(functions: functions, package: "{individually: true}")
        var wheel = WheelBuilder("part", "1.0")
        wheel.files = [("part/data.txt", [UInt8](repeating: UInt8(ascii: "a"), count: 10_000))]
        try await PackagedService.with(configuration, wheels: [wheel]) { service in
            try await service.package()
            for name in ["first", "second"] {
                let entry = try #require(try service.zip(name).entry(named: "part/data.txt"))
                #expect(entry.method == .stored && entry.compressedSize == 10_000)
            }
        }
    }

    @Test func `files of vendor do not get into other services through the cache`() async throws {
        let files = ["vendored/extra.py": "", "vendored/part/patched.py": ""]
        try await PackagedService.with(PackagedService.configuration("vendor: vendored"), files) { service in
            try await service.package()
            #expect(try service.names().contains("part/patched.py"))
            try service.write(PackagedService.configuration(), to: "serverless.yml")
            try await service.package()
            let names = try service.names()
            #expect(names.contains("part/__init__.py"))
            #expect(!names.contains("part/patched.py") && !names.contains("extra.py"))
        }
    }

    @Test func `the name of a local project is not cut at '-e', and that of an egg neither`() async throws {
        var files = PackagedService.project("lib-extra", text: "name = 'extra'\n")
        files.merge(PackagedService.project("my-egg", text: "name = 'egg'\n")) { $1 }
        files["requirements.txt"] = "--no-index\n-e ./lib-extra\n--editable=./my-egg#egg=my-egg\n"
        try await PackagedService.with(PackagedService.configuration(), files) { service in
            try await service.package()
            #expect(try service.text("lib_extra/__init__.py") == "name = 'extra'\n")
            #expect(try service.text("my_egg/__init__.py") == "name = 'egg'\n")
        }
    }

    @Test func `the bytes of zip files do not depend on the mask of the user`() async throws {
        var digests: [[UInt8]] = []
        for mask in ["022", "077"] {
            try await PackagedService.with(PackagedService.configuration()) { service in
                let script = "umask \(mask); \(Program.path) package"
                let outcome = try await service.program.run(["-c", script], program: "/bin/sh")
                #expect(outcome.status == 0, "\(outcome.errors)")
                digests.append(try LiveFileSystem().read(service.folder / ".serverless/shop.zip"))
            }
        }
        #expect(digests.count == 2 && digests.first == digests.last)
    }

    @Test func `shared code that patterns select does not disappear from a module`() async throws {
        let functions = """
            main:
              handler: app.main
              module: mod
              package: {patterns: ['shared/**']}
            """
        let files = [
            "mod/app.py": "def main(a, b): pass\n",
            "mod/requirements.txt": "--no-index\n--find-links ../wheels\npart\n",
            "shared/common.py": "", "shared/run.sh": "#!/bin/sh\n",
        ]
        let configuration = PackagedService.configuration(
            functions: functions,
            package: "{individually: true, patterns: ['!**', 'mod/**']}"
        )
        try await PackagedService.with(configuration, files) { service in
            try LiveFileSystem().setMode(0o755, of: service.folder / "shared/run.sh")
            try await service.package()
            let zip = try service.zip("mod-shop-dev-main")
            let names = zip.entries.map(\.path.string)
            #expect(names.contains("app.py") && names.contains("shared/common.py"))
            #expect(zip.entry(named: "shared/run.sh")?.isExecutable == true)
        }
    }

    @Test func `the error output of a build is neither hidden nor a list of bytes`() async throws {
        var files = PackagedService.project("broken")
        files["broken/maker.py"] = """
            import sys
            def build_wheel(directory, config_settings=None, metadata_directory=None):
                print("the cause of the failure: ü", file=sys.stderr)
                sys.exit(3)
            """
        files["requirements.txt"] = "--no-index\n./broken\n"
        try await PackagedService.with(PackagedService.configuration(), files) { service in
            let errors = try await service.errors()
            #expect(errors.contains("requirements.txt:2:1"), "\(errors)")
            #expect(errors.contains("the cause of the failure: ü"))
        }
    }
}
