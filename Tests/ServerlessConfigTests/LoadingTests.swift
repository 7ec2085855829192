import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import Testing

@testable import ServerlessConfig

struct LoadingTests {
    @Test func `a .env file is parsed as by dotenv`() {
        let text = """
            # note
            A=1
            export B = two words # note
            C: three
            D="a \\"b\\" # c\\nd"
            E='$A stays until expansion'
            F=`back`
            G=
            H="open
            1 2=3
            I="several
            lines"
            """
        let found = Dotenv.parse(Array(text.utf8))
        let names = found.map(\.name)
        #expect(names == ["A", "B", "C", "D", "E", "F", "G", "H", "I"])
        let values = Dictionary(found.map { ($0.name, $0.value) }) { $1 }
        #expect(values["B"] == "two words")
        #expect(values["C"] == "three")
        #expect(values["D"] == "a \\\"b\\\" # c\nd")
        #expect(values["F"] == "back")
        #expect(values["G"]?.isEmpty == true)
        #expect(values["I"] == "several\nlines")
    }

    @Test(arguments: [
        ("A : 1\nB= 2", ["B": "2"]), ("A:\r\nB=1", ["A": "B=1"]), ("A\n=1", ["A": "1"]), ("A=\n'x'", ["A": "x"]),
        ("A='a\\'", ["A": "a\\"]), ("A=''s''", ["A": "'s'"]), (#"A="x\ny z"#, ["A": "\"x\ny z"]),
        ("export=1", ["export": "1"]),
        ("A=1\rB=2", ["A": "1", "B": "2"]), ("A='x' y", ["A": "'x' y"]), ("A=#x", ["A": ""]), ("A:1\nB=2", ["B": "2"]),
    ])
    func `white space and quotes in a .env file are handled as by dotenv`(_ text: String, _ values: [String: String]) {
        let found = Dotenv.parse(Array(text.utf8))
        #expect(Dictionary(found.map { ($0.name, $0.value) }) { $1 } == values)
    }

    @Test func `references in a .env file prefer the environment`() {
        let variables = [
            ("HOST", "file"), ("URL", "https://$HOST/${PATH_PART:-v1}"), ("BOTH", "${URL}?${NONE}"),
            ("KEPT", #"\$HOST"#),
        ]
        let result = Dotenv.expand(variables.map { (name: $0.0, value: $0.1) }, over: ["HOST": "set"])
        #expect(result["HOST"] == "set")
        #expect(result["URL"] == "https://set/v1")
        #expect(result["BOTH"] == "https://set/v1?")
        #expect(result["KEPT"] == "$HOST")
    }

    @Test(arguments: [
        ("3", true), ("^3.0.0", true), (">=2.0.0 <4.0.0", true), ("*", true), ("3.x", true), ("~3.38", true),
        ("2 || 3", true), ("=3.38.0", true), ("3.38", true), (">= 3.38.0", true), ("1 - 3", true), ("v3", true),
        ("4", false), ("^2.70.0", false), ("<3", false), (">3.38.0", false), ("~3.37", false), ("3.39.x", false),
        ("1 - 2", false), ("^3.38.1", false), (">=3.39", false),
    ])
    func `a range of versions contains 3.38.0 or not`(_ text: String, _ isIn: Bool) throws {
        #expect(try #require(VersionRange(text)).contains([3, 38, 0]) == isIn)
    }

    @Test(arguments: ["latest", "3.a", "a.b.c", "1.2.3.4", "^9223372036854775807"])
    func `an invalid range is not parsed`(_ text: String) {
        #expect(VersionRange(text) == nil)
    }

    @Test(arguments: [
        (1e21, "1e+21"), (12_345_678_901_234_567_168, "12345678901234567000"), (0.000001, "0.000001"), (1e-7, "1e-7"),
        (1.5e300, "1.5e+300"), (-0.25, "-0.25"), (123_456.789, "123456.789"), (100, "100"), (-0.0, "0"),
    ])
    func `a number is converted to a string as in JavaScript`(_ number: Double, _ text: String) {
        #expect(JavaScriptNumber.text(of: number) == text)
    }

    @Test func `a plugin that is not built in is reported`() async throws {
        let yaml = """
            service: demo
            provider: { name: aws, runtime: python3.12 }
            plugins: [serverless-python-requirements, serverless-offline, serverless-domain-manager]
            """
        let diagnostics = try await ServiceFixture.load(files: ["serverless.yml": yaml]).diagnostics
        #expect(
            diagnostics.contains {
                $0.severity == .warning && $0.code == .pluginNotRun && $0.message.contains("serverless-domain-manager")
            }
        )
        #expect(diagnostics.contains { $0.severity == .note && $0.message.contains("serverless-offline") })
        #expect(!diagnostics.contains { $0.message.contains("serverless-python-requirements") })
    }

    @Test func `plugins with commands only, or that change the template only, add no files to artifacts`() async throws
    {
        let yaml = """
            service: demo
            provider: { name: aws, runtime: python3.12 }
            plugins:
              - serverless-python-requirements
              - serverless-offline
              - serverless-domain-manager
              - serverless-wsgi
              - ./plugins/own
            """
        let service = try await ServiceFixture.load(files: ["serverless.yml": yaml]).service
        #expect(service.pluginsThatMayAddFiles == ["serverless-wsgi", "./plugins/own"])
    }

    @Test(arguments: ["warn", "error"])
    func `properties of a plugin that is not run are not reported as unknown`(_ mode: String) async throws {
        func unknownProperties(_ plugins: String) async throws -> [String] {
            let yaml = """
                service: demo
                provider: { name: aws, runtime: python3.12 }
                configValidationMode: \(mode)
                plugins: [\(plugins)]
                functions:
                  main:
                    handler: app.run
                    iamRoleStatements: []
                    events:
                      - http: { path: /, method: get, caching: { enabled: true } }
                stepFunctions: {}
                """
            let diagnostics = try await ServiceFixture.load(files: ["serverless.yml": yaml]).diagnostics
            return diagnostics.filter { $0.code == .unknownProperty }.map(\.message)
        }
        #expect(try await unknownProperties("serverless-lift").count == 3)
        #expect(
            try await unknownProperties("serverless-step-functions, serverless-iam-roles-per-function") == [
                "'functions.main.events.0.http' has the unknown property 'caching'"
            ]
        )
        #expect(
            try await unknownProperties(
                "serverless-step-functions, serverless-iam-roles-per-function, serverless-api-gateway-caching"
            )
            .isEmpty
        )
    }

    @Test(arguments: [("", true), ("plugins: [serverless-python-requirements]", false)])
    func `settings of the built-in plugin are reported if the plugin is not listed`(
        _ plugins: String,
        _ isReported: Bool
    ) async throws {
        let loaded = try await ServiceFixture.load(files: [
            "serverless.yml": """
            service: s
            provider: { name: aws }
            custom:
              pythonRequirements: { slim: true }
            \(plugins)
            """
        ])
        let found = loaded.diagnostics.filter { $0.code == .pluginNotListed }
        #expect(found.map { $0.place?.description } == (isReported ? ["serverless.yml:4:3"] : []))
    }

    @Test func `the first kind of several configuration files is used`() async throws {
        let files = [
            "serverless.json": #"{"service":"json","provider":{"name":"aws","runtime":"python3.12"}}"#,
            "serverless.yaml": "service: yaml\nprovider: { name: aws, runtime: python3.12 }\n",
        ]
        #expect(try await ServiceFixture.load(files: files).service.name == "yaml")
        let named = try await ServiceFixture.load(files: files, arguments: ["--config", "serverless.json"])
        #expect(named.service.name == "json")
        #expect(named.root["service"]?.place == SourcePlace(file: "serverless.json", line: 1, column: 12))
    }
}
