import FuroshikiTestSupport
import HostSystem
import Testing

extension Tag {
    /// Starts containers with a real engine, which `scripts/engine` provides.
    @Tag static var engine: Self
}

/// The real container engine of the tests, with its images.
enum Engine {
    static let reason: Comment = "needs a container engine; run scripts/engine"

    /// The images that `scripts/engine` makes, by the runtimes that they have the Python of.
    static let images = [
        "python3.11": "public.ecr.aws/sam/build-python3.11:latest-\(architecture)",
        "python3.13": "public.ecr.aws/sam/build-python3.13:latest-\(architecture)",
    ]

    #if arch(arm64)
    static let architecture = "arm64"
    #else
    static let architecture = "x86_64"
    #endif

    /// Whether tests with an engine run: it answers and has the images, or it must because a variable says so.
    static func isAvailable() async throws -> Bool {
        if Environment.current().nonEmpty("FUROSHIKI_TEST_ENGINE") == "required" { return true }
        guard Environment.current().findProgram("docker", files: LiveFileSystem()) != nil else { return false }
        for image in images.values where try await !docker("image", "inspect", image).isSuccess { return false }
        return true
    }

    /// Whether podman has the images, too.
    static func hasPodman() async throws -> Bool {
        if Environment.current().nonEmpty("FUROSHIKI_TEST_ENGINE") == "required" { return true }
        guard Environment.current().findProgram("podman", files: LiveFileSystem()) != nil else { return false }
        for image in images.values {
            let request = ProcessRequest("podman", ["image", "exists", image], environment: .current())
            if try await !LiveProcessRunner().run(request).isSuccess { return false }
        }
        return true
    }

    /// Runs `docker` with the environment of the tests.
    @discardableResult
    static func docker(_ arguments: String...) async throws -> ProcessResult {
        try await LiveProcessRunner().run(ProcessRequest("docker", arguments, environment: .current()))
    }

    /// The names of the containers that runs in a directory for temporary files have started and not removed.
    ///
    /// Other tests run at the same time, and their containers have other owners.
    static func containers(of program: Program) async throws -> [String] {
        let format = #"{{.Names}} {{.Label "furoshiki.owner"}}"#
        let list = try await docker("ps", "--all", "--filter", "label=furoshiki.owner", "--format", format)
        return list.outputText.split(separator: "\n").filter { $0.contains(program.directory.string) }
            .map { String($0.prefix { $0 != " " }) }
    }

    /// Whether the engine has removed the containers of a program, for which it may take a moment after a run has ended.
    static func hasRemovedContainers(of program: Program) async throws -> Bool {
        // Minutes on a busy machine, so that only containers that stay are an error.
        for _ in 0..<6000 {
            if try await containers(of: program).isEmpty { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// A Python program that makes the engine's socket, its argument, available on a TCP port, which it prints.
    static let relay = """
        import socket, sys, threading

        def copy(a, b):
            try:
                while data := a.recv(1 << 16):
                    b.sendall(data)
            except OSError:
                pass
            try:
                b.shutdown(socket.SHUT_WR)
            except OSError:
                pass

        server = socket.create_server(("127.0.0.1", 0))
        print(server.getsockname()[1], flush=True)
        while True:
            client, _ = server.accept()
            engine = socket.socket(socket.AF_UNIX)
            engine.connect(sys.argv[1])
            threading.Thread(target=copy, args=(client, engine), daemon=True).start()
            threading.Thread(target=copy, args=(engine, client), daemon=True).start()

        """

    /// Imports a module of an artifact in the image of a runtime, and returns what an expression prints.
    static func evaluate(
        _ expression: String,
        importing module: String,
        from artifact: LocalPath,
        on runtime: String
    ) async throws -> ProcessResult {
        let image = try #require(images[runtime])
        let folder = LocalPath(artifact.string + ".unpacked")
        let unzip = ProcessRequest("unzip", ["-qo", artifact.string, "-d", folder.string], environment: .current())
        #expect(try await LiveProcessRunner().run(unzip).isSuccess)
        // The variables of the runtime's image, as far as they decide what the loader finds.
        return try await docker(
            "run",
            "--rm",
            "--network",
            "none",
            "--volume",
            "\(folder):/var/task:ro",
            "--env",
            "LD_LIBRARY_PATH=/var/task:/var/task/lib",
            image,
            "python3",
            "-c",
            "import sys; sys.path.insert(0, '/var/task'); import \(module); print(\(expression))"
        )
    }
}

/// A service whose requirement has to be built, and a record of the commands of the engine that its runs start.
struct BuiltService {
    /// A program with the service as its directory.
    let program: Program
    private var log: LocalPath { program.directory / "docker.log" }

    /// The C source of the module `native`, whose function returns the version of Python that it was compiled for.
    static let source = """
        #include <Python.h>
        static PyObject *version(PyObject *self, PyObject *none) {
            return PyUnicode_FromString(PY_VERSION);
        }
        static PyMethodDef methods[] = {{"version", version, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
        static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "native", NULL, -1, methods};
        PyMODINIT_FUNC PyInit_native(void) { return PyModule_Create(&module); }
        """

    /// A build backend without dependencies, which compiles `native.c` with the arguments in `arguments.txt`.
    static let backend = #"""
        import base64, hashlib, os, platform, subprocess, sys, sysconfig, time, zipfile

        def build_wheel(directory, config_settings=None, metadata_directory=None):
            print("building for", sys.version)
            while os.environ.get("SLOW") == "yes":
                time.sleep(0.1)
            extension = "native" + sysconfig.get_config_var("EXT_SUFFIX")
            arguments = open("arguments.txt").read().split() if os.path.exists("arguments.txt") else []
            flags = os.environ.get("LDFLAGS", "").split()
            subprocess.check_call(
                ["gcc", "-shared", "-fPIC", "-I" + sysconfig.get_paths()["include"], "native.c", "-o", extension]
                + arguments + flags)
            python = "cp%d%d" % sys.version_info[:2]
            tag = "%s-%s-linux_%s" % (python, python, platform.machine())
            files = {
                extension: open(extension, "rb").read(),
                "native-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: native\nVersion: 1.0\n",
                "native-1.0.dist-info/WHEEL":
                    ("Wheel-Version: 1.0\nGenerator: maker\nRoot-Is-Purelib: false\nTag: %s\n" % tag).encode(),
            }
            record = ""
            for name, content in files.items():
                digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
                record += "%s,sha256=%s,%d\n" % (name, digest, len(content))
            files["native-1.0.dist-info/RECORD"] = (record + "native-1.0.dist-info/RECORD,,\n").encode()
            with zipfile.ZipFile(os.path.join(directory, "native-1.0-%s.whl" % tag), "w") as wheel:
                for name, content in files.items():
                    wheel.writestr(zipfile.ZipInfo(name), content)
            return "native-1.0-%s.whl" % tag
        """#

    /// The files of the service: a function for each of two targets, and a project with an extension.
    static func files(_ options: String, functions: String? = nil) -> [String: String] {
        let functions =
            functions ?? """
                functions:
                  older: {handler: app.main, runtime: python3.11}
                  newer: {handler: app.main, runtime: python3.13}
                """
        return [
            "serverless.yml": """
            service: built
            frameworkVersion: '3'
            plugins: [serverless-python-requirements]
            provider: {name: aws, architecture: \(Engine.architecture)}
            package:
              individually: true
              patterns: ['!**', app.py]
            custom:
              pythonRequirements:
                cacheLocation: ./cache
            \(options.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
            \(functions)
            """,
            "app.py": "import native\ndef main(event, context): return native.version()\n",
            "requirements.txt": "./native\n",
            "native/native.c": source,
            "native/backend/maker.py": backend,
            "native/pyproject.toml": """
            [project]
            name = "native"
            version = "1.0"
            [build-system]
            requires = []
            build-backend = "maker"
            backend-path = ["backend"]
            """,
            // The commands of the engine are recorded, and run.
            "bin/docker": """
            #!/bin/sh
            printf '%s ' "$@" | tr '\\n' ' ' >>"$DOCKER_LOG"; echo >>"$DOCKER_LOG"
            exec "$REAL_DOCKER" "$@"
            """,
        ]
    }

    /// Runs a body with the service in a temporary directory.
    static func with(
        _ options: String,
        functions: String? = nil,
        _ body: (BuiltService) async throws -> Void
    ) async throws {
        try await Program.onFiles(files(options, functions: functions)) { program in
            var program = program
            let current = Environment.current()
            let system = LiveFileSystem()
            try system.setMode(0o755, of: program.directory / "bin/docker")
            try system.createDirectory(program.directory / "tmp")
            program.variables = [
                "TMPDIR": (program.directory / "tmp").string,
                "FUROSHIKI_CONTAINER_CLI": (program.directory / "bin/docker").string,
                "DOCKER_LOG": (program.directory / "docker.log").string,
                "REAL_DOCKER": current.findProgram("docker", files: system)?.string ?? "docker",
            ]
            for name in ["DOCKER_HOST", "DOCKER_CONTEXT"] { program.variables[name] = current[name] }
            try await body(BuiltService(program: program))
            #expect(try await Engine.containers(of: program) == [])
        }
    }

    /// The commands of the engine since the last call, such as `run …`.
    func takeCommands() throws -> [String] {
        let text = try LiveFileSystem().readIfPresent(log).map { String(decoding: $0, as: UTF8.self) } ?? ""
        try LiveFileSystem().remove(log)
        return text.split(separator: "\n").map(String.init)
    }

    /// The number of containers that were started since the last call.
    func startedContainers() throws -> Int { try takeCommands().count { $0.hasPrefix("run ") } }

    /// The artifact of a function.
    func artifact(_ function: String) -> LocalPath { program.directory / ".serverless/\(function).zip" }
}
