import Diagnostics
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Testing
import WheelProvisioning

/// Resolutions whose files the index no longer has, and requirements without hashes.
struct StaleAnswerTests {
    private func resolutions(_ fixture: ProviderFixture) throws -> [String] {
        try LiveFileSystem().entries(of: fixture.cache / "resolutions").map(\.name)
    }

    private func isReused(_ events: Events) -> [Bool] {
        events.all.compactMap { if case .resolved(_, _, let isReused) = $0 { isReused } else { nil } }
    }

    @Test func `a resolution is forgotten if the index lacks its files a second time`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            let wheel = WheelBuilder("alpha", "1.0")
            try wheel.write(to: fixture.packages)
            let environment = fixture.environment(index)
            try index.setFailures([wheel.fileName: "404"])
            let failed = Events()
            await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("alpha\n", environment: environment, report: failed.add)
            }
            // The first resolution, and the second one, for which the index was queried again.
            #expect(isReused(failed) == [false, false])
            #expect(try resolutions(fixture).isEmpty)
            try index.setFailures([:])
            let worked = Events()
            let wheels = try await fixture.wheels("alpha\n", environment: environment, report: worked.add)
            #expect(wheels.map(\.name.fileName) == [wheel.fileName])
            #expect(isReused(worked) == [false])
            #expect(try resolutions(fixture).count == 1)
        }
    }

    @Test func `a stale resolution is replaced if the index has other files`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            let old = WheelBuilder("alpha", "1.0")
            try old.write(to: fixture.packages)
            let environment = fixture.environment(index)
            var options = ProvisioningOptions()
            options.usesWheelCache = false
            _ = try await fixture.wheels("alpha\n", environment: environment, options: options)
            try LiveFileSystem().remove(fixture.packages / old.fileName)
            let new = WheelBuilder("alpha", "1.1")
            try new.write(to: fixture.packages)
            let events = Events()
            let wheels = try await fixture.wheels(
                "alpha\n",
                environment: environment,
                options: options,
                report: events.add
            )
            #expect(wheels.map(\.name.fileName) == [new.fileName])
            #expect(isReused(events) == [true, false])
        }
    }

    @Test func `a dependency without a hash is an error if requirements have hashes`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            let alpha = WheelBuilder("alpha", "1.0", dependencies: ["beta"])
            try alpha.write(to: fixture.packages)
            try WheelBuilder("beta", "2.0").write(to: fixture.packages)
            let environment = fixture.environment(index)
            let line = "alpha==1.0 --hash=sha256:\(SHA256.digest(of: alpha.bytes()))\n"
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels(line, environment: environment)
            }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.message.contains("'beta'") && diagnostic.message.contains("hash"))
            #expect(diagnostic.category == .resolution)
        }
    }
}
