import ConfigurationFormats
import ConfigurationValues
import Diagnostics
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

struct PrintTests {
    /// A value as JSON, and as js-yaml writes it.
    @Test(arguments: [
        (#"{"a":1,"b":[1,{"c":null}],"d":{},"e":[]}"#, "a: 1\nb:\n  - 1\n  - c: null\nd: {}\ne: []"),
        (#"[["a","b"],[{"x":1,"z":2}]]"#, "- - a\n  - b\n- - x: 1\n    z: 2"),
        (
            ##"["true","yes","12","0x1","","~","a: b","a:b","# c","a #b","a#b","- x","-x","@x","x:","'"]"##,
            "- 'true'\n- 'yes'\n- '12'\n- '0x1'\n- ''\n- '~'\n- 'a: b'\n- a:b\n- '# c'\n- 'a #b'\n- a#b\n- '- x'\n"
                + "- '-x'\n- '@x'\n- 'x:'\n- ''''"
        ),
        (
            #"["2012-10-17","12:30","1_000",".5","é 井 🌾"," x","x "]"#,
            "- '2012-10-17'\n- '12:30'\n- 1_000\n- '.5'\n- é 井 🌾\n- ' x'\n- 'x '"
        ),
        (
            #"["two\nlines\n","no end\nhere","\n","kept\n\n"," indented\nblock"]"#,
            "- |\n  two\n  lines\n- |-\n  no end\n  here\n- |+\n\n- |+\n  kept\n\n- |2-\n   indented\n  block"
        ),
        (#"["bell\u0007","\u00a0"]"#, #"- "bell\a""# + "\n" + #"- "\_""#),
        (#"[1.5,1e21,-3,1e-7]"#, "- 1.5\n- 1e+21\n- -3\n- 1.e-7"),
    ])
    func `YAML is written in js-yaml's style`(_ json: String, _ yaml: String) throws {
        let value = try JSONValue(parsing: json)
        #expect(try ConfigurationPrint.text(of: ConfigurationValue(value)) == yaml)
        #expect(try YAMLReader.read(Array(yaml.utf8), file: "a.yml")?.json == value)
    }

    @Test func `long lines are folded at spaces`() throws {
        let text = String(repeating: "word ", count: 30).trimmingBlanks()
        let yaml = try ConfigurationPrint.text(of: ConfigurationValue(.map(["a": ConfigurationValue(.string(text))])))
        #expect(yaml.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(yaml.hasPrefix("a: >-\n  word word"))
        #expect(try YAMLReader.read(Array(yaml.utf8), file: "a.yml")?["a"]?.string == text)
    }

    private let root = ConfigurationValue([
        "a": ["b", ["c": 1]], "zero": 0, "none": .null, "map": ["x": true, "y": "t"],
    ])

    @Test(
        arguments: [
            ("a.1.c", nil, "text", "1"), ("a", "keys", "json", "[\n  \"0\",\n  \"1\"\n]"), ("zero", nil, "text", "0"),
            ("map", "keys", "text", "x\ny"), ("map.y", nil, nil, "t"), ("a.0", nil, "json", "\"b\""),
            ("map.y", "keys", "text", "0"),
        ] as [(String, String?, String?, String)]
    )
    func `a part of the configuration is printed`(
        _ path: String,
        _ transform: String?,
        _ format: String?,
        _ text: String
    ) throws {
        #expect(try ConfigurationPrint.text(of: root, format: format, path: path, transform: transform) == text)
    }

    @Test(
        arguments: [
            ("absent", nil, nil, "absent"), ("a", "values", nil, "keys"), ("a", nil, "xml", "xml"),
            ("map", nil, "text", "map"),
            ("a.9", nil, nil, "a.9"),
        ] as [(String, String?, String?, String)]
    )
    func `a part that cannot be printed is an error`(
        _ path: String,
        _ transform: String?,
        _ format: String?,
        _ word: String
    ) throws {
        let error = #expect(throws: DiagnosticError.self) {
            try ConfigurationPrint.text(of: root, format: format, path: path, transform: transform)
        }
        #expect(try #require(error).description.contains(word))
    }
}

extension String {
    fileprivate func trimmingBlanks() -> String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
