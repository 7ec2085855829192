import Diagnostics
import Foundation
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import Synchronization
import Testing
import WheelProvisioning

/// Failures between an index and the store: they are reported, no partial file is used, and the next run works.
struct ProvisioningErrorTests {
    /// A failure of the index, and how it is reported.
    struct Failure: Sendable, CustomTestStringConvertible {
        /// The name of the failure in the local index.
        let name: String
        let code: DiagnosticCode
        /// A part of the message.
        let message: String

        var testDescription: String { name }
    }

    private static let file = "alpha-1.0-py3-none-any.whl"

    static let failures: [Failure] = [
        Failure(name: "corrupt", code: .hashMismatch, message: "'alpha-1.0-py3-none-any.whl' of 'alpha'"),
        Failure(name: "404", code: .fileNotInIndex, message: "404"),
        Failure(name: "500", code: .indexFailed, message: "500"),
        Failure(name: "later", code: .indexFailed, message: "429"),
        Failure(name: "login", code: .indexAccessDenied, message: "401"),
        Failure(name: "endless", code: .responseTooLarge, message: "'alpha-1.0-py3-none-any.whl' after"),
        Failure(name: "truncate-always", code: .downloadFailed, message: "'alpha-1.0-py3-none-any.whl'"),
    ]

    /// Writes a lock to the service, so that only the download can fail.
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
            size = \(wheel.bytes().count)
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

    @Test(arguments: failures)
    func `a failure of the index is reported, and the next run works`(failure: Failure) async throws {
        try await ProviderFixture.withIndex { fixture, index in
            let wheel = WheelBuilder("alpha", "1.0")
            try wheel.write(to: fixture.packages)
            try Self.lock(fixture, index, wheel)
            try index.setFailures([Self.file: failure.name])
            let environment = fixture.environment(index)
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("", environment: environment)
            }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.code == failure.code)
            #expect(diagnostic.message.contains(failure.message))
            #expect(try Self.storedFiles(fixture).isEmpty)
            try index.setFailures([:])
            #expect(try await fixture.wheels("", environment: environment).count == 1)
        }
    }

    @Test func `a download from an index that does not answer fails after three retries`() async throws {
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
            #expect(error?.diagnostics.first?.code == .downloadFailed)
            #expect(error?.diagnostics.first?.message == "cannot download '\(Self.file)': timeout was reached")
            #expect(error?.diagnostics.first?.help.first == "run the command again to resume the download")
        }
    }

    @Test func `an index that does not answer during a resolution is reported with the output of uv`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            try index.setFailures(["alpha": "stall"])
            var impatient = fixture.environment(index)
            impatient.variables["UV_HTTP_TIMEOUT"] = "2"
            let environment = impatient
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("alpha\n", environment: environment)
            }
            #expect(error?.diagnostics.first?.code == .indexFailed)
            #expect(error?.diagnostics.first?.toolOutput?.contains("timed out") == true)
            try index.setFailures([:])
            #expect(try await fixture.wheels("alpha\n", environment: fixture.environment(index)).count == 1)
        }
    }

    @Test func `an index that requires credentials is a warning if another one satisfies the requirements`()
        async throws
    {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            try await LocalIndex.with(fixture.folder / "private") { closed in
                try closed.setFailures(["*": "login"])
                var environment = fixture.environment(index)
                environment.variables["PIP_EXTRA_INDEX_URL"] = closed.address
                let found = Mutex<[Diagnostic]>([])
                for _ in 1...2 {
                    let wheels = try await fixture.wheels("alpha\n", environment: environment) { event in
                        if case .found(let diagnostic) = event { found.withLock { $0.append(diagnostic) } }
                    }
                    #expect(wheels.count == 1)
                }
                // The second run uses the resolution of the first one.
                let warnings = found.withLock { $0 }
                #expect(warnings.map(\.code) == [.indexAccessDenied])
                #expect(warnings.first?.severity == .warning)
                #expect(warnings.first?.message.contains(closed.address) == true)
                #expect(warnings.first?.help.first?.contains("netrc") == true)
            }
        }
    }

    @Test func `a download that was interrupted resumes in the same run`() async throws {
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

    @Test func `a wheel whose hash differs from that in the index is rejected`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            try WheelBuilder("alpha", "1.0").write(to: fixture.packages)
            try index.setFailures([Self.file: "wrong-hash"])
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("alpha\n", environment: fixture.environment(index))
            }
            #expect(error?.diagnostics.first?.code == .hashMismatch)
            #expect(try Self.storedFiles(fixture).isEmpty)
        }
    }

    @Test func `a cache that cannot be written is reported by its path`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            let wheel = WheelBuilder("alpha", "1.0")
            try wheel.write(to: fixture.packages)
            try Self.lock(fixture, index, wheel)
            // Permissions do not stop the superuser, but a file in place of the directory does.
            try LiveFileSystem().write("", to: fixture.cache)
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("", environment: fixture.environment(index))
            }
            #expect(error?.diagnostics.first?.code == .unusableCache)
            #expect(error?.diagnostics.first?.message.contains("\(fixture.cache)") == true)
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"))
    func `a full disk is reported, and the partial file is removed`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            var wheel = WheelBuilder("alpha", "1.0")
            wheel.files.append(("alpha/data.bin", [UInt8](repeating: 5, count: 2_000_000)))
            try wheel.write(to: fixture.packages)
            try Self.lock(fixture, index, wheel)
            try await SmallDisk.with(at: fixture.cache, bytes: 1_000_000) { _ in
                let error = await #expect(throws: DiagnosticError.self) {
                    try await fixture.wheels("", environment: fixture.environment(index))
                }
                #expect(error?.diagnostics.first?.code == .unusableCache)
                #expect(error?.diagnostics.first?.message.contains("no space left on device") == true)
                #expect(error?.diagnostics.first?.help.isEmpty == false)
                let begun = try LiveFileSystem().entries(of: fixture.cache / "partial")
                #expect(begun.isEmpty)
            }
            #expect(try await fixture.wheels("", environment: fixture.environment(index)).count == 1)
        }
    }

    @Test func `a source distribution that uv cannot unpack is reported with help`() async throws {
        try await ProviderFixture.withIndex { fixture, index in
            // A tar archive in the format of 1979, which cannot be recognized.
            let text =
                "H4sIAAAAAAACA0vMKchI1DXUM9AP8HbX9fRz82egOjAAAjMTEzANBOg0EBghsUHi5obmJgwKBgyjgNaggms0DEbBKBgFo2AkAgDv"
                + "ID9EAAgAAA=="
            let archive = try #require(Data(base64Encoded: text))
            try LiveFileSystem().write(Array(archive), to: fixture.packages / "alpha-1.0.tar.gz")
            let environment = fixture.environment(index)
            let error = await #expect(throws: DiagnosticError.self) {
                try await fixture.wheels("alpha==1.0\n", environment: environment)
            }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.code == .resolutionFailed)
            #expect(diagnostic.message == "cannot resolve 'requirements.txt' for 'python3.11/x86_64'")
            #expect(diagnostic.help.first?.contains("a version that has a wheel") == true)
        }
    }
}
