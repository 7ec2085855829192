import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

/// JavaScript, run by the `node` of this machine.
@Suite(.enabled(if: ServiceFixture.environment().findProgram("node") != nil, "needs node on PATH"))
struct ScriptTests {
    @Test func `a function can use variables and properties, one after the other and at the same time`() async throws {
        let script = """
            console.log('not part of the result');
            module.exports = async ({ options, resolveVariable, resolveConfigurationProperty }) => {
              const [stage, name] = await Promise.all([resolveVariable('sls:stage'), resolveVariable('self:service')]);
              const deep = await resolveConfigurationProperty(['custom', 'deep', 'value']);
              return { stage, name, deep, option: options.stage, unset: await resolveVariable("env:NOT, 'none'") };
            };
            """
        let custom = "  all: ${file(a.js)}\n  deep: { value: '${file(b.cjs):x.y}' }"
        let json = try await ServiceFixture.custom(
            custom,
            files: ["a.js": script, "b.cjs": "exports.x = async () => ({ y: [1] });"],
            arguments: ["--stage", "prod"]
        )
        #expect(
            json?["all"] == ["stage": "prod", "name": "demo", "deep": [1], "option": "prod", "unset": "none"]
        )
    }

    @Test func `a module is loaded once for all its values`() async throws {
        let script = "let calls = 0; exports.a = () => ++calls; exports.b = () => ++calls;"
        let json = try await ServiceFixture.custom(
            "  a: ${file(a.js):a}\n  again: ${file(a.js):a}\n  b: ${file(a.js):b}",
            files: ["a.js": script]
        )
        #expect(json == ["a": 1, "again": 1, "b": 2])
    }

    @Test(arguments: ["() => {}", "() => new Date(0)", "() => NaN", "() => () => 1", "new (class { a = 1 })()"])
    func `the value of a module must be data`(_ value: String) async throws {
        let files = ["a.js": "module.exports = \(value);"]
        await #expect(throws: DiagnosticError.self) {
            try await ServiceFixture.custom("  a: ${file(a.js), 'none'}", files: files)
        }
    }

    @Test func `a configuration that is an instance of a class is an error`() async throws {
        let text = "module.exports = new (class { service = 'a'; provider = { name: 'aws' } })();"
        await #expect(throws: DiagnosticError.self) { try await ServiceFixture.load(files: ["serverless.js": text]) }
    }

    @Test func `modules have the variables of .env files`() async throws {
        let yaml = """
            service: demo
            useDotenv: true
            provider: { name: aws, runtime: python3.12 }
            custom: { a: "${file(a.mjs)}" }
            """
        let files = ["serverless.yml": yaml, ".env": "A=from file", "a.mjs": "export default { a: process.env.A };"]
        #expect(try await ServiceFixture.load(files: files).root["custom"]?["a"]?["a"]?.string == "from file")
    }

    @Test(arguments: ["js", "cjs", "mjs"])
    func `a configuration can be a program`(_ suffix: String) async throws {
        let value =
            "{ service: 'x', provider: { name: 'aws', runtime: 'python3.12' }, custom: { a: '${self:service}' } }"
        let text = suffix == "mjs" ? "export default \(value);" : "module.exports = Promise.resolve(\(value));"
        let resolved = try await ServiceFixture.load(files: ["serverless.\(suffix)": text])
        #expect(resolved.root["custom"]?["a"]?.string == "x")
        #expect(resolved.root["service"]?.place?.file == "serverless.\(suffix)")
    }

    @Test(arguments: ["", "Object.defineProperty(process.features, 'typescript', { value: 'strip' });"])
    func `TypeScript is run by the tools of the service, even if node supports it`(_ start: String) async throws {
        let compiler =
            "exports.register = () => { require.extensions['.ts'] = require.extensions['.js']; by = 'node-ts'; };"
        let service = "module.exports = { service: by, provider: { name: 'aws', runtime: 'python3.12' } };"
        try await TemporaryDirectory.with(in: "/tmp") { folder in
            let files = LiveFileSystem()
            try files.createDirectory(folder / "node_modules/ts-node")
            try files.write(compiler, to: folder / "node_modules/ts-node/index.js")
            try files.write(service, to: folder / "serverless.ts")
            try files.write(start, to: folder / "start.js")
            let options = ["NODE_OPTIONS": "--require=\(folder)/start.js"]
            #expect(try await ServiceFixture.load(folder, environment: options).service.name == "node-ts")
        }
    }

    @Test func `the stack of an error in a program is kept for those who want the details`() async throws {
        let error = await #expect(throws: DiagnosticError.self) {
            let script = "const inner = () => { throw new Error('on purpose'); };\nmodule.exports = () => inner();"
            _ = try await ServiceFixture.custom("  a: ${file(a.js)}", files: ["a.js": script])
        }
        #expect(error?.diagnostics.first?.toolOutput?.contains("a.js:1") == true)
    }

    @Test(arguments: [
        ("module.exports = () => { throw new Error('on purpose'); };", "on purpose"),
        ("module.exports = ({ resolveVariable }) => resolveVariable('self:absent');", "self:absent"),
        ("process.exit(3);", "status 3"),
        ("const a = {}; a.a = a; module.exports = a;", "circular"),
        ("syntax error", "a.js"),
    ])
    func `an error in a program is reported`(_ script: String, _ words: String) async throws {
        let error = await #expect(throws: DiagnosticError.self) {
            _ = try await ServiceFixture.custom("  a: ${file(a.js)}", files: ["a.js": script])
        }
        #expect(ServiceFixture.text(of: try #require(error)).contains(words))
    }
}
