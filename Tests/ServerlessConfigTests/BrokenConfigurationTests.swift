import ConfigurationValues
import Diagnostics
import HostSystem
import ServerlessConfig
import Testing

/// Configurations that cannot be loaded, and the errors that a user sees.
///
/// `FUROSHIKI_RECORD=1` records the errors again.
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
    func `an error is reported at its place`(_ name: String) async throws {
        let text: String
        do {
            let options = ConfigurationOptions(serviceDirectory: Self.folder, configurationFile: name)
            _ = try await ConfigurationLoader.load(
                options,
                environment: ServiceFixture.environment(),
                fileSystem: Self.files,
                processRunner: LiveProcessRunner(),
                wallClock: .live
            )
            text = "it loads\n"
        } catch {
            text = ServiceFixture.text(of: error)
        }
        let snapshot = Self.folder / (name.dropLast(4) + ".txt")
        if Environment.current().nonEmpty("FUROSHIKI_RECORD") != nil { try Self.files.write(text, to: snapshot) }
        #expect(try Self.files.readText(snapshot) == text)
        #expect(text != "it loads\n")
    }

    @Test func `there are enough invalid configurations`() {
        #expect(Self.names.count > 25)
    }
}
