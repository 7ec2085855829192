import ConfigurationValues
import OrderedJSON
import Testing

@testable import ServerlessConfig

/// The syntax of variables: what is parsed, and where errors are.
struct VariableParserTests {
    /// The variables of a string with their ranges, as `start-end source|source`; `nil` if there are none.
    private func parse(_ text: String) throws -> String? { try VariableParser.parse(text).map(show) }

    private func show(_ text: VariableText) -> String {
        text.variables
            .map { variable in
                let range = "\(variable.range.lowerBound)-\(variable.range.upperBound)"
                switch variable.content {
                case .escape(let text): return "\(range) escape \(text)"
                case .sources(let sources): return "\(range) " + sources.map(show).joined(separator: "|")
                }
            }
            .joined(separator: "; ")
    }

    private func show(_ source: VariableSource) -> String {
        switch source {
        case .literal(let value): return show(value)
        case .lookup(let type, let parameters, let address):
            let list = parameters.map { "(" + $0.map(show).joined(separator: ",") + ")" } ?? ""
            return type + list + (address.map { ":" + show($0) } ?? "")
        }
    }

    private func show(_ argument: VariableArgument) -> String {
        switch argument {
        case .literal(let value): show(value)
        case .text(let text): "<\(String(decoding: text.bytes, as: UTF8.self)) \(show(text))>"
        }
    }

    private func show(_ value: ConfigurationValue) -> String { JSONWriter().text(of: value.json) }

    @Test(
        arguments: [
            ("${self:a}", #"0-9 self:"a""#), ("x${self:a.b}y", #"1-12 self:"a.b""#), ("${self:}", "0-8 self"),
            ("${self:,1}", "0-10 self|1"), ("${a1B.c-d:e}", #"0-12 a1B.c-d:"e""#),
            ("${self:a, self:b,'c'}", #"0-21 self:"a"|self:"b"|"c""#),
            ("${self:a , env:b , 1}", #"0-21 self:"a"|env:"b"|1"#),
            ("${self: a b }", #"0-13 self:"a b""#), ("${self:\ta\n}", #"0-11 self:"a""#),
            ("${f()}", "0-6 f()"), ("${f(a.yml)}", #"0-11 f("a.yml")"#), ("${f(a):b}", #"0-9 f("a"):"b""#),
            ("${f(a):}", #"0-8 f("a")"#), ("${f(a) :b}", #"0-10 f("a"):"b""#), ("${f(a) , 1}", #"0-11 f("a")|1"#),
            ("${f('a', \"b\" ,c)}", #"0-17 f("a","b","c")"#), ("${f(,a,)}", #"0-9 f(null,"a")"#),
            ("${f( a )}", #"0-9 f("a")"#),
            ("${f('a',)}", #"0-10 f("a")"#), ("${f(a,,b)}", #"0-10 f("a",null,"b")"#),
            ("${f(0)}", "0-7 f(null)"), ("${f(false)}", "0-11 f(null)"), ("${f(null)}", "0-10 f(null)"),
            ("${f(true)}", "0-10 f(true)"), ("${f(5)}", "0-7 f(5)"), ("${f('0')}", #"0-9 f("0")"#),
            ("${f(${self:a}b)}", #"0-16 f(<${self:a}b 0-9 self:"a">)"#),
            ("${f(x, ${self:a} )}", #"0-19 f("x",<${self:a} 0-9 self:"a">)"#),
            ("${self:a${self:b}}", #"0-18 self:<a${self:b} 1-10 self:"b">"#),
            ("x${self:a${b:c${d:e}}}", #"1-22 self:<a${b:c${d:e}} 1-13 b:<c${d:e} 1-7 d:"e">>"#),
            ("${self:'q' }", #"0-12 self:"q""#), ("${self:'a,}',1}", #"0-15 self:"a,}"|1"#),
            (#"${self:"a\u0041"}"#, #"0-17 self:"aA""#), (#"${self:a, "\"}"}"#, #"0-16 self:"a"|"\"}""#),
            (#"${self:a, '\'}"#, #"0-14 self:"a"|"\\""#), ("${env:A, -1.5e3}", #"0-16 env:"A"|-1500"#),
            ("${f9Zz:A,9}", #"0-11 f9Zz:"A"|9"#),
            ("${env:A, f(x):y, true }", #"0-23 env:"A"|f("x"):"y"|true"#), ("${env:A, f(x)}", #"0-14 env:"A"|f("x")"#),
            ("${self:a}${self:b}", #"0-9 self:"a"; 9-18 self:"b""#),
            ("$${self:a}", #"0-10 self:"a""#), ("$x${self:a}", #"2-11 self:"a""#), ("$$ ${self:a}", #"3-12 self:"a""#),
            ("$}${self:a}", #"2-11 self:"a""#), ("$\\${self:a}", #"2-11 self:"a""#),
            (#"\${self:a}"#, "0-2 escape $"), (#"\\${self:a}"#, #"0-2 escape \; 2-11 self:"a""#),
            (#"\\\${self:a}"#, #"0-4 escape \$"#), (#"\a${self:a}"#, #"2-11 self:"a""#),
            (#"\$a${self:a}"#, #"3-12 self:"a""#),
            (#"\${a}\${b}"#, "0-2 escape $; 5-7 escape $"),
            ("${a b ${self:c} d}${self:e}", #"6-15 self:"c"; 18-27 self:"e""#), ("${A ${self:a}}", #"4-13 self:"a""#),
            ("${aws::${self:a}}", #"7-16 self:"a""#), ("${${self:a}}", #"2-11 self:"a""#),
        ] as [(String, String)]
    )
    func `variables are parsed with their ranges, parameters, addresses and fallbacks`(
        text: String,
        expected: String
    ) throws {
        #expect(try parse(text) == expected)
    }

    @Test(arguments: [
        "", "a", "$", "${", "${}", "a$", "$}", "{x}", "$ {self:a}", "${a}", "${A:b}", "${AWS::Region}",
        "${aws::region}",
        "${a b}", "${a", "${1a:b}", "${a_b:c}", "\\a", "\\$x",
    ])
    func `a string without variables has none`(text: String) throws {
        #expect(try parse(text) == nil)
    }

    @Test(arguments: [
        "${a:x}", "${z:x}", "${a9Z:x}", "${a:x, a:y}", "${a:x, z:y}", "${a:x, a9:y}", "${a:x, aB:y}", "${z(x)}",
    ])
    func `the name of a source begins with a lowercase letter`(text: String) throws {
        #expect(try parse(text) != nil)
    }

    @Test(arguments: [
        ("${self:a", 8, VariableSyntaxError.Reason.unterminated), ("${self:", 7, .unterminated),
        ("${self:a,", 9, .unterminated), ("${self:a, ", 10, .unterminated), ("${self:a, b", 11, .unterminated),
        ("${self:a, 'b'", 13, .unterminated), ("${self:a, 'b", 12, .unterminated), ("${f(a", 5, .unterminated),
        ("${f(", 4, .unterminated), ("${f('a", 6, .unterminated), ("${f('a' ", 8, .unterminated),
        ("${f(a)", 6, .unterminated),
        ("${f(a):", 7, .unterminated), ("${self:'a'", 10, .unterminated), ("${self:'a", 9, .unterminated),
        (#"${self:"a\""#, 11, .unterminated), ("x${self:a${self:b}", 18, .unterminated),
        ("${self:a, 'b' c}", 10, .invalidSource), ("${self:a, +}", 10, .invalidSource),
        ("${self:a, b_c}", 10, .invalidSource),
        ("${self:a, B:c}", 10, .invalidSource), ("${self:a, a-b:c}", 10, .invalidSource),
        ("${self:a, a.b:c}", 10, .invalidSource),
        ("${self:a, a b:c}", 10, .invalidSource), ("${self:a, }", 10, .invalidSource),
        ("${self:a, 1:c}", 10, .invalidSource),
        ("${self:a, b}", 10, .invalidLiteral), ("${self:a, 1x}", 10, .invalidLiteral),
        ("${self:a, True}", 10, .invalidLiteral),
        ("${f(a}", 4, .invalidParameter), ("${f('a' b)}", 4, .invalidParameter), ("${f(}", 4, .invalidParameter),
        ("${f(a, b}", 7, .invalidParameter), ("${f(a)b}", 6, .invalidAddress), ("${f(a)::b}", 7, .invalidAddress),
        ("${self:'a' b}", 7, .invalidAddress), ("${self:a, b::c}", 12, .invalidAddress),
        (#"${self:"\q"}"#, 7, .invalidStringLiteral), (#"${self:a, "\q"}"#, 10, .invalidStringLiteral),
        ("${self:${A}}", 9, .invalidType), ("${self:${a b}}", 9, .invalidType), ("${f(x${A})}", 7, .invalidType),
        ("${self:${aws::b}}", 13, .invalidAddress),
    ])
    func `a syntax error has the offset of what is wrong`(text: String, offset: Int, reason: VariableSyntaxError.Reason)
    {
        let error = #expect(throws: VariableSyntaxError.self) { try VariableParser.parse(text) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test func `variables are nested up to a hundred times`() throws {
        func text(_ count: Int) -> String {
            String(repeating: "${self:", count: count) + "a" + String(repeating: "}", count: count)
        }
        #expect(try VariableParser.parse(text(100)) != nil)
        let error = #expect(throws: VariableSyntaxError.self) { try VariableParser.parse(text(101)) }
        #expect(error?.reason == .tooDeep)
        #expect(error?.offset == 700)
        // A variable that is closed does not count for those after it, but those around both do.
        let beside = String(repeating: "${self:${self:a}", count: 101) + String(repeating: "}", count: 101)
        #expect(throws: VariableSyntaxError.self) { try VariableParser.parse(beside) }
        // The depth counts only variables around each other.
        let flat = String(repeating: "${self:a}", count: 300) + String(repeating: "${A}", count: 300)
        #expect(try VariableParser.parse(flat)?.variables.count == 300)
    }

    @Test(arguments: [
        ("${self:a}", true), (" ${self:a}", false), ("${self:a}${self:b}", false), ("${self:a} ", false),
        (#"\${x}"#, false), ("$${self:a}", true),
    ])
    func `a string that is one variable can have a value of any type`(text: String, isOneVariable: Bool) throws {
        #expect(try #require(try VariableParser.parse(text)).isOneVariable == isOneVariable)
    }
}
