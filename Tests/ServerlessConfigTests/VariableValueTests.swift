import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import OrderedJSON
import ServerlessConfig
import Testing

/// What a resolved value consists of: its parts, its place, and how often variables in values are followed.
struct VariableValueTests {
    @Test(
        arguments: [
            ("${self:custom.list.1}", "s-demo"), ("${self:custom.list.2.0}", "demo"), ("${self:custom.list.length}", 3),
            ("${self:custom.list.length.x, 'end'}", "end"), ("${self:custom.list.3, 'end'}", "end"),
            ("${self:custom.map.inner.key}", "demo"), ("${self:custom.map.absent, 'end'}", "end"),
            ("${self:custom.map.length, 'end'}", "end"),
        ] as [(String, JSONValue)]
    )
    func `parts of a value that still contains variables have addresses`(
        _ text: String,
        _ value: JSONValue
    )
        async throws
    {
        // The test comes first, so that the list and the mapping are not resolved when they are needed.
        let custom = """
              test: "\(text)"
              list: [plain, "s-${self:service}", ["${self:service}"]]
              map: { inner: { key: "${self:service}" } }
            """
        #expect(try await ServiceFixture.custom(custom)?["test"] == value)
    }

    @Test(
        arguments: [
            (#"a\b{x} ${self:service}"#, #"a\b{x} demo"#), ("${self:service\r}", "demo"),
            ("${self:${self:custom.key}\r}", "demo"), ("${self:${self:custom.key}\t\n}", "demo"),
            ("${env:NOT, self:${self:custom.key}}", "demo"),
        ] as [(String, JSONValue)]
    )
    func `blanks around an address and backslashes in other text mean nothing`(
        _ text: String,
        _ value: JSONValue
    )
        async throws
    {
        let quoted = JSONWriter().text(of: .string(text))
        #expect(try await ServiceFixture.custom("  key: service\n  test: \(quoted)")?["test"] == value)
    }

    @Test func `a mapping or list keeps its place in its file, and a scalar has the place of its variable`()
        async throws
    {
        let yaml = """
            service: demo
            provider: { name: aws, runtime: python3.12 }
            custom:
              map: ${file(a.yml):map}
              list: ${file(a.yml):list}
              scalar: ${file(a.yml):map.x}
            """
        let resolved = try await ServiceFixture.load(
            files: ["serverless.yml": yaml, "a.yml": "map:\n  x: 1\nlist:\n  - 2\n"]
        )
        let custom = try #require(resolved.root["custom"])
        #expect(custom["map"]?.place == SourcePlace(file: "a.yml", line: 2, column: 3))
        #expect(custom["list"]?.place == SourcePlace(file: "a.yml", line: 4, column: 3))
        #expect(custom["scalar"]?.place == SourcePlace(file: "serverless.yml", line: 6, column: 11))
        #expect(custom["map"]?.keyPlace == SourcePlace(file: "serverless.yml", line: 4, column: 3))
    }

    @Test(
        arguments: [("${file(a.yml, b.yml)}", "a"), ("${file(a.yml,):}", "a"), ("${file(, a.yml), 'end'}", nil)]
            as [(String, JSONValue?)]
    )
    func `the path of a file is the first parameter`(_ text: String, _ value: JSONValue?) async throws {
        let files = ["a.yml": "a\n", "b.yml": "b\n"]
        guard let value else {
            let error = await #expect(throws: DiagnosticError.self) {
                try await ServiceFixture.custom("  test: \"\(text)\"", files: files)
            }
            #expect(error?.diagnostics.map(\.code) == [.invalidVariableArgument])
            return
        }
        #expect(try await ServiceFixture.custom("  test: \"\(text)\"", files: files)?["test"] == value)
    }

    @Test func `a syntax error is reported before variables are resolved`() async throws {
        let error = await #expect(throws: DiagnosticError.self) {
            _ = try await ServiceFixture.custom("  a: '${self:'\n  b: ${env:NOT}\n  c: [\"${env:x, +}\"]")
        }
        #expect(error?.diagnostics.map(\.code) == [.invalidVariableSyntax, .invalidVariableSyntax])
        #expect(error?.diagnostics.map(\.place?.line) == [4, 6])
    }

    @Test func `the number of the instance is not known when the stage is needed`() async throws {
        let yaml = "service: demo\nprovider: { name: aws, stage: \"${sls:instanceId}\" }\n"
        await #expect(throws: DiagnosticError.self) { try await ServiceFixture.load(files: ["serverless.yml": yaml]) }
    }

    @Test(arguments: [(8, true), (12, false)])
    func `variables in lists of values are followed ten times at most`(_ count: Int, _ isFollowed: Bool) async throws {
        var files = ["f\(count).yml": "[end.txt]\n", "end.txt": "text"]
        for number in 0..<count { files["f\(number).yml"] = "[\"${file(f\(number + 1).yml)}\"]\n" }
        // The list is a parameter, so that all its variables are resolved at once, and joined to the name of a file.
        let custom = "  a: ${file(${file(f0.yml)})}"
        if isFollowed {
            #expect(try await ServiceFixture.custom(custom, files: files)?["a"] == "text")
        } else {
            let error = await #expect(throws: DiagnosticError.self) {
                try await ServiceFixture.custom(custom, files: files)
            }
            #expect(error?.diagnostics.map(\.code) == [.variableNestingTooDeep])
        }
    }

    @Test func `an error in a value of another file has its place there`() async throws {
        let error = await #expect(throws: DiagnosticError.self) {
            _ = try await ServiceFixture.custom("  a: ${file(a.yml)}", files: ["a.yml": "x: 1\ny: 'b ${env:}'\n"])
        }
        #expect(error?.diagnostics.map(\.place) == [SourcePlace(file: "a.yml", line: 2, column: 7)])
    }

    @Test(arguments: [("STAGE=prod", true), ("STAGE=", false), ("OTHER=prod", false)])
    func `the .env file cannot set the variable that decides which .env file is read`(
        _ content: String,
        _ isError: Bool
    ) async throws {
        let yaml = """
            service: demo
            useDotenv: true
            provider: { name: aws, runtime: python3.12, stage: "${env:STAGE, 'dev'}" }
            """
        let files = ["serverless.yml": yaml, ".env": content]
        if isError {
            let error = await #expect(throws: DiagnosticError.self) { try await ServiceFixture.load(files: files) }
            #expect(error?.diagnostics.map(\.code) == [.circularEnvFile])
        } else {
            #expect(try await ServiceFixture.load(files: files).root["provider"]?["stage"]?.string == "dev")
        }
    }

    @Test func `an error of a variable that is written twice has the place of the first`() async throws {
        let error = await #expect(throws: DiagnosticError.self) {
            _ = try await ServiceFixture.custom("  a: x-${env:NOT}-${env:NOT}")
        }
        #expect(error?.diagnostics.map(\.place) == [SourcePlace(file: "serverless.yml", line: 4, column: 8)])
    }

    @Test(arguments: [("''", "dev"), ("null", "dev"), ("prod", "prod")])
    func `a stage or parameter that is empty takes the default`(_ stage: String, _ name: String) async throws {
        let yaml = """
            service: demo
            provider: { name: aws, runtime: python3.12, stage: \(stage) }
            params: { default: { p: default }, dev: { p: null }, prod: { p: prod } }
            custom: { stage: "${sls:stage}", parameter: "${param:p}" }
            """
        let custom = try await ServiceFixture.load(files: ["serverless.yml": yaml]).root["custom"]
        #expect(custom?.json == ["stage": .string(name), "parameter": name == "dev" ? "default" : "prod"])
    }

    @Test func `a remedy that several sources share is given once`() async throws {
        let error = await #expect(throws: DiagnosticError.self) {
            _ = try await ServiceFixture.custom("  a: ${opt:region, self:provider.region}")
        }
        #expect(error?.diagnostics.map(\.help) == [["write '${aws:region}', which is always set"]])
    }

    @Test func `a file that many variables name is read once`() async throws {
        // Its last reader would find other content than the first.
        let custom = "  a: ${file(a.js):a}\n  b: ${file(a.yml):x}\n  c: ${file(b.js):b}\n  d: ${file(a.yml):x}"
        let change = "require('fs').writeFileSync(__dirname + '/a.yml', 'x: 2'); exports.b = 0;"
        let files = ["a.yml": "x: 1\n", "a.js": "exports.a = 0;", "b.js": change]
        #expect(try await ServiceFixture.custom(custom, files: files) == ["a": 0, "b": 1, "c": 0, "d": 1])
    }

    @Test func `a program asks a second question while another program answers its first`() async throws {
        let asking = """
            module.exports = async ({ resolveVariable }) => {
              const [other, stage] = await Promise.all([resolveVariable('file(b.js)'), resolveVariable('sls:stage')]);
              return { other, stage };
            };
            """
        let answering =
            "module.exports = async () => { await new Promise((done) => setTimeout(done, 50)); return 'b'; };"
        let json = try await ServiceFixture.custom("  a: ${file(a.js)}", files: ["a.js": asking, "b.js": answering])
        #expect(json?["a"] == ["other": "b", "stage": "dev"])
    }

    @Test func `variables in the text that a program returns are resolved`() async throws {
        let text = "module.exports = { list: ['${self:service}', 'x-${sls:stage}'] };"
        #expect(
            try await ServiceFixture.custom("  a: ${file(a.js)}", files: ["a.js": text])?["a"]
                == ["list": ["demo", "x-dev"]]
        )
    }
}
