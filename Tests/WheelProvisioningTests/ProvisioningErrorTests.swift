import Diagnostics
import Foundation
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import Testing
import WheelProvisioning

/// What goes wrong between an index and the store: it is told, nothing half-written counts, and the next run works.
struct ProvisioningErrorTests {
    /// A error of the index, and what the user reads.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let message: String
        let category: Diagnostic.Category

        var testDescription: String { name }
    }

    private static let file = "alpha-1.0-py3-none-any.whl"

    static let errors: [Fault] = [
        Fault(
            name: "corrupt",
            message: "hash mismatch: 'alpha-1.0-py3-none-any.whl' of 'alpha' is not the file that was asked for",
            category: .resolution
        ),
        Fault(name: "404", message: "answers with status 404", category: .resolution),
        Fault(name: "500", message: "answers with status 500", category: .resolution),
        Fault(
            name: "truncate-always",
            message: "cannot download 'alpha-1.0-py3-none-any.whl': transferred a partial file",
            category: .resolution
        ),
    ]

    /// Packages a lock, so that only the download can fail.
    private static func lock(_ fixture: ProviderFixture, _ index: LocalIndex, _ wheel: WheelBuilder) throws {
        let text = """
            lock-version = "1.0"
            created-by = "test"
            [[packages]]
            name = "\(wheel.name)"
            version = "\(wheel.version)"
            [[packages.wheels]]
            url = "http://127.0.0.1:\(index.port)/files/\(wheel.fileName)"
            hashes = { sha256 = "\(SHA256.digest(of: wheel.bytes()))" }
            """
        try LiveFileSystem().write(text, to: fixture.service / "pylock.toml")
    }

    private static func storedFiles(_ fixture: ProviderFixture) throws -> [String] {
        var found: [String] = []
        guard LiveFileSystem().exists(fixture.cache / "wheels") else { return [] }
        try LiveFileSystem()
            .walk(fixture.cache / "wheels") { path, kind in
                if kind == .file { found.append(path) }
                return true
            }
        return found
    }

    @Test(arguments: errors)
    func `a fault of the index is told, and the next run works`(fault: Fault) async throws {
        try await ProviderFixture.withIndex { fixture, index in
            let wheel = WheelBuilder("alpha", "1.0")
            try wheel.write(to: fixture.packages)
            try Self.lock(fixture, index, wheel)
            try index.setFailures([Self.file: fault.name])
            let environment = fixture.environment(index)
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("", environment: environment)
            }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.message.contains(fault.message))
            #expect(diagnostic.category == fault.category)
            #expect(try Self.storedFiles(fixture).isEmpty)
            try index.setFailures([:])
            #expect(try await fixture.wheels("", environment: environment).count == 1)
        }
    }

    @Test func `a stalling index is given up, and told`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            let wheel = WheelBuilder("alpha", "1.0")
            try wheel.write(to: fixture.packages)
            try Self.lock(fixture, index, wheel)
            let stalled = StubTransport { request in
                throw HTTPError(.timedOut, address: request.address, detail: "timeout was reached")
            }
            let clock = ManualClock()
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels(
                    "",
                    environment: fixture.environment(index),
                    transport: RetryingTransport(stalled, clock: MonotonicClock(clock))
                )
            }
            #expect(stalled.requests.count == 4)
            #expect(error?.diagnostics.first?.message == "cannot download '\(Self.file)': timeout was reached")
            #expect(error?.diagnostics.first?.help.first == "run again: what is here already is kept")
        }
    }

    @Test func `an index that hangs while versions are looked for is told by the resolver`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            try index.setFailures(["alpha": "stall"])
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("alpha\n", environment: fixture.environment(index))
            }
            #expect(error?.diagnostics.first?.toolOutput?.contains("timed out") == true)
            try index.setFailures([:])
            #expect(try await fixture.wheels("alpha\n", environment: fixture.environment(index)).count == 1)
        }
    }

    @Test func `a download that was cut goes on in the same run`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            var wheel = WheelBuilder("alpha", "1.0")
            wheel.files.append(("alpha/data.bin", [UInt8](repeating: 5, count: 200_000)))
            try wheel.write(to: fixture.packages)
            try Self.lock(fixture, index, wheel)
            try index.setFailures([Self.file: "truncate"])
            let wheels = try await fixture.wheels("", environment: fixture.environment(index))
            let stored = try #require(wheels.first)
            #expect(try LiveFileSystem().read(stored.path) == wheel.bytes())
            #expect(index.requests.last?.hasSuffix("bytes=\(wheel.bytes().count / 2)-") == true)
        }
    }

    @Test func `a wheel with a wrong hash in the index's own list is refused`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            try index.setFailures([Self.file: "wrong-hash"])
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("alpha\n", environment: fixture.environment(index))
            }
            #expect(error?.diagnostics.first?.category == .resolution)
            #expect(try Self.storedFiles(fixture).isEmpty)
        }
    }

    @Test func `a cache that cannot be written is told`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            let wheel = WheelBuilder("alpha", "1.0")
            try wheel.write(to: fixture.packages)
            try Self.lock(fixture, index, wheel)
            // Whoever may write anywhere cannot be kept out by permissions, but by a file in the folder's place.
            try LiveFileSystem().write("", to: fixture.cache)
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("", environment: fixture.environment(index))
            }
            #expect(error?.diagnostics.first?.category == .system)
            #expect(error?.diagnostics.first?.message.contains("\(fixture.cache)") == true)
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"))
    func `a full disk is told, and what was begun makes room`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            var wheel = WheelBuilder("alpha", "1.0")
            wheel.files.append(("alpha/data.bin", [UInt8](repeating: 5, count: 2_000_000)))
            try wheel.write(to: fixture.packages)
            try Self.lock(fixture, index, wheel)
            try await SmallDisk.with(at: fixture.cache, bytes: 1_000_000) { _ in
                let error = await #expect(throws: DiagnosticError.self) {
                    try await fixture.wheels("", environment: fixture.environment(index))
                }
                #expect(error?.diagnostics.first?.message.contains("no space left on device") == true)
                #expect(error?.diagnostics.first?.help.isEmpty == false)
                let begun = try LiveFileSystem().entries(of: fixture.cache / "partial")
                #expect(begun.isEmpty)
            }
            #expect(try await fixture.wheels("", environment: fixture.environment(index)).count == 1)
        }
    }

    @Test func `a source distribution that the resolver cannot unpack is told, with what to do`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            // A tar archive in the form of 1979, which does not say what it is.
            let text =
                "H4sIAAAAAAACA0vMKchI1DXUM9AP8HbX9fRz82egOjAAAjMTEzANBOg0EBghsUHi5obmJgwKBgyjgNaggms0DEbBKBgFo2AkAgDv"
                + "ID9EAAgAAA=="
            let archive = try #require(Data(base64Encoded: text))
            try LiveFileSystem().write(Array(archive), to: fixture.packages / "alpha-1.0.tar.gz")
            let environment = fixture.environment(index)
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("alpha==1.0\n", environment: environment)
            }
            let told = try #require(error?.diagnostics.first)
            #expect(told.message == "cannot resolve requirements.txt for 'python3.11/x86_64'")
            #expect(told.help.first?.contains("take a version that has a wheel") == true)
        }
    }
}
