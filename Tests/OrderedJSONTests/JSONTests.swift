import OrderedJSON
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        #"{"b":1,"a":[true,false,null,"é\n\"\\",-0.5,1e+21]}"#,
        "[]", "{}", #""""#, "12345678901",
    ])
    func `a value prints as it was parsed`(text: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(JSONWriter().text(of: value) == text)
        let indented = JSONWriter(indentation: 2).text(of: value)
        #expect(try JSONValue(parsing: indented) == value)
    }

    @Test(arguments: ["[1,\n -]", "[1,\n 1.]", "[1,\n 1e+]", "[1,\n -a]"])
    func `an invalid number is an error at its start`(text: String) {
        let error = #expect(throws: JSONParseError.self) { try JSONValue(parsing: text) }
        #expect(error == JSONParseError(reason: .invalidNumber, line: 2, column: 2))
    }

    /// If parsing a number scanned all preceding text, this would take hours.
    @Test func `many numbers are parsed in linear time`() throws {
        let text = Array(("[" + String(repeating: "7,\n", count: 200_000) + "7]").utf8)
        #expect(try JSONValue(parsing: text).arrayValue?.count == 200_001)
    }

    @Test func `escapes and surrogate pairs are parsed`() throws {
        #expect(try JSONValue(parsing: #""\u00e9\ud83d\ude00\/\t""#) == "é😀/\t")
    }

    @Test func `control characters and quotes are escaped`() {
        let text = "\u{1}\u{1F}\u{7F}\t\n\r\u{8}\u{C}\"\\/é😀"
        #expect(JSONWriter().text(of: .string(text)) == #""\u0001\u001f\#u{7F}\t\n\r\b\f\"\\/é😀""#)
        #expect(JSONWriter().text(of: "") == #""""#)
    }

    @Test func `values are indented by their depth, except for empty ones`() {
        let value: JSONValue = ["b": [1, [true, .null], []], "a": ["é": [:], "z": "t"]]
        let text = """
            {
               "b": [
                  1,
                  [
                     true,
                     null
                  ],
                  []
               ],
               "a": {
                  "é": {},
                  "z": "t"
               }
            }
            """
        #expect(JSONWriter(indentation: 3).text(of: value) == text)
        #expect(JSONWriter(sortsKeys: true).text(of: value) == #"{"a":{"z":"t","é":{}},"b":[1,[true,null],[]]}"#)
    }

    @Test(arguments: ["", "{", "[1,]", "{\"a\" 1}", "01", "1.", "\"\u{1}\"", "nul", "[] []", #""\x""#, #""\u12""#])
    func `invalid JSON is an error`(text: String) {
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: text) }
    }

    @Test func `an error has its line and column`() {
        #expect(throws: JSONParseError(reason: .unexpectedCharacter, line: 2, column: 7)) {
            try JSONValue(parsing: "{\n \"a\": x}")
        }
    }

    @Test func `large maps keep the order of keys, also after removals`() {
        var map = OrderedMap<Int>()
        for number in 0..<40 { map["k\(number)"] = number }
        map["k3"] = nil
        map["k5"] = 50
        #expect(map.count == 39)
        #expect(map["k5"] == 50)
        #expect(map.position(of: "k4") == 3)
        #expect(map["k3"] == nil)
    }
}
