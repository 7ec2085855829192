import Diagnostics
import Testing

struct OneLineTests {
    @Test(arguments: [
        ("alpha.py", "alpha.py"), ("a\nb", #"a\nb"#), ("a\r\n\tb", #"a\r\n\tb"#), ("\u{1B}[2J", #"\u{1b}[2J"#),
        ("Größe 漢字", "Größe 漢字"),
    ])
    func `a name in a message stays on its line`(name: String, shown: String) {
        #expect(name.onOneLine == shown)
    }

    @Test func `very long names and lines in messages lose their middle`() {
        let name = String(repeating: "n", count: 1_000_000)
        let diagnostic = Diagnostic(
            .error,
            .unknownFunction,
            "there is no '\(name)'",
            notes: [name],
            help: [name + " x"]
        )
        #expect(diagnostic.message.hasPrefix("there is no 'nnn"))
        #expect(diagnostic.message.hasSuffix("nnn…'"))
        #expect(diagnostic.message.count < 200)
        #expect(diagnostic.notes[0].count < 200)
        #expect(diagnostic.help[0].hasSuffix("… x"))
        let line = Diagnostic(.error, .unknownFunction, String(repeating: "word ", count: 100_000) + "end")
        #expect(line.message.count < 3_000)
        #expect(line.message.hasSuffix(" end"))
        let sentence = String(repeating: "word ", count: 100)
        #expect(Diagnostic(.error, .unknownFunction, sentence).message == sentence)
    }
}
