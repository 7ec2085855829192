import ConfigurationValues
import Diagnostics
import HostSystem
import ServerlessConfig
import Testing

/// Configurations that cannot be loaded, and what a user is told of each.
///
/// `FUROSHIKI_RECORD=1` writes the texts anew.
struct BrokenConfigurationTests {
    private static let files = LiveFileSystem()
    private static let folder = ServiceFixture.folder / "Broken"

    private static let names: [String] = {
        do {
            return try files.entries(of: folder).map(\.name).filter { $0.hasSuffix(".yml") }
        } catch {
            return []
        }
    }()

    @Test(arguments: names)
    func `a fault is told at its place`(_ name: String) async throws {
        let told: String
        do {
            let options = ConfigurationOptions(serviceDirectory: Self.folder, configurationFile: name)
            _ = try await ConfigurationLoader.load(
                options,
                environment: ServiceFixture.environment(),
                fileSystem: Self.files,
                processRunner: LiveProcessRunner(),
                wallClock: .live
            )
            told = "it loads\n"
        } catch {
            told = ServiceFixture.text(of: error)
        }
        let snapshot = Self.folder / (name.dropLast(4) + ".txt")
        if Environment.current().nonEmpty("FUROSHIKI_RECORD") != nil { try Self.files.write(told, to: snapshot) }
        #expect(try Self.files.readText(snapshot) == told)
        #expect(told != "it loads\n")
    }

    @Test func `there are configurations to load`() {
        #expect(Self.names.count > 25)
    }
}
