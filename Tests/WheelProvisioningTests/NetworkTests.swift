import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing
import WheelProvisioning

/// Resolutions with the real package index.
@Suite(.enabled(if: ProviderFixture.hasNetwork, "needs the package index"))
struct NetworkTests {
    private static let targets: [(String, Architecture)] = [
        ("python3.11", .x86_64), ("python3.11", .arm64), ("python3.13", .x86_64), ("python3.13", .arm64),
    ]

    @Test(arguments: targets)
    func `numpy resolves to a version whose wheel works on the target`(
        runtime: String,
        architecture: Architecture
    ) async throws {
        let target = Target(try #require(PythonRuntime(name: runtime)), architecture)
        try await ProviderFixture.with { fixture in
            let wheels = try await fixture.wheels("numpy\nflask\n", target: target, environment: .current())
            #expect(wheels.map(\.name.name.normalized).contains("numpy"))
            #expect(wheels.allSatisfy { $0.name.rank(in: target.supportedTags) != nil })
            #expect(wheels.allSatisfy { LiveFileSystem().isFile($0.path) })
        }
    }
}
