import HostSystem
import Testing

@testable import furoshiki

struct TextStyleTests {
    @Test(
        arguments: [
            ([:], true, true),
            ([:], false, false),
            (["TERM": "dumb"], true, false),
            (["NO_COLOR": "1"], true, false),
            (["NO_COLOR": ""], true, true),
            (["NO_COLOR": "1", "FORCE_COLOR": "1"], true, false),
            (["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], true, false),
            (["FORCE_COLOR": "1"], false, true),
            (["FORCE_COLOR": "1", "TERM": "dumb"], false, true),
            (["FORCE_COLOR": "0"], true, false),
            (["FORCE_COLOR": "false", "CLICOLOR_FORCE": "1"], true, false),
            (["FORCE_COLOR": ""], false, false),
            (["CLICOLOR_FORCE": "1"], false, true),
            (["CLICOLOR_FORCE": "0"], false, false),
            (["CLICOLOR_FORCE": "1", "CLICOLOR": "0"], false, true),
            (["CLICOLOR": "0"], true, false),
            (["CLICOLOR": "1"], false, false),
        ] as [([String: String], Bool, Bool)]
    )
    func `variables decide about colors in their usual order`(
        _ variables: [String: String],
        isTerminal: Bool,
        usesColor: Bool
    ) {
        #expect(TextStyle(isTerminal: isTerminal, Environment(variables)).usesColor == usesColor)
    }
}
