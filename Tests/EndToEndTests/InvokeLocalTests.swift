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
}
