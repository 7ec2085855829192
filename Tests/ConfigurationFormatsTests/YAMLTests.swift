import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import OrderedJSON
import Testing

struct YAMLTests {
    private func read(_ text: String) throws -> ConfigurationValue? {
        try YAMLReader.read(Array(text.utf8), file: "a.yml")
    }

    /// YAML 1.2 core schema, as js-yaml reads it.
    private static let scalars: [TextCase] = [
        .init("~", .null), .init("null", .null), .init("NULL", .null), .init("nULL", "nULL"), .init("''", ""),
        .init("true", true), .init("False", false), .init("yes", "yes"), .init("on", "on"), .init("No", "No"),
        .init("12", 12), .init("012", 12), .init("0o14", 12), .init("0x1F", 31), .init("0b101", 5), .init("-0x10", -16),
        .init("+7", 7), .init("1_000", "1_000"), .init("0x", "0x"), .init("0b2", "0b2"), .init("08", 8),
        .init("1.5", 1.5), .init(".5", 0.5), .init("5.", 5), .init("1e3", 1000), .init("1E-2", 0.01), .init("1e", "1e"),
        .init("+.5", "+.5"), .init(".", "."), .init("1.2.3", "1.2.3"), .init("12:30:45", "12:30:45"),
        .init("9007199254740993", 9_007_199_254_740_992), .init("12345678901234567890", 12_345_678_901_234_567_168.0),
        .init("'012'", "012"), .init("\"true\"", "true"), .init("2012-10-17", "2012-10-17"),
        .init("2024-02-29T12:00:00Z", "2024-02-29T12:00:00.000Z"),
        .init("2024-02-29 13:14:15.5 +1", "2024-02-29T12:14:15.500Z"),
        .init("2024-3-1t00:30:00-00:45", "2024-03-01T01:15:00.000Z"), .init("2024-02-29T12:00", "2024-02-29T12:00"),
        .init("!!str 12", "12"), .init("! 12", "12"), .init("!!int '12'", 12), .init("!!float 3", 3),
    ]

    @Test(arguments: scalars)
    private func `a scalar has the same type as in js-yaml`(_ item: TextCase) throws {
        #expect(try read("- \(item.text)\n")?.json == .array([item.value]))
    }

    @Test(arguments: [
        ("!Ref A", #"{"Ref":"A"}"#),
        ("!Condition A", #"{"Condition":"A"}"#),
        ("!GetAtt A.B.C", #"{"Fn::GetAtt":["A","B.C"]}"#),
        ("!GetAtt [A, B]", #"{"Fn::GetAtt":["A","B"]}"#),
        ("!Sub '${A}'", #"{"Fn::Sub":"${A}"}"#),
        ("!Ref 12", #"{"Ref":"12"}"#),
        ("!GetAZs ''", #"{"Fn::GetAZs":""}"#),
        ("!GetAZs", #"{"Fn::GetAZs":null}"#),
        ("!Join ['-', [!Ref A, b]]", #"{"Fn::Join":["-",[{"Ref":"A"},"b"]]}"#),
        ("!If [c, !Ref A, { x: !Sub y }]", #"{"Fn::If":["c",{"Ref":"A"},{"x":{"Fn::Sub":"y"}}]}"#),
    ])
    func `a short form is expanded to the long form`(_ text: String, _ json: String) throws {
        #expect(try read(text)?.json == JSONValue(parsing: json))
    }

    @Test func `keys of a mapping take precedence over merged keys, before or after them`() throws {
        let text = """
            base: &base { a: 1, b: 2 }
            more: &more { b: 3, c: 4 }
            one: { <<: *base, b: 5 }
            two: { b: 5, <<: *base }
            three: { <<: [*base, *more] }
            four: { <<: *base, <<: *more }
            """
        let json = try #require(try read(text)?.json)
        #expect(json["one"] == ["a": 1, "b": 5])
        #expect(json["two"] == ["b": 5, "a": 1])
        #expect(json["three"] == ["a": 1, "b": 2, "c": 4])
        #expect(json["four"] == ["a": 1, "b": 2, "c": 4])
    }

    @Test func `keys are converted to strings as in JavaScript`() throws {
        let json = try read("{ 012: a, 1.0: b, TRUE: c, ~: d, 1e3: e }\n")?.json
        #expect(json == ["1": "b", "12": "a", "1000": "e", "true": "c", "null": "d"])
        #expect(try read("? [a, [b]]\n: c\n".replacing("[b]", with: "b"))?.json == ["a,b": "c"])
    }

    @Test func `values have a line and a column in characters`() throws {
        let node = try #require(try read("größe: 1\nliste:\n  - ä: [x, 'y']\n"))
        #expect(node["größe"]?.place == SourcePlace(file: "a.yml", line: 1, column: 8))
        let item = try #require(node["liste"]?.list?.first?["ä"])
        #expect(item.keyPlace == SourcePlace(file: "a.yml", line: 3, column: 5))
        #expect(item.list?.last?.place == SourcePlace(file: "a.yml", line: 3, column: 12))
    }

    @Test func `lines that contain only tabs are ignored`() throws {
        #expect(try read("a: 1\n\t\n  \t# note\nb: 2\n")?.json == ["a": 1, "b": 2])
    }

    @Test func `names of anchors can contain nearly every character`() throws {
        let text = "a: &x.y 1\nb: &x/y 2\nc: [*x.y, *x/y, '*x.y']\nd: a &x.y\n"
        #expect(try read(text)?.json == ["a": 1, "b": 2, "c": [1, 2, "*x.y"], "d": "a &x.y"])
    }

    @Test(
        arguments: [
            ("a: |\n  b", ["a": "b\n"]), ("a: |-\n  b", ["a": "b"]), ("a: >+\n  b", ["a": "b\n"]),
            ("\u{FEFF}---\na: 1\n", ["a": 1]), ("a:\n-\tb\n- \tc\n", ["a": ["b", "c"]]),
            ("a: [::/0, :b c]\n", ["a": ["::/0", ":b c"]]), ("a: {b: ::/0}\n", ["a": ["b": "::/0"]]),
            (#"a: "\ud83e\udd50 \u00e9""#, ["a": "🥐 é"]), ("a: !\n", ["a": .null]), ("a: ! ''\n", ["a": ""]),
        ] as [(String, JSONValue)]
    )
    func `constructs that js-yaml allows are accepted`(_ text: String, _ value: JSONValue) throws {
        #expect(try read(text)?.json == value)
    }

    @Test func `a comment does not have to be UTF-8`() throws {
        let text = Array("# caf".utf8) + [0xE9] + Array("\na: 1\n".utf8)
        #expect(try YAMLReader.read(text, file: "a.yml")?.json == ["a": 1])
    }

    @Test func `integer keys come first`() throws {
        let node = try read("{ b: 1, 10: 2, 9: 3, a: 4, 011: 5, '07': 6, -1: 7 }\n")
        #expect(node?.map?.keys == ["9", "10", "11", "b", "a", "07", "-1"])
    }

    @Test func `an empty document has no value`() throws {
        #expect(try read("") == nil)
        #expect(try read("# nothing\n") == nil)
        #expect(try read("\u{FEFF}a: 1")?.json == ["a": 1])
    }

    @Test(arguments: [
        ("a: 1\na: 2\n", YAMLError(.duplicateKey("a", firstLine: 1), line: 2, column: 1)),
        ("a: !Nope b\n", YAMLError(.unknownTag("!Nope"), line: 1, column: 4)),
        ("a: *b\n", YAMLError(.unknownAlias("b"), line: 1, column: 4)),
        ("a: &b [*b]\n", YAMLError(.recursiveAlias("b"), line: 1, column: 8)),
        ("<<: 1\n", YAMLError(.mergeOfNonMapping, line: 1, column: 1)),
        ("a: !!int b\n", YAMLError(.tagDoesNotFit("!!int"), line: 1, column: 4)),
        ("a: 1\n---\nb: 2\n", YAMLError(.severalDocuments, line: 2, column: 1)),
        ("? [[a]]\n: b\n", YAMLError(.listInListAsKey, line: 1, column: 3)),
    ])
    func `an error has its line and column`(_ text: String, _ error: YAMLError) {
        #expect(throws: error) { try read(text) }
    }

    @Test func `nested aliases cannot exhaust the memory`() {
        var text = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let items = Array(repeating: "*l\(level - 1)", count: 10).joined(separator: ", ")
            text += "l\(level): &l\(level) [\(items)]\n"
        }
        #expect { try read(text) } throws: { ($0 as? YAMLError)?.reason == .tooLarge }
    }

    @Test func `values that are nested too deeply are an error`() {
        let text = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
        #expect { try read(text) } throws: { ($0 as? YAMLError)?.reason == .tooDeep }
    }

    @Test func `values that aliases nest too deeply are an error`() throws {
        func text(levels: Int) -> String {
            var text = "l0: &l0 1\n"
            for level in 1...levels {
                text += "l\(level): &l\(level) [[[[[[[[[[*l\(level - 1)]]]]]]]]]]\n"
            }
            return text
        }
        #expect(try read(text(levels: 25))?["l25"]?.list != nil)
        let error = #expect(throws: YAMLError.self) { try read(text(levels: 26)) }
        #expect(error == YAMLError(.tooDeep, line: 27, column: 21))
        #expect { try read(text(levels: 4000)) } throws: { ($0 as? YAMLError)?.reason == .tooDeep }
    }

    @Test
    func `an error that rewriting cannot remove is reported, and the text does not grow without end`() {
        #expect(throws: DiagnosticError.self) {
            try ConfigurationText.yaml(Array("a: {b:?*x}\n".utf8), file: "serverless.yml")
        }
    }
}
