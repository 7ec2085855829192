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
}
