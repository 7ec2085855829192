import ConfigurationValues
import Diagnostics
import FuroshikiTestSupport
import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

/// Services and what Serverless printed of them.
struct RecordedServiceTests {
    private static let printed = RecordedService.all.filter { $0.printOutcome == "ok" }
    private static let refused = RecordedService.all.filter { $0.printOutcome == "error" }

    private static func load(_ recorded: RecordedService) async throws -> ResolvedConfiguration {
        try await ServiceFixture.load(
            recorded.folder / "service",
            arguments: recorded.arguments,
            environment: recorded.variables
        )
    }

    @Test(arguments: printed)
    func `the configuration is the recorded one`(_ recorded: RecordedService) async throws {
        let expected = try #require(try recorded.json("print.json"))
        let root = try await Self.load(recorded).root.json
        let directory = try LiveFileSystem().realPath(of: recorded.folder / "service")
        let text = JSONWriter().text(of: root).replacing(directory.string, with: "<SERVICE_DIR>")
        #expect(TemplateComparison.differences(expected, try JSONValue(parsing: text)) == [])
    }

    @Test(arguments: refused)
    func `an error mentions the recorded names`(_ recorded: RecordedService) async throws {
        let mentions = try recorded.json("outcome.json")?["mentions"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let error = try #require(await #expect(throws: DiagnosticError.self) { _ = try await Self.load(recorded) })
        let text = ServiceFixture.text(of: error)
        #expect(mentions.isEmpty || mentions.contains { text.contains($0) }, "\(text)")
    }

    @Test func `there are recorded services`() {
        #expect(Self.printed.count > 150)
        #expect(Self.refused.count > 10)
    }
}

extension RecordedService {
    /// How `print` ended, `nil` where any end will do.
    fileprivate var printOutcome: String? {
        guard (try? json("expect.json"))??["print"] != "any" else { return nil }
        return (try? json("outcome.json"))??["print"]?.stringValue
    }
}
