import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import Testing

@testable import ServerlessConfig

struct LoadingTests {
    @Test func `an env file is read as dotenv reads it`() {
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
    func `blanks and quotes of an env file are taken as dotenv takes them`(_ text: String, _ values: [String: String]) {
        let found = Dotenv.parse(Array(text.utf8))
        #expect(Dictionary(found.map { ($0.name, $0.value) }) { $1 } == values)
    }

    @Test func `references in env files are replaced, the environment first`() {
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
    func `a range of versions holds 3.38.0 or not`(_ text: String, _ isIn: Bool) throws {
        #expect(try #require(VersionRange(text)).contains([3, 38, 0]) == isIn)
    }

    @Test(arguments: ["latest", "3.a", "a.b.c", "1.2.3.4", "^9223372036854775807"])
    func `what is no range is not read as one`(_ text: String) {
        #expect(VersionRange(text) == nil)
    }

    @Test(arguments: [
        (1e21, "1e+21"), (12_345_678_901_234_567_168, "12345678901234567000"), (0.000001, "0.000001"), (1e-7, "1e-7"),
        (1.5e300, "1.5e+300"), (-0.25, "-0.25"), (123_456.789, "123456.789"), (100, "100"), (-0.0, "0"),
    ])
    func `a number is written as JavaScript writes it`(_ number: Double, _ text: String) {
        #expect(JavaScriptNumber.text(of: number) == text)
    }

    @Test func `unknown plugins are told with what is lost`() async throws {
        let yaml = """
            service: demo
            provider: { name: aws, runtime: python3.12 }
            plugins: [serverless-python-requirements, serverless-offline, serverless-domain-manager]
            """
        let diagnostics = try await ServiceFixture.load(files: ["serverless.yml": yaml]).diagnostics
        #expect(diagnostics.contains { $0.severity == .warning && $0.message.contains("serverless-domain-manager") })
        #expect(diagnostics.contains { $0.severity == .note && $0.message.contains("serverless-offline") })
        #expect(!diagnostics.contains { $0.message.contains("serverless-python-requirements") })
    }

    @Test(arguments: ["warn", "error"])
    func `what a plugin adds to the configuration is told once, of the plugin`(_ mode: String) async throws {
        func told(_ plugins: String) async throws -> [String] {
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
            return diagnostics.map(\.message).filter { $0.contains("unknown property") }
        }
        #expect(try await told("serverless-lift").count == 3)
        #expect(
            try await told("serverless-step-functions, serverless-iam-roles-per-function") == [
                "'functions.main.events.0.http' has the unknown property 'caching'"
            ]
        )
        #expect(
            try await told(
                "serverless-step-functions, serverless-iam-roles-per-function, serverless-api-gateway-caching"
            )
            .isEmpty
        )
    }

    @Test(arguments: [("", true), ("plugins: [serverless-python-requirements]", false)])
    func `settings of the built-in plugin without the plugin are told`(_ plugins: String, _ isTold: Bool) async throws {
        let loaded = try await ServiceFixture.load(files: [
            "serverless.yml": """
            service: s
            provider: { name: aws }
            custom:
              pythonRequirements: { slim: true }
            \(plugins)
            """
        ])
        let told = loaded.diagnostics.filter { $0.message.hasPrefix("'custom.pythonRequirements' has no effect") }
        #expect(told.map { $0.place?.description } == (isTold ? ["serverless.yml:4:3"] : []))
    }

    @Test func `of several configuration files the first kind counts`() async throws {
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
