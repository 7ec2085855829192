import Diagnostics
import HostSystem
import Testing

@testable import furoshiki

struct OutputRecordTests {
    @Test
    func `diagnostics are sorted by place, those without a place last`() {
        func diagnostic(_ message: String, _ file: String?, _ line: Int = 1, _ column: Int = 1) -> Diagnostic {
            Diagnostic(
                .warning,
                .unexpectedError,
                message,
                at: file.map { SourcePlace(file: $0, line: line, column: column) }
            )
        }
        let diagnostics = [
            diagnostic("general", nil), diagnostic("d", "serverless.yml", 9), diagnostic("b", "serverless.yml", 2, 7),
            diagnostic("e", "part.yml", 1), diagnostic("a", "serverless.yml", 2, 3),
            diagnostic("c", "serverless.yml", 2, 7),
        ]
        #expect(diagnostics.inOrderOfPlaces.map(\.message) == ["a", "b", "c", "d", "e", "general"])
    }
}
