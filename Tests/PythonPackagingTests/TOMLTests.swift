import OrderedJSON
import PythonPackaging
import Testing

@Suite struct TOMLTests {
    @Test func `values keep their order and places`() throws {
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

    @Test func `a fault is told with its place`() {
        let error = #expect(throws: TOMLParseError.self) { try TOMLValue(parsing: Array("a = 1\nb = \n".utf8)) }
        #expect(error?.line == 2)
        #expect(error?.message.isEmpty == false)
    }

    @Test(arguments: [[], Array("\u{FEFF}# empty\r\n".utf8)])
    func `an empty document is an empty table`(bytes: [UInt8]) throws {
        #expect(try TOMLValue(parsing: bytes).table == OrderedMap())
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        #expect(throws: TOMLParseError.self) { try TOMLValue(parsing: [0x61, 0x3D, 0x22, 0xFF, 0x22]) }
    }

    @Test(arguments: ["[=]", "[.a]", "[#]", "[a.]", "[!", "a.=1", "[[=]]", "x={=1}", "[", "a='\n'", "= 1", "a = [1,,]"])
    func `what is no document is refused`(text: String) {
        #expect(throws: TOMLParseError.self) { try TOMLValue(parsing: Array(text.utf8)) }
    }
}
