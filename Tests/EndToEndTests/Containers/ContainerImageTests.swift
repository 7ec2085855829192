import FuroshikiTestSupport
import HostSystem
import Testing

/// Options that need the content of an image, with a real engine.
@Suite(.tags(.engine, .large), .enabled(Engine.reason) { try await Engine.isAvailable() })
struct ContainerImageTests {
    private static let functions = "functions:\n  older: {handler: app.main, runtime: python3.11}"

    private func entries(_ artifact: LocalPath) async throws -> [String] {
        let list = ProcessRequest("unzip", ["-Z1", artifact.string], environment: .current())
        return try await LiveProcessRunner().run(list).outputText.split(separator: "\n").map(String.init)
    }

    @Test func `dockerFile is built once, its pip installs everything, and extra files are at the root`() async throws {
        let options = """
            dockerizePip: true
            dockerFile: docker/Dockerfile
            dockerBuildCmdExtraArgs: ['--build-arg', 'GREETING=hello there']
            dockerExtraFiles: [/opt/greeting.txt, /opt/tool]
            """
        try await BuiltService.with(options, functions: Self.functions) { service in
            let files = LiveFileSystem()
            let folder = service.program.directory
            let image = try #require(Engine.images["python3.11"])
            let dockerfile = """
                FROM \(image)
                ARG GREETING
                COPY docker/tool /opt/tool
                RUN echo "$GREETING" > /opt/greeting.txt && mkdir /opt/links
                COPY wheels /opt/links
                RUN printf '[global]\\nno-index = true\\nfind-links = /opt/links\\n' > /etc/pip.conf
                """
            try files.createDirectory(folder / "docker")
            try files.write(dockerfile, to: folder / "docker/Dockerfile")
            try files.write("#!/bin/sh\n", to: folder / "docker/tool")
            try files.setMode(0o755, of: folder / "docker/tool")
            // Only the configuration of pip in the image knows where this wheel is.
            _ = try WheelBuilder("hidden", "2.0").write(to: folder / "wheels")
            try files.write("./native\nhidden>1\n", to: folder / "requirements.txt")
            let outcome = try await service.program.run("package")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let names = try await entries(service.artifact("older"))
            #expect(names.contains("greeting.txt") && names.contains("tool") && names.contains("hidden/__init__.py"))
            #expect(names.contains { $0.hasPrefix("native.cpython-311-") })
            #expect(!names.contains { $0.contains("furoshiki") })
            let commands = try service.takeCommands()
            #expect(commands.count { $0.hasPrefix("build ") } == 1)
            #expect(commands.count { $0.hasPrefix("run ") } == 1)
            try files.remove(folder / ".serverless")
            #expect(try await service.program.run("package").status == 0)
            #expect(try service.startedContainers() == 0)
            // A file that the image contains has changed, so the image is built again.
            try files.write("#!/bin/sh\necho changed\n", to: folder / "docker/tool")
            try files.setMode(0o755, of: folder / "docker/tool")
            #expect(try await service.program.run("package").status == 0)
            #expect(try service.takeCommands().count { $0.hasPrefix("build ") } == 1)
            let tool = ProcessRequest(
                "unzip",
                ["-p", service.artifact("older").string, "tool"],
                environment: .current()
            )
            #expect(try await LiveProcessRunner().run(tool).outputText == "#!/bin/sh\necho changed\n")
        }
    }

    @Test func `an extra file that the image does not have is an error that names it`() async throws {
        let options = "dockerizePip: true\ndockerExtraFiles: [/usr/lib/libnothing.so.1]"
        try await BuiltService.with(options, functions: Self.functions) { service in
            let outcome = try await service.program.run("package")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("has no file '/usr/lib/libnothing.so.1'"), "\(outcome.errors)")
            #expect(outcome.errors.contains("serverless.yml:12:"))
        }
    }

    @Test func `a Dockerfile that does not build is an error with its output`() async throws {
        let options = "dockerizePip: true\ndockerFile: Dockerfile"
        try await BuiltService.with(options, functions: Self.functions) { service in
            let image = try #require(Engine.images["python3.11"])
            let file = service.program.directory / "Dockerfile"
            try LiveFileSystem().write("FROM \(image)\nRUN echo the cause >&2; exit 3\n", to: file)
            let outcome = try await service.program.run("package")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("error: cannot build an image from '"), "\(outcome.errors)")
            #expect(outcome.errors.contains("the cause"))
        }
    }

    @Test func `a library that Lambda lacks is an error, and bundleSystemLibraries adds it beside the module`()
        async throws
    {
        let options = "dockerizePip: true\ndockerFile: Dockerfile"
        try await BuiltService.with(options, functions: Self.functions) { service in
            let files = LiveFileSystem()
            let folder = service.program.directory
            let image = try #require(Engine.images["python3.11"])
            // One library needs another one, and both are only in the image.
            let dockerfile = """
                FROM \(image)
                RUN echo 'int inner(void) { return 41; }' > /tmp/inner.c && \\
                    gcc -shared -fPIC -Wl,-soname,libinner.so.1 -o /usr/lib/libinner.so.1 /tmp/inner.c && \\
                    echo 'int inner(void); int outer(void) { return inner() + 1; }' > /tmp/outer.c && \\
                    gcc -shared -fPIC -Wl,-soname,libouter.so.1 -o /usr/lib/libouter.so.1 /tmp/outer.c \\
                        /usr/lib/libinner.so.1 && ldconfig
                """
            try files.write(dockerfile, to: folder / "Dockerfile")
            let source = BuiltService.source
                .replacing("static PyObject *version", with: "int outer(void);\nstatic PyObject *version")
                .replacing("PyUnicode_FromString(PY_VERSION)", with: "PyLong_FromLong(outer())")
            try files.write(source, to: folder / "native/native.c")
            try files.write("/usr/lib/libouter.so.1", to: folder / "native/arguments.txt")
            let lacking = try await service.program.run("package")
            #expect(lacking.status == 1)
            #expect(lacking.errors.contains("'libouter.so.1'"), "\(lacking.errors)")
            #expect(lacking.errors.contains("help: set 'bundleSystemLibraries: true'"))
            #expect(lacking.errors.contains("dockerExtraFiles"))
            let text = try files.readText(folder / "serverless.yml")
                .replacing("dockerizePip: true", with: "dockerizePip: true\n    bundleSystemLibraries: true")
            try files.write(text, to: folder / "serverless.yml")
            let outcome = try await service.program.run("package")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let names = try await entries(service.artifact("older"))
            #expect(names.contains("lib/libouter.so.1") && names.contains("lib/libinner.so.1"))
            #expect(!names.contains { $0.contains("libc.so") })
            // The image of the engine does not have the libraries, as Lambda does not.
            let result = try await Engine.evaluate(
                "native.version()",
                importing: "native",
                from: service.artifact("older"),
                on: "python3.11"
            )
            #expect(result.outputText == "42\n", "\(result.errorText)")
        }
    }

    @Test func `dockerEnv passes values that appear in no command`() async throws {
        let options = "dockerizePip: true\ndockerEnv: [TOKEN, 'MODE=loud']"
        try await BuiltService.with(options, functions: Self.functions) { service in
            var program = service.program
            program.variables["TOKEN"] = "very-secret-token"
            let maker = program.directory / "native/backend/maker.py"
            let text = try LiveFileSystem().readText(maker)
                .replacing(
                    "    extension =",
                    with:
                        "    assert os.environ['TOKEN'] == 'very-secret-token' and os.environ['MODE'] == 'loud'\n    extension ="
                )
            try LiveFileSystem().write(text, to: maker)
            let outcome = try await program.run("package")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let commands = try service.takeCommands().joined(separator: "\n")
            #expect(commands.contains("TOKEN") && !commands.contains("very-secret-token"))
        }
    }

    @Test(.enabled("needs podman with the images; run scripts/engine") { try await Engine.hasPodman() })
    func `podman builds for two versions of Python, too`() async throws {
        // The limits of a container must not exceed those of the machine of the tests.
        let options = """
            dockerizePip: true
            dockerRunCmdExtraArgs: ['--network', host, '--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024']
            """
        try await BuiltService.with(options) { service in
            var program = service.program
            program.variables["FUROSHIKI_CONTAINER_CLI"] = "podman"
            let outcome = try await program.run("package")
            #expect(outcome.status == 0, "\(outcome.errors)")
            for (function, version) in [("older", "3.11"), ("newer", "3.13")] {
                let result = try await Engine.evaluate(
                    "native.version()",
                    importing: "native",
                    from: service.artifact(function),
                    on: "python\(version)"
                )
                #expect(result.outputText.hasPrefix(version + "."), "\(result.errorText)")
            }
            let left = try await LiveProcessRunner()
                .run(
                    ProcessRequest(
                        "podman",
                        ["ps", "--all", "--filter", "label=furoshiki.owner", "--format", "{{.Names}}"],
                        environment: .current()
                    )
                )
            #expect(left.outputText == "")
        }
    }

    @Test func `an engine over TCP builds what it does not share a file system with`() async throws {
        try await BuiltService.with("dockerizePip: true") { service in
            let files = LiveFileSystem()
            let folder = service.program.directory
            try files.write(Engine.relay, to: folder / "forward.py")
            let socket = (Environment.current().nonEmpty("DOCKER_HOST") ?? "unix:///var/run/docker.sock")
            let path = String(socket.dropFirst("unix://".count))
            // The directory of the service is replaced by a copy that exists in this mount namespace only.
            let script = """
                set -e
                python3 forward.py \(path) >port & forwarder=$!
                trap 'kill $forwarder' EXIT
                n=0; until [ -s port ] || [ $n -gt 600 ]; do n=$((n+1)); sleep 0.1; done
                export DOCKER_HOST=tcp://127.0.0.1:$(cat port)
                mkdir /tmp/own.$$ && mount -t tmpfs tmpfs /tmp/own.$$ && cp -r . /tmp/own.$$/service
                cd /tmp/own.$$/service && mkdir -p tmp && export TMPDIR=$PWD/tmp
                status=0; \(Program.path) package || status=$?
                cp -r .serverless "\(folder)/" || true
                cd / && umount /tmp/own.$$ && rmdir /tmp/own.$$
                exit $status
                """
            let outcome = try await service.program.run(
                ["--mount", "/bin/bash", "-c", script],
                program: "/usr/bin/unshare"
            )
            #expect(outcome.status == 0, "\(outcome.errors)")
            let result = try await Engine.evaluate(
                "native.version()",
                importing: "native",
                from: service.artifact("newer"),
                on: "python3.13"
            )
            #expect(result.outputText.hasPrefix("3.13."), "\(result.errorText)")
        }
    }
}
