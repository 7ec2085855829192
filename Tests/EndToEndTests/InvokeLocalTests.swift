import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import Testing

@Suite(.tags(.large))
struct InvokeLocalTests {
    private static let files = [
        "serverless.yml": """
        service: shop
        provider:
          name: aws
          runtime: nodejs20.x
          timeout: 900
          region: eu-west-1
          environment: {TABLE: !Ref Table, PLACE: !Sub "${AWS::StackName} in ${AWS::Region}"}
        functions:
          orders: {handler: orders.handle}
          named: {handler: orders.handle, environment: {TABLE: of-the-function}}
          fails: {handler: orders.fail, environment: {TABLE: t}}
          computed: {handler: computed.handle, environment: {TABLE: t}}

        """,
        "orders.js": """
        exports.handle = async (event) => {
            console.log("talk");
            return { event, table: process.env.TABLE, place: process.env.PLACE };
        };
        class Broken extends Error {}
        exports.fail = async () => { throw new Broken("no"); };

        """,
        // Names that Node.js cannot find without running the module.
        "computed.js": "const name = 'handle'; module.exports = { [name]: async () => 'found' };\n",
        "event.json": "{\"large\": 12345678901234567890}",
        "broken.json": "{\"large\": \n",
        "letter.txt": "a plain letter\n",
    ]

    private func invoke(_ arguments: String...) async throws -> Program.Outcome {
        try await Program.onFiles(Self.files) { program in
            try await program.run(["invoke", "local"] + arguments + ["--json"])
        }
    }

    private func result(_ outcome: Program.Outcome) throws -> JSONValue {
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try JSONValue(parsing: Array(outcome.output.utf8))
    }

    @Test
    func `a variable with a value from the stack can be set with --env or on the function`() async throws {
        let refused = try await invoke("-f", "orders", "-d", "{}")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("--env TABLE=VALUE"))
        let given = try result(try await invoke("-f", "orders", "-d", "{}", "--env", "TABLE=mine"))
        #expect(given["table"] == "mine")
        #expect(given["place"] == "shop-dev in eu-west-1")
        #expect(try result(try await invoke("-f", "named", "-d", "{}"))["table"] == "of-the-function")
    }

    @Test
    func `with --json, standard output only contains the result`() async throws {
        let outcome = try await invoke("-f", "named", "-d", "[1]")
        #expect(try result(outcome)["event"] == [1])
        #expect(outcome.errors == "talk\n")
    }

    @Test
    func `a handler is found if its name in module.exports is computed`() async throws {
        #expect(try result(try await invoke("-f", "computed", "-d", "{}")) == "found")
    }

    @Test
    func `the result of a failing handler contains the class of the error`() async throws {
        let outcome = try await invoke("-f", "fails", "-d", "{}")
        #expect(outcome.status == 1)
        #expect(try JSONValue(parsing: Array(outcome.output.utf8))["errorType"] == "Broken")
    }

    @Test
    func `an event file can contain text, and a .json file must contain JSON`() async throws {
        #expect(try result(try await invoke("-f", "named", "-p", "letter.txt"))["event"] == "a plain letter")
        let broken = try await invoke("-f", "named", "-p", "broken.json")
        #expect(broken.status == 1)
        #expect(broken.errors.contains("cannot parse 'broken.json' as JSON"))
    }

    @Test(.enabled(if: Environment.current().findProgram("python3.11") != nil, "needs python3.11"))
    func `Python functions receive exact numbers, and stack traces omit the importer`() async throws {
        var files = Self.files
        files["orders.py"] = "def handle(event, context): return str(event['large'] + 1) + 'é'\n"
        files["serverless.yml"]?.replace("{TABLE: of-the-function}", with: "{TABLE: t}, runtime: python3.11")
        files["serverless.yml"]?.replace("handler: orders.fail,", with: "handler: absent.run, runtime: python3.11,")
        try await Program.onFiles(files) { program in
            let outcome = try await program.run("invoke", "local", "-f", "named", "-p", "event.json")
            #expect(outcome.output == "\"12345678901234567891é\"\n", "\(outcome.errors)")
            let failed = try await program.run("invoke", "local", "-f", "fails", "-d", "{}")
            #expect(try JSONValue(parsing: Array(failed.output.utf8))["stackTrace"] == [])
        }
    }

    /// Runs functions of a service with these files, and passes the outcome of each to a check.
    private func invoke(
        _ functions: String,
        files: [String: String],
        variables: [String: String] = [:],
        each check: (Program.Outcome) throws -> Void
    ) async throws {
        var files = files
        files["serverless.yml", default: ""] +=
            "service: shop\nprovider: {name: aws, runtime: nodejs20.x, timeout: 900}\n\(functions)\n"
        try await Program.onFiles(files) { program in
            var program = program
            program.variables = variables
            for line in functions.split(separator: "\n").dropFirst() {
                let name = line.split(separator: ":")[0].filter { $0 != " " }
                try check(try await program.run("invoke", "local", "-f", name, "-d", "{}", "--json"))
            }
        }
    }

    @Test
    func `a default export and a nested export are handlers`() async throws {
        let functions = """
            functions:
              module: {handler: module.default}
              nested: {handler: module.group.run}
              common: {handler: common.default}
              compiled: {handler: compiled.default}
              dotted: {handler: dotted.name.run}
            """
        let files = [
            "module.mjs": "export default async () => 'found';\nexport const group = { run: async () => 'found' };\n",
            "common.js": "module.exports = async () => 'found';\n",
            "compiled.js": "Object.assign(exports, { __esModule: true, default: async () => 'found' });\n",
            "dotted.name.js": "exports.run = async () => 'found';\n",
        ]
        try await invoke(functions, files: files) { try expect($0, "found") }
    }

    @Test
    func `a module sees the names that Node.js gives it, and no others`() async throws {
        let functions = """
            functions:
              module: {handler: module.run}
              common: {handler: common.run}
            """
        let names =
            "typeof require, typeof module, typeof exports, typeof __dirname, typeof fs, typeof crypto.createHash"
        let files = [
            "module.mjs": "const seen = [\(names), this];\nexport const run = async () => seen;\n",
            "common.js": "const seen = [\(names), process.argv.length];\nexports.run = async () => seen;\n",
        ]
        var expected: [JSONValue] = [
            ["undefined", "undefined", "undefined", "undefined", "undefined", "undefined", .null],
            ["function", "object", "object", "string", "undefined", "undefined", 2],
        ]
        try await invoke(functions, files: files) { try expect($0, expected.removeFirst()) }
    }

    @Test
    func `a Node.js handler that takes too long is ended, even if it blocks the process`() async throws {
        let functions = """
            functions:
              waits: {handler: slow.waits, timeout: 1}
              blocks: {handler: slow.blocks, timeout: 1}
            """
        let slow = """
            exports.waits = () => new Promise((resolve) => setTimeout(resolve, 60000));
            exports.blocks = async () => { for (;;); };

            """
        try await invoke(functions, files: ["slow.js": slow], each: expectTimeout)
    }

    @Test
    func `open timers do not keep a process alive for longer than the function, and a missing callback has no result`()
        async throws
    {
        let functions = """
            functions:
              open: {handler: app.open, timeout: 900}
              silent: {handler: app.silent, timeout: 900}
            """
        // The clock passes the end of the function's time while it runs, so that the test does not wait for it.
        let app = """
            exports.open = async () => {
              const end = Date.now() + 900000;
              Date.now = () => end;
              setInterval(() => {}, 9);
              return null;
            };
            exports.silent = () => {};

            """
        try await invoke(functions, files: ["app.js": app]) { try expect($0, .null) }
    }

    private func expect(_ outcome: Program.Outcome, _ expected: JSONValue) throws {
        #expect(try result(outcome) == expected)
    }

    private func expectTimeout(_ outcome: Program.Outcome) throws {
        #expect(outcome.status == 1)
        let result = try JSONValue(parsing: Array(outcome.output.utf8))
        #expect(result["errorType"] == "Sandbox.Timedout")
        #expect(result["errorMessage"] == "Task timed out after 1 second")
        #expect(outcome.errors.contains("\"code\":\"function-timed-out\""))
    }

    private static let hasPython = Environment.current().findProgram("python3.11", files: LiveFileSystem()) != nil

    @Test(.enabled(if: hasPython, "needs python3.11"))
    func `a Python handler that takes too long is ended, even in a call into C`() async throws {
        let functions = """
            functions:
              waits: {handler: slow.waits, timeout: 1, runtime: python3.11}
              blocks: {handler: slow.blocks, timeout: 1, runtime: python3.11}
              alarmed: {handler: slow.alarmed, timeout: 1, runtime: python3.11}
            """
        let slow = """
            import re, signal, time
            def waits(event, context): time.sleep(60)
            def blocks(event, context): re.match(r"(a+)+$", "a" * 60 + "b")
            def alarmed(event, context):
                signal.signal(signal.SIGALRM, lambda *_: None)
                signal.alarm(1)
                time.sleep(60)

            """
        try await invoke(functions, files: ["slow.py": slow]) { outcome in
            try expectTimeout(outcome)
            #expect(outcome.errors.contains("slow.py"))
        }
    }

    @Test(.enabled(if: hasPython, "needs python3.11"))
    func `the active virtual environment counts if it has the function's version`() async throws {
        let functions = """
            functions:
              same: {handler: app.run, runtime: python3.11}
            """
        let app = "import sys\ndef run(event, context): return sys.prefix\n"
        try await TemporaryDirectory.with(in: Environment.current().temporaryDirectory) { scratch in
            let environment = try LiveFileSystem().realPath(of: scratch) / "environment"
            let made = try await Program(directory: scratch)
                .run(["-m", "venv", "--without-pip", environment.string], program: "python3.11")
            #expect(made.status == 0, "\(made.errors)")
            let variables = ["VIRTUAL_ENV": environment.string]
            // Not every tool makes a link with the version in its name.
            try LiveFileSystem().rename(environment / "bin/python3.11", to: environment / "bin/python")
            try await invoke(functions, files: ["app.py": app], variables: variables) { outcome in
                try expect(outcome, .string(environment.string))
            }
            let settings = environment / "pyvenv.cfg"
            try LiveFileSystem().write("version = 3.12.1\n", to: settings)
            try await invoke(functions, files: ["app.py": app], variables: variables) { outcome in
                let prefix = try result(outcome)
                #expect(prefix != .string(environment.string))
            }
        }
    }
}
