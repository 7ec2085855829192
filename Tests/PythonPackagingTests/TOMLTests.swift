import OrderedJSON
import PythonPackaging
import Testing

@Suite struct TOMLTests {
    @Test func `values keep their order and positions`() throws {
        let text = """
            # heading
            z = "ä\\u0000b"
            [tool.b]
            list = [1, 2.5, true, { x = 'y' }]
            when = 1979-05-27T07:32:00Z
            [tool.a]
            """
        let root = try TOMLValue(parsing: Array(text.utf8))
        #expect(root.table?.keys == ["z", "tool"])
        #expect(root["z"]?.string == "ä\0b")
        #expect(root["tool"]?.table?.keys == ["b", "a"])
        let list = try #require(root["tool", "b", "list"]?.array)
        #expect(list.map(\.kind).prefix(3) == [.integer(1), .float(2.5), .boolean(true)])
        #expect(list[3]["x"]?.string == "y")
        #expect((list[3].line, list[3].column) == (4, 23))
        #expect(root["tool", "b", "when"]?.kind == .dateTime("1979-05-27T07:32:00Z"))
    }

    @Test func `an error has its position`() {
        let error = #expect(throws: TOMLParseError.self) { try TOMLValue(parsing: Array("a = 1\nb = \n".utf8)) }
        #expect(error?.line == 2)
        #expect(error?.message.isEmpty == false)
    }

    @Test(arguments: [[], Array("\u{FEFF}# empty\r\n".utf8)])
    func `an empty document is an empty table`(bytes: [UInt8]) throws {
        #expect(try TOMLValue(parsing: bytes).table == OrderedMap())
    }

    @Test func `invalid UTF-8 is an error`() {
        #expect(throws: TOMLParseError.self) { try TOMLValue(parsing: [0x61, 0x3D, 0x22, 0xFF, 0x22]) }
    }

    @Test(arguments: ["[=]", "[.a]", "[#]", "[a.]", "[!", "a.=1", "[[=]]", "x={=1}", "[", "a='\n'", "= 1", "a = [1,,]"])
    func `an invalid document is an error`(text: String) {
        #expect(throws: TOMLParseError.self) { try TOMLValue(parsing: Array(text.utf8)) }
    }

    @Test(arguments: [
        ("[" + Array(repeating: "a", count: 100_000).joined(separator: ".") + "]", 65),
        ("a = 1\nb = { " + Array(repeating: "'ä b' ", count: 40).joined(separator: ". ") + "= 1 }", 261),
    ])
    func `a key with too many parts is an error at its position`(text: String, column: Int) {
        let error = #expect(throws: TOMLParseError.self) { try TOMLValue(parsing: Array(text.utf8)) }
        #expect(error?.message == "a key has more than 32 parts")
        #expect(error?.column == column)
    }

    @Test func `dotted keys, and strings that look like them, are parsed`() throws {
        let key = Array(repeating: "a", count: 32).joined(separator: ".")
        let inputs = String(repeating: ".", count: 100) + "\n" + String(repeating: "And so on. ", count: 100)
        let text = "[\(key)]\nx = '''\n\(inputs)'''\n"
        var value: TOMLValue? = try TOMLValue(parsing: Array(text.utf8))
        for _ in 0..<32 { value = value?["a"] }
        #expect(value?["x"]?.string == inputs)
    }

    @Test func `values that are nested too deeply are an error`() {
        let text = "a = " + String(repeating: "[", count: 100_000)
        #expect(throws: TOMLParseError.self) { try TOMLValue(parsing: Array(text.utf8)) }
    }
}
