import Diagnostics
import Testing

@testable import furoshiki

struct TextLayoutTests {
    @Test(arguments: [
        ("plain", 5), ("漢字", 4), ("ü", 1), ("u\u{308}", 1), ("한글", 4), ("✅", 2), ("", 0),
    ])
    func `wide characters occupy two columns, combining characters none`(text: String, columns: Int) {
        #expect(DisplayWidth.columns(of: text) == columns)
    }

    @Test
    func `a string is cut before the first character that does not fit`() {
        #expect(DisplayWidth.prefix(of: "漢字 ab", columns: 3) == "漢")
        #expect(DisplayWidth.prefix(of: "abc", columns: 3) == "abc")
        #expect(DisplayWidth.prefix(of: "abc", columns: 0).isEmpty)
    }

    @Test
    func `columns are aligned even if they contain wide characters`() {
        #expect(TextLayout.table([["a", "b"], ["漢字", "c"]]) == ["a     b", "漢字  c"])
        #expect(TextLayout.table([["long", ""], ["x", "y"]]) == ["long", "x     y"])
    }

    @Test
    func `a description wraps at the width of the terminal`() {
        let rows = [("-f, --function", "The function's key in the configuration (required)"), ("-h", "Help")]
        #expect(
            TextLayout.list(rows, indentedBy: 2, width: 46) == [
                "  -f, --function  The function's key in the",
                "                  configuration (required)",
                "  -h              Help",
            ]
        )
        #expect(TextLayout.list(rows, indentedBy: 2, width: nil).count == 2)
    }

    @Test(arguments: [40, 60, 80, 100, 120])
    func `no line of help is wider than the terminal`(columns: Int) {
        let table = ProgramCommands().table
        let help = Help(table: table, columns: columns)
        for command in [nil] + table.commands.map(Optional.some) {
            for line in help.text(for: command).split(separator: "\n") where columns >= 60 {
                #expect(DisplayWidth.columns(of: line) <= columns, "\(line)")
            }
        }
    }
}
