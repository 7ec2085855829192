import ConfigurationValues
import Diagnostics
import OrderedJSON
import ServerlessConfig
import Testing

/// The sources of variables: their values, and the errors of missing or invalid arguments.
struct VariableSourceTests {
    private static let custom = """
          map: { x: 1 }
          list: [a, b]
          none: null
          self: ${self:custom.self2}
          self2: ${self:custom.self}
        """

    private static let files = [
        "a.yml": "x: 1\nlist: [a]\nnone: null\n", "empty.yml": "", "null.yml": "null\n",
        "a.json": #"{"x": [1, {"y": 2}]}"#,
        "text.txt": "text", "broken.yml": "a: [\n", "broken.json": "{",
    ]

    private func load(_ text: String, isAlone: Bool = true) async throws -> JSONValue? {
        let circles = isAlone ? Self.custom.split(separator: "\n").dropLast(2).joined(separator: "\n") : Self.custom
        let quoted = JSONWriter().text(of: .string(text))
        return try await ServiceFixture.custom(
            circles + "\n  test: \(quoted)",
            files: Self.files,
            arguments: ["--stage", "prod", "--param", "p=1"],
            environment: ["SET": "set", "EMPTY": ""]
        )?["test"]
    }

    @Test(
        arguments: [
            ("${env:SET}", "set"), ("${env:EMPTY}", ""), ("${env:EMPTY, 'x'}", ""), ("${env:}", nil),
            ("${env:NOT}", nil),
            ("${opt:stage}", "prod"), ("${opt:nope}", nil), ("${opt:nope, opt:stage}", "prod"),
            ("${sls:stage}", "prod"), ("${sls:}", nil), ("${sls:nope}", nil), ("${sls:nope, 'x'}", nil),
            ("${param:p}", "1"), ("${param:}", nil), ("${param:q}", nil), ("${param:q, 5}", 5),
            ("${strToBool(TRUE)}", true), ("${strToBool(' 1 ')}", true), ("${strToBool('0')}", false),
            ("${strToBool('False')}", false), ("${strToBool()}", nil), ("${strToBool('x')}", nil),
            ("${strToBool(0)}", nil),
            ("${strToBool(,true)}", nil), ("${aws:region}", "us-east-1"),
            ("${aws:accountId}", nil), ("${aws:}", nil), ("${cf:stack.output}", nil), ("${ssm:/x, 'y'}", nil),
            ("${s3:b/k}", nil),
            ("${nope:x}", nil), ("${enb:SET}", nil), ("${nope:x, 'y'}", nil), ("${env:NOT, nope:x}", nil),
            ("${self:custom.map}", ["x": 1]), ("${self:custom.map.x}", 1), ("${self:custom.list.0}", "a"),
            ("${self:custom.list.2, 'end'}", "end"), ("${self:custom.map.y, null}", .null),
            ("${self:custom.map.x.y, 'end'}", "end"),
            ("${self:custom.none}", nil), ("${self:custom.nope}", nil), ("${self:nope.nope}", nil),
            ("${file()}", nil), ("${file(a.yml)}", ["x": 1, "list": ["a"], "none": .null]), ("${file(a.yml):x}", 1),
            ("${file(./a.yml):list.0}", "a"), ("${file(a.yml):none}", nil), ("${file(a.yml):none, 'end'}", "end"),
            ("${file(a.yml):nope}", nil), ("${file(a.yml):list.x, 'end'}", "end"), ("${file(a.json):x.1.y}", 2),
            ("${file(empty.yml)}", nil), ("${file(empty.yml), 'end'}", nil), ("${file(empty.yml):x, 'end'}", "end"),
            ("${file(null.yml)}", nil), ("${file(null.yml), 'end'}", "end"), ("${file(text.txt)}", "text"),
            ("${file(text.txt):0}", "t"), ("${file(nope.yml)}", nil), ("${file(nope.js), 'end'}", "end"),
            ("${file(broken.yml), 'end'}", nil), ("${file(broken.json), 'end'}", nil),
            ("${file(${self:custom.map})}", nil),
            ("${env:${self:custom.map}}", nil), ("${self:${self:custom.list}}", nil),
            ("${env:${self:custom.list}, 'end'}", "end"),
            ("${self:custom.test}", nil), ("${self:custom}", nil), ("${self:}", nil),
            ("${self:custom.test.x, 'end'}", nil),
            ("a${self:custom.map}", nil), ("${env:SET}-${env:SET}", "set-set"), ("${env:SET}${env:NOT, ''}", "set"),
            ("${env:NOT, null}", .null), ("x${env:NOT, null}", nil),
        ] as [(String, JSONValue?)]
    )
    func `a source has a value, or an error at its property`(text: String, value: JSONValue?) async throws {
        guard let value else {
            let error = await #expect(throws: DiagnosticError.self) { try await load(text) }
            #expect(error?.diagnostics.count == 1)
            #expect(error?.diagnostics.first?.place != nil)
            return
        }
        #expect(try await load(text) == value)
    }

    @Test(arguments: [
        ("${env:NOT}", "the environment variable 'NOT' is not set", "set NOT, or put it in .env"),
        ("${env:SE}", "the environment variable 'SE' is not set", "did you mean 'SET'?"),
        ("${opt:nope}", "this command has no option '--nope'", "write '${param:nope}'"),
        ("${opt:region}", "the option '--region' is not given", "write '${aws:region}'"),
        ("${param:missing}", "the parameter 'missing' is not set", "pass --param \"missing=VALUE\""),
        ("${self:nope}", "the configuration has no 'nope'", "add 'nope' to the configuration"),
        ("${self:custom.lst}", "the configuration has no 'custom.lst'", "did you mean 'custom.list'?"),
        ("${self:service.name}", "the configuration has no 'service.name'", "write '${self:service}'"),
        ("${file(nope.yml)}", "there is no file 'nope.yml'", "create 'nope.yml'"),
        ("${file(b.yml):nope}", "there is no file 'b.yml'", "did you mean 'a.yml'?"),
        ("${file(sub/a.yml)}", "there is no file 'sub/a.yml'", "create 'sub' with 'a.yml'"),
        ("${file(a.yml):missing}", "'a.yml' has no 'missing'", "add 'missing' to 'a.yml'"),
        ("${file(null.yml)}", "the value of 'null.yml' is null", "write a value into 'null.yml'"),
        ("${nope:x}", "unknown variable source 'nope'", "use one of these sources"),
    ])
    func `an error says why there is no value, and the best remedy first`(
        _ text: String,
        _ message: String,
        _ help: String
    ) async throws {
        let error = await #expect(throws: DiagnosticError.self) { try await load(text) }
        let diagnostic = try #require(error?.diagnostics.first)
        #expect(error?.diagnostics.count == 1)
        #expect(diagnostic.message.hasSuffix(": " + message))
        #expect(diagnostic.help.first?.hasPrefix(help) == true, "\(diagnostic.help)")
        #expect(!diagnostic.help.joined().contains("--nope"))
    }

    @Test func `an error of a variable with fallbacks has a note for each source`() async throws {
        let error = await #expect(throws: DiagnosticError.self) { try await load("${env:NOT, opt:nope, self:nope}") }
        #expect(error?.diagnostics.first?.notes.count == 3)
        #expect(error?.diagnostics.first?.help.count == 3)
    }

    @Test func `properties that refer to each other are an error with the chain`() async throws {
        let error = await #expect(throws: DiagnosticError.self) { try await load("x", isAlone: false) }
        let message = try #require(error?.diagnostics.first).message
        #expect(message.contains("custom.self") && message.contains("custom.self2"))
    }

    @Test func `the instance has one number in all properties`() async throws {
        let text = try #require(try await load("${sls:instanceId}-${sls:instanceId}")?.stringValue)
        let parts = text.split(separator: "-")
        #expect(parts.count == 2 && parts[0] == parts[1])
        #expect(Int64(parts[0]) ?? 0 > 1_600_000_000_000)
    }
}
