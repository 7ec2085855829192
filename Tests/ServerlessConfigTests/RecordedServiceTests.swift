import HostSystem
import OrderedJSON
import ServerlessConfig
import Testing

/// Services and what Serverless 3.38.0 printed of them.
struct RecordedServiceTests {
    private static let files = LiveFileSystem()
    private static let folder = ServiceFixture.folder / "Services"

    private static func services(with file: String) -> [String] {
        do {
            return try files.entries(of: folder).map(\.name).filter { files.isFile(folder / $0 / file) }
        } catch {
            return []
        }
    }

    private static func words(_ file: LocalPath) throws -> [String] {
        String(decoding: try files.readIfPresent(file) ?? [], as: UTF8.self).split { $0.isWhitespace }.map(String.init)
    }

    private static func load(_ name: String) async throws -> ResolvedConfiguration {
        let folder = folder / name
        let pairs = try words(folder / "env").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return try await ServiceFixture.load(
            folder,
            arguments: try words(folder / "args"),
            environment: Dictionary(pairs.map { ($0[0], $0[1]) }) { $1 }
        )
    }

    /// A value with the keys of its objects sorted, as their order is not compared.
    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): .array(items.map(sorted))
        case .object(let members):
            .object(OrderedMap(members.map { ($0.key, sorted($0.value)) }.sorted { $0.0 < $1.0 }))
        default: value
        }
    }

    @Test(arguments: services(with: "expected-print.json"))
    func `the configuration equals what was recorded`(_ name: String) async throws {
        let expected = try JSONValue(parsing: try Self.files.read(Self.folder / name / "expected-print.json"))
        let resolved = try await Self.load(name)
        #expect(Self.sorted(resolved.root.json) == Self.sorted(expected))
    }

    @Test(arguments: services(with: "expected-mentions"))
    func `a failure names what is wrong`(_ name: String) async throws {
        let mentions = try Self.words(Self.folder / name / "expected-mentions")
        let error = try #require(await #expect(throws: DiagnosticError.self) { _ = try await Self.load(name) })
        let told = ServiceFixture.text(of: error)
        #expect(mentions.isEmpty || mentions.contains { told.contains($0) }, "\(told)")
    }

    @Test func `there are services to compare`() {
        #expect(Self.services(with: "expected-print.json").count > 15)
        #expect(Self.services(with: "expected-mentions").count > 5)
    }
}
