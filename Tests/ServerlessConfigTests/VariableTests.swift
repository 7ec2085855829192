import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

struct VariableTests {
    private static let cases: [TextCase] = [
        // a single variable keeps its type, in other text it becomes a string
        .init("${self:custom.number}", 5), .init("a${self:custom.number}", "a5"),
        .init("${self:custom.list}", [1, "two"]),
        .init("${self:custom.map}", ["x": 1]), .init("a ${self:custom.list}", "a 1,two"),
        .init("${self:custom.no}", false),
        // addresses
        .init("${self:custom.list.1}", "two"), .init("${self:custom.list.length}", 2), .init("${self:service}", "demo"),
        .init("${self:service.1}", "e"), .init("${self:service.length}", 4), .init("${self:service.9, 'end'}", "end"),
        .init("${self:custom.list.01, 'end'}", "end"), .init("${self:custom.list.+1, 'end'}", "end"),
        .init("${ self:custom.number }", "${ self:custom.number }"), .init("${self: custom.number }", 5),
        .init("${self:custom.${self:custom.name}}", 5), .init("${self:custom.${self:custom.na}me}", "number"),
        // fallbacks
        .init("${env:NOT, self:custom.number}", 5), .init("${env:NOT,'it, is'}", "it, is"),
        .init(#"${env:NOT, "tab\t\u00e9}"}"#, "tab\té}"), .init("${env:NOT, null}", .null), .init("${env:NOT, -7}", -7),
        .init("${env:NOT, 3.50}", 3.5), .init("${env:NOT, 0x1F}", 31), .init("${env:NOT, 0b11}", 3),
        .init("${env:NOT, 0o17}", 15), .init("${self:\tcustom.number\t}", 5), .init("${self:\ncustom.number}", 5),
        .init("${env:NOT, true}", true), .init("${env:NOT, ''}", ""),
        .init("${env:NOT, env:NOR, 'end'}", "end"), .init("${self:custom.none, 'end'}", "end"),
        .init("${env:SET}", "set"), .init("${opt:stage, 'none'}", "none"), .init("${sls:stage}", "dev"),
        .init("${aws:region}", "us-east-1"), .init("${param:p}", "from default"),
        // booleans
        .init("${strToBool(1)}", true), .init("${strToBool('FALSE')}", false), .init("${strToBool(${env:T})}", true),
        // other text in braces
        .init("${AWS::Region}", "${AWS::Region}"), .init("${aws::region}", "${aws::region}"), .init("${}", "${}"),
        .init("${name}", "${name}"), .init("${some text: here}", "${some text: here}"), .init("${unended", "${unended"),
        .init("${a b ${self:service} c}", "${a b demo c}"), .init("$5 and {x}", "$5 and {x}"),
        // escapes
        .init(#"\${self:service}"#, "${self:service}"), .init(#"a \${x} ${self:service}"#, "a ${x} demo"),
        .init(#"\\${self:service}"#, #"\demo"#), .init(#"\\\${self:service}"#, #"\${self:service}"#),
        .init(#"a\b"#, #"a\b"#), .init("$${self:service}", "demo"), .init("1$${self:service}", "1demo"),
        // values with variables
        .init("${env:BRINGS}", "demo"), .init("<${env:BRINGS}>", "<demo>"),
        .init("${env:PART}{self:service}", "${self:service}"),
    ]

    private static let custom = """
          number: 5
          name: number
          na: na
          list: [1, two]
          map: { x: 1 }
          no: false
          none: null
        """

    @Test(arguments: cases)
    private func `a string is resolved to its value`(_ item: TextCase) async throws {
        let quoted = JSONWriter().text(of: .string(item.text))
        let yaml = """
            service: demo
            provider: { name: aws, runtime: python3.12 }
            params: { default: { p: from default } }
            custom:
            \(Self.custom)
              test: \(quoted)
            """
        let resolved = try await ServiceFixture.load(
            files: ["serverless.yml": yaml],
            environment: ["SET": "set", "T": "true", "BRINGS": "${self:service}", "PART": "$"]
        )
        #expect(resolved.root["custom"]?.map?["test"]?.json == item.value)
    }

    @Test func `values of files can contain variables`() async throws {
        let custom = """
              all: ${file(conf/a.yml)}
              part: ${file(./conf/a.yml):list.0.name}
              text: ${file(conf/t.txt)}
              json: ${file(conf/${self:service}.json):deep.value}
              through: ${file(conf/a.yml):alias.x}
              missing: ${file(absent.yml):a, 'gone'}
            """
        let files = [
            "conf/a.yml": "list: [{ name: 'n-${self:service}' }]\nalias: ${file(conf/b.yml)}\n",
            "conf/b.yml": "x: !Ref Thing\n", "conf/t.txt": "line\n", "conf/demo.json": #"{"deep":{"value":[1]}}"#,
        ]
        let json = try #require(try await ServiceFixture.custom(custom, files: files))
        #expect(json["all"] == ["list": [["name": "n-demo"]], "alias": ["x": ["Ref": "Thing"]]])
        #expect(json["part"] == "n-demo")
        #expect(json["text"] == "line\n")
        #expect(json["json"] == [1])
        #expect(json["through"] == ["Ref": "Thing"])
        #expect(json["missing"] == "gone")
    }

    @Test func `parameters come from the command line, then the stage, then the default`() async throws {
        let yaml = """
            service: demo
            provider: { name: aws, runtime: python3.12, stage: prod }
            params:
              default: { a: default, b: default, c: default }
              prod: { b: prod, c: prod, d: "${self:service}" }
            custom: { all: "${param:a} ${param:b} ${param:c} ${param:d}" }
            """
        let resolved = try await ServiceFixture.load(
            files: ["serverless.yml": yaml],
            arguments: ["--param", "c=cli=1"]
        )
        #expect(resolved.root["custom"]?["all"]?.string == "default prod cli=1 demo")
    }

    @Test(arguments: [("${param:place}", "eu-north-1"), ("eu-west-1", "us-west-2"), ("${opt:region}", "us-west-2")])
    func `a region that is resolved late takes precedence over the command line`(
        _ written: String,
        _ region: String
    ) async throws {
        let yaml = """
            service: demo
            params: { default: { place: eu-north-1 } }
            provider: { name: aws, runtime: python3.12, region: "\(written)" }
            custom: { region: "${self:provider.region}", late: "${param:place}" }
            """
        let resolved = try await ServiceFixture.load(
            files: ["serverless.yml": yaml],
            arguments: ["--region", "us-west-2"]
        )
        #expect(resolved.root["provider"]?["region"]?.string == region)
    }

    @Test(arguments: [(9, true), (10, false)])
    func `an address is followed ten times at most`(_ count: Int, _ isFollowed: Bool) async throws {
        var files = ["f\(count).txt": "end"]
        for number in 0..<count { files["f\(number).txt"] = "${file(f\(number + 1).txt)}" }
        let custom = "  end: 1\n  a: ${self:custom.${file(f0.txt)}}"
        if isFollowed {
            #expect(try await ServiceFixture.custom(custom, files: files)?["a"] == 1)
        } else {
            await #expect(throws: DiagnosticError.self) { try await ServiceFixture.custom(custom, files: files) }
        }
    }

    @Test func `values that variables nest too deeply are an error`() async throws {
        let (open, close) = (String(repeating: "[", count: 200), String(repeating: "]", count: 200))
        var custom = "  l0: 1\n"
        for level in 1...300 { custom += "  l\(level): \(open)\"${self:custom.l\(level - 1)}\"\(close)\n" }
        let text = custom
        let error = await #expect(throws: DiagnosticError.self) { try await ServiceFixture.custom(text) }
        #expect(error?.diagnostics.first?.code == .variableNestingTooDeep)
    }

    @Test func `a stage that is a number stays a number`() async throws {
        let yaml = """
            service: demo
            provider: { name: aws, runtime: python3.12, stage: 12 }
            custom: { stage: "${sls:stage}" }
            """
        let resolved = try await ServiceFixture.load(files: ["serverless.yml": yaml])
        #expect(resolved.root["custom"]?["stage"]?.number == 12)
    }

    @Test(arguments: ["number", "list", "map"])
    func `an address in the configuration must be a string`(_ name: String) async throws {
        let custom = "  number: 5\n  list: [a]\n  map: {}\n  test: ${self:${self:custom.\(name)}, 'end'}"
        await #expect(throws: DiagnosticError.self) { _ = try await ServiceFixture.custom(custom) }
    }

    @Test(arguments: ["${self:", "${"])
    func `variables that are nested without end are an error`(_ opening: String) async throws {
        let custom = "  test: '" + String(repeating: opening, count: 100_000) + "'"
        let error = await #expect(throws: DiagnosticError.self) { _ = try await ServiceFixture.custom(custom) }
        #expect(error?.diagnostics.first?.code == .invalidVariableSyntax)
    }

    @Test func `defaults of the provider are available to variables that are resolved late, but not to others`()
        async throws
    {
        let late = "  a: ${param:none, self:provider.stage}\n  b: ${param:none, self:provider.region}"
        let json = try await ServiceFixture.custom(late, arguments: ["--region", "eu-west-1"])
        #expect(json == ["a": "dev", "b": "eu-west-1"])
        await #expect(throws: DiagnosticError.self) {
            _ = try await ServiceFixture.custom("  a: ${self:provider.stage}")
        }
    }

    @Test func `the .env file of a stage replaces the default .env file`() async throws {
        let yaml = """
            service: demo
            useDotenv: true
            provider: { name: aws, runtime: python3.12, stage: "${opt:stage, 'dev'}" }
            custom: { a: "${env:A}", b: "${env:B, 'none'}" }
            """
        let files = ["serverless.yml": yaml, ".env": "A=dev\nB=dev", ".env.prod": "A=prod"]
        let custom = try await ServiceFixture.load(files: files, arguments: ["--stage", "prod"]).root["custom"]
        #expect(custom?.json == ["a": "prod", "b": "none"])
        #expect(try await ServiceFixture.load(files: files).root["custom"]?.json == ["a": "dev", "b": "dev"])
        let set = try await ServiceFixture.load(files: files, environment: ["A": "set"])
        #expect(set.root["custom"]?["a"]?.string == "set")
    }

    @Test func `an environment variable with invalid syntax is not shown`() async throws {
        let yaml = """
            service: demo
            provider: { name: aws }
            custom: { password: "${env:PASSWORD}" }
            """
        let error = await #expect(throws: DiagnosticError.self) {
            try await ServiceFixture.load(
                files: ["serverless.yml": yaml],
                environment: ["PASSWORD": "hush${self:x", "SLS_DEPRECATION_DISABLE": "*"]
            )
        }
        let diagnostic = try #require(error?.diagnostics.first)
        #expect(diagnostic.code == .invalidVariableSyntax)
        #expect(diagnostic.message.contains("'custom.password'"))
        #expect(!"\(diagnostic)".contains("hush"))
    }
}
