import FuroshikiTestSupport
import HostSystem
import Testing
import ZipArchive

/// Builds in containers of a real engine.
@Suite(.tags(.engine, .large), .enabled(Engine.reason) { try await Engine.isAvailable() })
struct ContainerBuildTests {
    @Test func `an extension is built for two versions of Python in one run, and each works in its image`() async throws
    {
        try await BuiltService.with("dockerizePip: true") { service in
            let outcome = try await service.program.run("package")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try service.startedContainers() == 2)
            for (function, version) in [("older", "3.11"), ("newer", "3.13")] {
                let result = try await Engine.evaluate(
                    "native.version()",
                    importing: "native",
                    from: service.artifact(function),
                    on: "python\(version)"
                )
                #expect(result.outputText.hasPrefix(version + "."), "\(result.errorText)")
            }
            // Nothing is built again, and no container starts, even if the artifacts are made again.
            try LiveFileSystem().remove(service.program.directory / ".serverless")
            #expect(try await service.program.run("package").status == 0)
            #expect(try service.startedContainers() == 0)
            // Nor is an engine needed for what was built before.
            var offline = service.program
            offline.variables["REAL_DOCKER"] = "/bin/false"
            try LiveFileSystem().remove(service.program.directory / ".serverless")
            let again = try await offline.run("package")
            #expect(again.status == 0, "\(again.errors)")
        }
    }

    @Test func `several distributions of a target are built in one container, and wheels need none`() async throws {
        let functions = "functions:\n  older: {handler: app.main, runtime: python3.11}"
        try await BuiltService.with("dockerizePip: true", functions: functions) { service in
            let files = LiveFileSystem()
            let folder = service.program.directory
            try files.copyTree(folder / "native", to: folder / "second")
            for name in ["native.c", "backend/maker.py", "pyproject.toml"] {
                let text = try files.readText(folder / "second" / name)
                    .replacing("native.c", with: "NATIVE.C").replacing("native", with: "second")
                    .replacing("NATIVE.C", with: "native.c")
                try files.write(text, to: folder / "second" / name)
            }
            for number in 1...20 { _ = try WheelBuilder("part\(number)", "1.0").write(to: folder / "wheels") }
            let parts = (1...20).map { "part\($0)==1.0\n" }.joined()
            try files.write(
                "--no-index\n--find-links wheels\n./native\n./second\n" + parts,
                to: folder / "requirements.txt"
            )
            let outcome = try await service.program.run("package")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try service.startedContainers() == 1)
            let artifact = service.artifact("older")
            let result = try await Engine.evaluate(
                "native.version() + second.version()",
                importing: "native, second, part1",
                from: artifact,
                on: "python3.11"
            )
            #expect(result.isSuccess, "\(result.errorText)")
            try files.write("--no-index\n--find-links wheels\n" + parts, to: folder / "requirements.txt")
            var withoutEngine = service.program
            withoutEngine.variables["FUROSHIKI_CONTAINER_CLI"] = "/nonexistent/docker"
            #expect(try await withoutEngine.run("package").status == 0)
            #expect(try service.takeCommands() == [])
        }
    }

    @Test func `a build that fails shows its output, and the place of the requirement`() async throws {
        try await BuiltService.with("dockerizePip: true") { service in
            let files = LiveFileSystem()
            try files.write("#include <missing-header.h>\n", to: service.program.directory / "native/native.c")
            let outcome = try await service.program.run("package")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("requirements.txt:1:1: error: cannot build a wheel of 'native"))
            #expect(outcome.errors.contains("missing-header.h: No such file or directory"))
            #expect(outcome.errors.contains("help: install the library that provides 'missing-header.h' in an image"))
            #expect(!files.exists(service.program.directory / ".serverless/older.zip"))
        }
    }

    @Test(arguments: ["TERM", "KILL"])
    func `a run that is interrupted leaves no container, and the next run works`(signal: String) async throws {
        try await BuiltService.with("dockerizePip: true\ndockerEnv: [SLOW]") { service in
            var slow = service.program
            slow.variables["SLOW"] = "yes"
            let script = """
                \(Program.path) package & pid=$!
                n=0
                until grep -q '^exec ' docker.log 2>/dev/null || [ $n -gt 3000 ]; do n=$((n+1)); sleep 0.1; done
                kill -\(signal) $pid; wait $pid
                """
            let outcome = try await slow.run(["-c", script], program: "/bin/bash")
            #expect(outcome.status == (signal == "TERM" ? 130 : 137), "\(outcome.errors)")
            // The engine removes the containers of a killed run by itself, a moment later.
            #expect(try await Engine.hasRemovedContainers(of: service.program))
            let next = try await service.program.run("package")
            #expect(next.status == 0, "\(next.errors)")
        }
    }

    @Test func `a container that ends during a build is an error, and the next run works`() async throws {
        let functions = "functions:\n  older: {handler: app.main, runtime: python3.11}"
        try await BuiltService.with("dockerizePip: true\ndockerEnv: [SLOW]", functions: functions) { service in
            var slow = service.program
            slow.variables["SLOW"] = "yes"
            let script = """
                \(Program.path) package & pid=$!
                n=0
                until grep -q '^exec ' docker.log 2>/dev/null || [ $n -gt 3000 ]; do n=$((n+1)); sleep 0.1; done
                for name in $(grep -o 'furoshiki-[a-z0-9]*' docker.log | sort -u); do "$REAL_DOCKER" kill "$name"; done
                wait $pid
                """
            let outcome = try await slow.run(["-c", script], program: "/bin/bash")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("error: the container of image"), "\(outcome.errors)")
            #expect(try await service.program.run("package").status == 0)
        }
    }

    @Test func `an image that does not exist is reported with the function that needs it`() async throws {
        let functions = """
            functions:
              first: {handler: app.main, runtime: python3.13}
              second:
                handler: app.main
                runtime: python3.9
            """
        try await BuiltService.with("dockerizePip: true", functions: functions) { service in
            let outcome = try await service.program.run("package")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("error: cannot pull image 'public.ecr.aws/sam/build-python3.9:latest-"))
            #expect(outcome.errors.contains("serverless.yml:16:14"), "\(outcome.errors)")
            #expect(outcome.errors.contains("function 'second' has the target 'python3.9/\(Engine.architecture)'"))
            #expect(!outcome.errors.contains("undefined"))
        }
    }

    @Test func `an image with another Python than the runtime's is an error`() async throws {
        let image = try #require(Engine.images["python3.13"])
        #expect(try await Engine.docker("tag", image, "furoshiki-test/own-python:1").isSuccess)
        try await BuiltService.with("dockerizePip: true\ndockerImage: furoshiki-test/own-python:1") { service in
            let outcome = try await service.program.run("package")
            #expect(outcome.status == 1)
            let message = "image 'furoshiki-test/own-python:1' has Python 3.13, which does not match 'python3.11/"
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
        }
    }
}
