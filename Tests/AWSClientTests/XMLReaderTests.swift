import AWSClient
import Testing

@Suite struct XMLReaderTests {
    private func parse(_ text: String) throws -> XMLElement { try XMLReader.parse(Array(text.utf8)) }

    @Test func `elements have names without prefixes, attributes, text and children in order`() throws {
        let root = try parse(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- a comment --><a:Response xmlns:a="urn:x" kind='1 &amp; 2'>
              <List><member>1</member><member/><member>3</member></List><a:Next>4</a:Next>
            </a:Response>
            """
        )
        #expect(root.name == "Response")
        #expect(root.attributes == ["xmlns:a": "urn:x", "kind": "1 & 2"])
        #expect(root.list("List").map(\.text) == ["1", "", "3"])
        #expect(root.text("Next") == "4")
        #expect(root.first("member")?.text == "1")
        #expect(root.text("Missing") == nil)
    }

    @Test(arguments: [
        ("&lt;&gt;&amp;&quot;&apos;", "<>&\"'"), ("&#65;&#x42;&#x1F600;", "AB😀"),
        ("<![CDATA[<a>&amp;]]>x", "<a>&amp;x"),
        ("a\r\nb\rc", "a\nb\nc"), ("a<!-- - -->b<?p x?>c", "abc"), ("ä€", "ä€"),
    ])
    func `text is decoded`(text: String, expected: String) throws {
        #expect(try parse("<a>\(text)</a>").text == expected)
    }

    @Test(arguments: [
        ("", XMLReader.ParseError.Reason.unexpectedEnd), ("<a>", .unexpectedEnd), ("<a", .unexpectedEnd),
        ("<a></b>", .mismatchedTag), ("<a></a><b/>", .textAfterEnd), ("<a/>x", .textAfterEnd),
        ("x", .unexpectedCharacter),
        ("<a x=1/>", .unexpectedCharacter), ("<a x='1' x='2'/>", .duplicateAttribute), ("<a>&foo;</a>", .unknownEntity),
        ("<a>&#xD800;</a>", .unknownEntity), ("<a>&#0;</a>", .unknownEntity), ("<1/>", .unexpectedCharacter),
        ("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", .documentType), ("<a x='<'/>", .unexpectedCharacter),
        ("<a x='1'y='2'/>", .unexpectedCharacter), ("<a><!-- x</a>", .unexpectedEnd), ("<a>&amp</a>", .unexpectedEnd),
    ])
    func `a document that is not well-formed is refused`(text: String, reason: XMLReader.ParseError.Reason) {
        let error = #expect(throws: XMLReader.ParseError.self) { try parse(text) }
        #expect(error?.reason == reason)
    }

    @Test func `deep nesting is refused`() throws {
        let deep = String(repeating: "<a>", count: 255) + String(repeating: "</a>", count: 255)
        #expect(try parse(deep).name == "a")
        let error = #expect(throws: XMLReader.ParseError.self) { try parse(String(repeating: "<a>", count: 100_000)) }
        #expect(error?.reason == .tooDeep)
    }
}
