import FuroshikiTestSupport
import HostSystem
import Testing

/// Credentials, keys and failures of builds in containers of a real engine.
@Suite(.tags(.engine, .large), .enabled(Engine.reason) { try await Engine.isAvailable() })
struct ContainerFailureTests {
    private static let functions = "functions:\n  older: {handler: app.main, runtime: python3.11}"

    @Test func `dockerSsh mounts the key, the known hosts and the socket of the agent`() async throws {
        let options = "dockerizePip: true\ndockerSsh: true\ndockerPrivateKey: ~/.ssh/my_key"
        try await BuiltService.with(options, functions: Self.functions) { service in
            let files = LiveFileSystem()
            var program = service.program
            try files.createDirectory(program.directory / ".ssh")
            try files.write("the key\n", to: program.directory / ".ssh/my_key")
            try files.write("the hosts\n", to: program.directory / ".ssh/known_hosts")
            try files.write("", to: program.directory / "agent")
            program.variables["SSH_AUTH_SOCK"] = (program.directory / "agent").string
            let check = """
                    assert open("/root/.ssh/my_key").read() == "the key\\n"
                    assert open("/root/.ssh/known_hosts").read() == "the hosts\\n"
                    assert os.environ["SSH_AUTH_SOCK"] == "/tmp/ssh_sock" and os.path.exists("/tmp/ssh_sock")
                    extension =
                """
            let maker = program.directory / "native/backend/maker.py"
            let text = try files.readText(maker)
            try files.write(text.replacing("    extension =", with: check), to: maker)
            let outcome = try await program.run("package")
            #expect(outcome.status == 0, "\(outcome.errors)")
            try files.remove(program.directory / ".ssh/my_key")
            try files.write(text + "\n", to: maker)
            let missing = try await program.run("package")
            #expect(missing.status == 1)
            #expect(missing.errors.contains("cannot find the SSH key '\(program.directory)/.ssh/my_key'"))
            #expect(missing.errors.contains("serverless.yml:13:"), "\(missing.errors)")
        }
    }

    @Test func `the credentials of an index are in no command, image or file, and pip in the image has them`()
        async throws
    {
        let options = """
            dockerizePip: true
            dockerFile: Dockerfile
            dockerRunCmdExtraArgs: [--network, host]
            """
        try await BuiltService.with(options, functions: Self.functions) { service in
            let files = LiveFileSystem()
            let folder = service.program.directory
            let image = try #require(Engine.images["python3.11"])
            try files.write("FROM \(image)\nLABEL furoshiki-test=credentials\n", to: folder / "Dockerfile")
            try WheelBuilder("private_part", "1.0").write(to: folder / "index")
            try await LocalIndex.with(folder / "index") { index in
                try index.setFailures(["*": "login"])
                let address = "http://user:secret@127.0.0.1:\(index.port)/simple"
                try files.write("--index-url \(address)\nprivate-part\n", to: folder / "requirements.txt")
                let outcome = try await service.program.run("package", "--verbose")
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(!outcome.errors.contains("secret") && !outcome.output.contains("secret"))
            }
            let commands = try service.takeCommands().joined(separator: "\n")
            #expect(commands.contains("PIP_INDEX_URL") && !commands.contains("secret"))
            let tag = commands.firstMatch(of: /furoshiki-requirements:[0-9a-f]+/).map { String($0.output) } ?? ""
            let history = try await Engine.docker("history", "--no-trunc", tag)
            #expect(history.isSuccess && !history.outputText.contains("secret"))
            let search = ProcessRequest(
                "grep",
                [
                    "-rl", "user:secret", (folder / "cache").string, (folder / "tmp").string,
                    (folder / ".serverless").string,
                ],
                environment: .current()
            )
            #expect(try await LiveProcessRunner().run(search).outputText == "")
            try await Engine.docker("image", "rm", tag)
        }
    }

    @Test func `an image for another architecture without emulation is an error that names binfmt`() async throws {
        let foreign = Engine.architecture == "x86_64" ? "arm64" : "x86_64"
        let machine: UInt16 = foreign == "arm64" ? 183 : 62
        try await BuiltService.with("dockerizePip: true", functions: Self.functions) { service in
            let files = LiveFileSystem()
            let folder = service.program.directory
            // An image whose shell the processor cannot run, in the format of `docker save`.
            let name = "public.ecr.aws/sam/build-python3.11:latest-\(foreign)"
            let script = """
                import hashlib, io, json, sys, tarfile
                def add(archive, name, content, mode=0o644):
                    member = tarfile.TarInfo(name)
                    member.size, member.mode = len(content), mode
                    archive.addfile(member, io.BytesIO(content))
                layer = io.BytesIO()
                with tarfile.open(fileobj=layer, mode="w") as archive:
                    add(archive, "bin/sh", open("sh", "rb").read(), 0o755)
                digest = "sha256:" + hashlib.sha256(layer.getvalue()).hexdigest()
                with tarfile.open("image.tar", "w") as archive:
                    add(archive, "config.json", json.dumps({"architecture": sys.argv[2], "os": "linux", "config": {},
                        "rootfs": {"type": "layers", "diff_ids": [digest]}}).encode())
                    add(archive, "layer.tar", layer.getvalue())
                    add(archive, "manifest.json", json.dumps([{"Config": "config.json", "RepoTags": [sys.argv[1]],
                        "Layers": ["layer.tar"]}]).encode())
                """
            try files.write(ELFBuilder(machine: machine).build(), to: folder / "sh")
            let architecture = foreign == "x86_64" ? "amd64" : foreign
            let made = try await service.program.run(["-c", script, name, architecture], program: "/usr/bin/python3")
            #expect(made.status == 0, "\(made.errors)")
            let loaded = try await Engine.docker("load", "--input", (folder / "image.tar").string)
            #expect(loaded.isSuccess, "\(loaded.errorText)")
            let text = try files.readText(folder / "serverless.yml")
                .replacing("architecture: \(Engine.architecture)", with: "architecture: \(foreign)")
            try files.write(text, to: folder / "serverless.yml")
            let outcome = try await service.program.run("package")
            try await Engine.docker("image", "rm", "--force", name)
            #expect(outcome.status == 1)
            let message =
                "cannot start a container of image '\(name)': the engine cannot run an image of this architecture"
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
            #expect(outcome.errors.contains("help: install emulation") && outcome.errors.contains("binfmt"))
        }
    }

    @Test func `an engine that dies during a build is an error, and the next run works`() async throws {
        try await BuiltService.with("dockerizePip: true\ndockerEnv: [SLOW]", functions: Self.functions) { service in
            try LiveFileSystem().write(Engine.relay, to: service.program.directory / "forward.py")
            let socket = Environment.current().nonEmpty("DOCKER_HOST") ?? "unix:///var/run/docker.sock"
            var slow = service.program
            slow.variables["SLOW"] = "yes"
            // The engine is another process for the program, which ends while a build runs in it.
            let script = """
                python3 forward.py \(socket.dropFirst("unix://".count)) >port & engine=$!
                n=0; until [ -s port ] || [ $n -gt 600 ]; do n=$((n+1)); sleep 0.1; done
                DOCKER_HOST=tcp://127.0.0.1:$(cat port) \(Program.path) package & pid=$!
                n=0
                until grep -q '^exec ' docker.log 2>/dev/null || [ $n -gt 3000 ]; do n=$((n+1)); sleep 0.1; done
                kill -KILL $engine
                wait $pid
                """
            let outcome = try await slow.run(["-c", script], program: "/bin/bash")
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(outcome.errors.contains("error: the container of image"), "\(outcome.errors)")
            // The real engine still has the container, whose input has ended.
            #expect(try await Engine.hasRemovedContainers(of: service.program))
            let next = try await service.program.run("package")
            #expect(next.status == 0, "\(next.errors)")
        }
    }

    @Test func `a killed run that builds an image leaves no container and no tag`() async throws {
        let options = "dockerizePip: true\ndockerFile: Dockerfile"
        try await BuiltService.with(options, functions: Self.functions) { service in
            let image = try #require(Engine.images["python3.11"])
            let mark = "mark-\(UInt64.random(in: 0 ... .max))"
            let dockerfile = "FROM \(image)\nRUN echo \(mark); while true; do sleep 0.1; done\n"
            try LiveFileSystem().write(dockerfile, to: service.program.directory / "Dockerfile")
            func running() async throws -> Bool {
                let list = try await Engine.docker("ps", "--all", "--no-trunc", "--format", "{{.Command}}")
                return list.outputText.contains(mark)
            }
            let script = """
                \(Program.path) package & pid=$!
                n=0
                until "$REAL_DOCKER" ps --no-trunc --format '{{.Command}}' | grep -q \(mark) || [ $n -gt 600 ]; do
                    n=$((n+1)); sleep 0.1
                done
                kill -KILL $pid; wait $pid
                """
            let outcome = try await service.program.run(["-c", script], program: "/bin/bash")
            #expect(outcome.status == 137, "\(outcome.errors)")
            var isRunning = true
            for _ in 0..<300 {
                isRunning = try await running()
                if !isRunning { break }
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(!isRunning)
            let tag = try service.takeCommands().joined(separator: "\n")
                .firstMatch(of: /furoshiki-requirements:[0-9a-f]+/).map { String($0.output) }
            #expect(try await !Engine.docker("image", "inspect", try #require(tag)).isSuccess)
        }
    }
}
