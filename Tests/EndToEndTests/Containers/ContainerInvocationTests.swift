import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing
import ZipArchive

/// `invoke local --docker` with a real engine.
///
/// The images of AWS cannot be pulled everywhere. Unless the engine has it, the image of the runtime is made here: Debian's
/// Python with an entry point that speaks Lambda's runtime interface as the emulator in the images of AWS does.
@Suite(.tags(.engine, .large), .enabled(Engine.reason) { try await Engine.isAvailable() })
struct ContainerInvocationTests {
    /// The emulator: it answers one path on port 8080 with what the handler returns or raises.
    private static let emulator = #"""
        #!/usr/bin/env python3
        import base64, http.server, importlib, json, os, signal, sys, traceback
        if os.path.basename(sys.argv[0]) == "aws-lambda-rie":
            print("emulator runs", *sys.argv[1:], flush=True)
            sys.argv = sys.argv[1:]
        os.chdir(os.environ.get("LAMBDA_TASK_ROOT", "/var/task"))
        sys.path[:0] = [os.getcwd(), "/opt/python"]
        class Context:
            function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
            memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        class TimeIsOver(BaseException): pass
        def end(*_): raise TimeIsOver()
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                assert self.path == "/2015-03-31/functions/function/invocations", self.path
                event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                context = Context()
                given = self.headers["X-Amz-Client-Context"]
                context.client_context = json.loads(base64.b64decode(given)) if given else None
                signal.signal(signal.SIGALRM, end)
                signal.alarm(int(os.environ["AWS_LAMBDA_FUNCTION_TIMEOUT"]))
                try:
                    module, _, name = sys.argv[-1].rpartition(".")
                    result = json.dumps(getattr(importlib.import_module(module), name)(event, context))
                except TimeIsOver:
                    result = "Task timed out after %s.00 seconds" % os.environ["AWS_LAMBDA_FUNCTION_TIMEOUT"]
                except Exception as error:
                    result = json.dumps({"errorMessage": str(error), "errorType": type(error).__name__, "stackTrace": []})
                print("REPORT end", flush=True)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(result.encode())
            def log_message(self, *_): pass
        http.server.HTTPServer(("127.0.0.1", 8080), Handler).serve_forever()
        """#

    private static let image = "public.ecr.aws/lambda/python:3.11"

    private static let files = [
        "serverless.yml": """
        service: local
        plugins: [serverless-python-requirements]
        provider:
          name: aws
          runtime: python3.11
          architecture: \(Engine.architecture)
          environment: {SHARED: from provider}
          ecr: {images: {worker: {path: worker, buildArgs: {BASE: '\(image)'}}}}
        package: {patterns: ['!{wheels,cache,tmp,image}/**']}
        custom:
          pythonRequirements: {cacheLocation: ./cache}
        layers:
          extra: {path: extra}
          other: {path: other}
        functions:
          main:
            handler: app.main
            memorySize: 512
            environment: {OWN: 'a ''quoted'' value', MULTI: "two\\nlines"}
            layers: [{Ref: ExtraLambdaLayer}]
          broken: {handler: app.broken}
          slow: {handler: app.slow, timeout: 1}
          endless: {handler: app.slow, timeout: 600}
          missing: {handler: app.main, runtime: python3.9}
          boxed: {image: worker}
          named: {image: {name: worker, command: [boxed.other]}}
        """,
        "app.py": """
        import os, time
        def main(event, context):
            import extra, part
            print("a log line")
            return {
                "event": event, "layer": extra.NAME, "part": part.__name__, "own": os.environ["OWN"],
                "multi": os.environ["MULTI"], "shared": os.environ["SHARED"], "name": context.function_name,
                "memory": context.memory_limit_in_mb, "client": context.client_context,
                "other": os.path.exists("/opt/python/other.py"), "given": os.environ.get("GIVEN"),
            }
        def broken(event, context): raise ValueError("no order")
        def slow(event, context):
            print("sleeping", flush=True)
            time.sleep(500)
        """,
        "requirements.txt": "--no-index\n--find-links wheels\npart==1.0\n",
        "extra/python/extra.py": "NAME = 'extra'\n",
        "other/python/other.py": "NAME = 'other'\n",
        "worker/boxed.py": """
        def main(event, context): return {"boxed": event}
        def other(event, context): return "other"
        """,
        // The image is not based on one of AWS, but has the emulator.
        "worker/Dockerfile": """
        ARG BASE
        FROM ${BASE}
        RUN cp /lambda-entrypoint.sh /usr/local/bin/aws-lambda-rie
        COPY boxed.py /var/task/boxed.py
        ENTRYPOINT ["/usr/bin/python3", "-m", "awslambdaric"]
        CMD ["boxed.main"]
        """,
    ]

    /// Makes the image of the runtime, unless the engine has it.
    private static func makeImage(in folder: LocalPath) async throws {
        guard try await !Engine.docker("image", "inspect", image).isSuccess else { return }
        let files = LiveFileSystem()
        let base = try #require(Engine.images["python3.11"])
        try files.createDirectory(folder)
        try files.write(emulator, to: folder / "lambda-entrypoint.sh")
        try files.setMode(0o755, of: folder / "lambda-entrypoint.sh")
        let text = """
            FROM \(base)
            COPY lambda-entrypoint.sh /lambda-entrypoint.sh
            RUN mkdir -p /var/task && rm -f /usr/bin/tar /bin/tar
            ENTRYPOINT ["/lambda-entrypoint.sh"]
            """
        try files.write(text, to: folder / "Dockerfile")
        let result = try await Engine.docker("build", "--tag", image, folder.string)
        try #require(result.isSuccess, "\(result.outputText)\(result.errorText)")
    }

    private func withService(_ body: (Program) async throws -> Void) async throws {
        try await Program.onFiles(Self.files) { program in
            var program = program
            let files = LiveFileSystem()
            try files.createDirectory(program.directory / "tmp")
            try files.createDirectory(program.directory / "wheels")
            _ = try WheelBuilder("part", "1.0").write(to: program.directory / "wheels")
            try await Self.makeImage(in: program.directory / "image")
            program.variables = ["TMPDIR": (program.directory / "tmp").string]
            for name in ["DOCKER_HOST", "DOCKER_CONTEXT"] { program.variables[name] = Environment.current()[name] }
            try await body(program)
            #expect(try await Engine.containers(of: program) == [])
            #expect(try files.entries(of: program.directory / "tmp").map(\.name) == [])
            #expect(!files.exists(program.directory / ".serverless"))
        }
    }

    private static func invoke(_ function: String, _ arguments: String...) -> [String] {
        ["invoke", "local", "--docker", "--docker-arg", "--network none", "-f", function] + arguments
    }

    @Test func `a function runs with its artifact, layers, environment, event and context`() async throws {
        try await withService { program in
            let outcome = try await program.run(
                Self.invoke(
                    "main",
                    "--data",
                    #"{"order": "ä", "large": 12345678901234567890}"#,
                    "--context",
                    #"{"memory": 1024, "user": "ada"}"#,
                    "--env",
                    "GIVEN=on the command line"
                )
            )
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("12345678901234567890"), "\(outcome.output)")
            let result = try JSONValue(parsing: outcome.output)
            #expect(result["event"]?["order"] == "ä" && result["layer"] == "extra" && result["part"] == "part")
            #expect(result["own"] == "a 'quoted' value" && result["multi"] == "two\nlines")
            #expect(result["shared"] == "from provider" && result["given"] == "on the command line")
            #expect(result["name"] == "local-dev-main" && result["memory"] == "1024" && result["other"] == false)
            #expect(result["client"]?["custom"]?["user"] == "ada")
            #expect(outcome.errors.contains("a log line") && outcome.errors.contains("REPORT end"))
        }
    }

    @Test func `the error and the timeout of a function are its result, and errors of the program`() async throws {
        try await withService { program in
            let broken = try await program.run(Self.invoke("broken", "--data", "{}"))
            #expect(broken.status == 1)
            #expect(try JSONValue(parsing: broken.output)["errorMessage"] == "no order")
            #expect(broken.errors.contains("error: the function 'broken' failed"), "\(broken.errors)")
            let slow = try await program.run(Self.invoke("slow", "--data", "{}"))
            #expect(slow.status == 1)
            #expect(try JSONValue(parsing: slow.output)["errorType"] == "Sandbox.Timedout")
            #expect(slow.errors.contains("error: the function 'slow' timed out after 1 second"), "\(slow.errors)")
        }
    }

    @Test func `an invocation that is interrupted leaves no container`() async throws {
        try await withService { program in
            let script = """
                \(Program.path) \(Self.invoke("endless").map { "'\($0)'" }.joined(separator: " ")) --data '{}' \
                    2>errors & pid=$!
                n=0
                until grep -q sleeping errors 2>/dev/null || [ $n -gt 3000 ]; do n=$((n+1)); sleep 0.1; done
                kill -TERM $pid; wait $pid
                """
            let outcome = try await program.run(["-c", script], program: "/bin/bash")
            #expect(outcome.status == 130, "\(outcome.errors)")
            #expect(try LiveFileSystem().readText(program.directory / "errors").contains("sleeping"))
        }
    }

    @Test func `an image function runs its own image, by the emulator in it`() async throws {
        try await withService { program in
            let boxed = try await program.run(Self.invoke("boxed", "--data", #"{"a": 1}"#))
            #expect(boxed.status == 0, "\(boxed.errors)")
            #expect(try JSONValue(parsing: boxed.output)["boxed"]?["a"] == 1)
            #expect(boxed.errors.contains("emulator runs /usr/bin/python3 -m awslambdaric boxed.main"))
            let named = try await program.run(Self.invoke("named", "--data", "{}"))
            #expect(named.output == "\"other\"\n", "\(named.errors)")
            let names = try await Engine.docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}")
            #expect(names.outputText.contains("serverless-local-dev:worker"))
            try await Engine.docker("image", "rm", "serverless-local-dev:worker")
        }
    }

    @Test func `a runtime whose image cannot be pulled is reported with the function and its line`() async throws {
        try await withService { program in
            let outcome = try await program.run(Self.invoke("missing", "--data", "{}"))
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("error: cannot pull image 'public.ecr.aws/lambda/python:3.9'"))
            #expect(outcome.errors.contains("the function 'missing' has the runtime 'python3.9'"), "\(outcome.errors)")
            #expect(outcome.errors.contains("serverless.yml:24:41"), "\(outcome.errors)")
        }
    }
}
