import Diagnostics
import Testing

@Suite struct DiagnosticCodeTests {
    @Test(arguments: DiagnosticCode.allCases)
    func `every code has exactly one explanation with an example`(_ code: DiagnosticCode) throws {
        let explanations = DiagnosticExplanation.all.filter { $0.code == code }
        #expect(explanations.count == 1)
        let explanation = try #require(explanations.first)
        #expect(explanation.text.count > 40)
        #expect(!explanation.example.isEmpty)
    }

    @Test(arguments: DiagnosticCode.allCases)
    func `a code consists of lower-case words and hyphens`(_ code: DiagnosticCode) {
        #expect(code.rawValue.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") })
        #expect(!code.rawValue.hasPrefix("-") && !code.rawValue.hasSuffix("-"))
    }
}
