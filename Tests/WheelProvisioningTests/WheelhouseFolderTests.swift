import FuroshikiTestSupport
import HostSystem
import Testing
import WheelProvisioning

struct WheelhouseFolderTests {
    @Test func `the directories of the store contain everything that a provider writes to the cache, except locks`()
        async throws
    {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            _ = try await fixture.wheels("alpha\n", environment: fixture.environment(index))
            for name in Wheelhouse.folders where LiveFileSystem().exists(fixture.cache / name) {
                try LiveFileSystem().remove(fixture.cache / name)
            }
            let left = try LiveFileSystem().entries(of: fixture.cache).map(\.name)
            #expect(left == ["locks"])
        }
    }
}
