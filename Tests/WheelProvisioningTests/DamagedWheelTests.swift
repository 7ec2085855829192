import Diagnostics
import Foundation
import FuroshikiTestSupport
import HostSystem
import PythonPackaging
import RequirementFormats
import Synchronization
import Testing

@testable import WheelProvisioning

/// Wheels in the cache whose files have changed.
struct DamagedWheelTests {
    private static let alpha = WheelBuilder("alpha", "1.0")
    private static let sha256 = FileHash(
        algorithm: "sha256",
        digest: SHA256.digest(of: alpha.bytes()).hexadecimal
    )

    /// A way to damage the file of a wheel.
    enum Damage: CaseIterable {
        case truncated, empty, replaced, renamedEntries, flippedBit, renamed, directory, link, missing
        case fileForDirectory, invalidRecord

        func apply(to path: LocalPath, _ files: LiveFileSystem) throws {
            var bytes = try files.read(path)
            switch self {
            case .truncated: try files.write(Array(bytes.dropLast(40)), to: path)
            case .empty: try files.write([UInt8](), to: path)
            case .replaced: try files.write(WheelBuilder("alpha", "1.1").bytes(), to: path)
            case .renamedEntries:
                for index in bytes.indices where bytes[index...].starts(with: "alpha/".utf8) { bytes[index] = 0x62 }
                try overwrite(path, bytes)
            case .flippedBit:
                let index = try #require(bytes.indices.first { bytes[$0...].starts(with: "version".utf8) })
                bytes[index] ^= 1
                try overwrite(path, bytes)
            case .renamed: try files.rename(path, to: path.parent / "beta-1.0-py3-none-any.whl")
            case .directory:
                try files.remove(path)
                try files.createDirectory(path / "inner")
            case .link:
                let other = path.parent.parent / "other.whl"
                try files.write(bytes, to: other)
                try files.remove(path)
                try files.createSymbolicLink(at: path, to: other.string)
            case .missing: try files.remove(path)
            case .fileForDirectory:
                try files.remove(path.parent)
                try files.write("wheel", to: path.parent)
            case .invalidRecord:
                try files.write([UInt8](), to: path)
                try files.write("\(sha256.digest) 0 0 0 0 \(path.lastComponent)\n", to: path.parent / "verified")
            }
        }

        /// Writes other bytes to the same file, which keeps its inode.
        private func overwrite(_ path: LocalPath, _ bytes: [UInt8]) throws {
            let handle = try #require(FileHandle(forWritingAtPath: path.string))
            try handle.write(contentsOf: bytes)
            try handle.close()
        }
    }

    @Test(arguments: Damage.allCases)
    func `a damaged wheel is downloaded again`(_ damage: Damage) async throws {
        let response = HTTPResponse(status: 200, body: Self.alpha.bytes())
        try await FetchingFixture.with({ _ in response }) { fixture in
            let asked = try fixture.asked(Self.alpha, address: "https://f.example/a.whl", hashes: [Self.sha256])
            let wheel = try await fixture.fetcher().wheel(asked)
            try damage.apply(to: wheel.path, fixture.files)
            #expect(try await fixture.fetcher().wheel(asked) == wheel)
            #expect(try fixture.files.read(wheel.path) == Self.alpha.bytes())
            #expect(fixture.transport.requests.count == 2)
            #expect(try await fixture.fetcher().wheel(asked) == wheel)
            #expect(fixture.transport.requests.count == 2)
        }
    }

    @Test func `an intact wheel is not downloaded again, even if the time of its file has changed or it has no record`()
        async throws
    {
        let response = HTTPResponse(status: 200, body: Self.alpha.bytes())
        try await FetchingFixture.with({ _ in response }) { fixture in
            let asked = try fixture.asked(Self.alpha, address: "https://f.example/a.whl", hashes: [Self.sha256])
            let wheel = try await fixture.fetcher().wheel(asked)
            try fixture.files.write(Self.alpha.bytes(), to: wheel.path)
            #expect(try await fixture.fetcher().wheel(asked) == wheel)
            try fixture.files.remove(wheel.path.parent / "verified")
            #expect(try await fixture.fetcher().wheel(asked) == wheel)
            #expect(fixture.files.isFile(wheel.path.parent / "verified"))
            #expect(fixture.transport.requests.count == 1)
        }
    }

    @Test func `the error names the damaged file if it cannot be downloaded again`() async throws {
        let count = Mutex(0)
        let response = HTTPResponse(status: 200, body: Self.alpha.bytes())
        try await FetchingFixture.with({ request in
            try count.withLock { count in
                count += 1
                if count > 1 { throw HTTPError(.notConnected, address: request.address, detail: "no network") }
            }
            return response
        }) { fixture in
            let asked = try fixture.asked(Self.alpha, address: "https://f.example/a.whl", hashes: [Self.sha256])
            let wheel = try await fixture.fetcher().wheel(asked)
            try fixture.files.write([UInt8](), to: wheel.path)
            let error = await #expect(throws: DiagnosticError.self) { try await fixture.fetcher().wheel(asked) }
            let diagnostic = try #require(error?.diagnostics.first)
            #expect(diagnostic.code == .damagedWheel)
            #expect(diagnostic.place == asked.place)
            #expect(diagnostic.notes.contains { $0.contains(wheel.path.string) })
            #expect(diagnostic.notes.contains { $0.contains("no network") })
            #expect(diagnostic.help.isEmpty == false)
            // Without the cache, the damaged file does not matter.
            let plain = await #expect(throws: DiagnosticError.self) {
                try await fixture.fetcher(usesWheelCache: false).wheel(asked)
            }
            #expect(plain?.diagnostics.map(\.code) == [.downloadFailed])
        }
    }

    @Test func `a record with more than a record needs is ignored`() async throws {
        let response = HTTPResponse(status: 200, body: Self.alpha.bytes())
        try await FetchingFixture.with({ _ in response }) { fixture in
            let asked = try fixture.asked(Self.alpha, address: "https://f.example/a.whl", hashes: [Self.sha256])
            let wheel = try await fixture.fetcher().wheel(asked)
            let record = wheel.path.parent / "verified"
            #expect(VerifiedFile(at: record, files: fixture.files)?.digest == wheel.sha256)
            let filler = [UInt8](repeating: UInt8(ascii: "\n"), count: 4096)
            try fixture.files.write(try fixture.files.read(record) + filler, to: record)
            #expect(VerifiedFile(at: record, files: fixture.files) == nil)
        }
    }

    @Test func `a wheel is discarded only if its content is wrong, although its status has not changed`() async throws {
        let response = HTTPResponse(status: 200, body: Self.alpha.bytes())
        try await FetchingFixture.with({ _ in response }) { fixture in
            let asked = try fixture.asked(Self.alpha, address: "https://f.example/a.whl", hashes: [Self.sha256])
            let wheel = try await fixture.fetcher().wheel(asked)
            try await fixture.wheelhouse.discard(wheel)
            #expect(try await fixture.fetcher().wheel(asked) == wheel)
            #expect(fixture.transport.requests.count == 1)
            // The record says that the damaged file was verified, as after an error of the disk.
            try fixture.files.write(WheelBuilder("alpha", "1.1").bytes(), to: wheel.path)
            let status = try fixture.files.status(of: wheel.path)
            let record = wheel.path.parent / "verified"
            VerifiedFile.record(wheel.path, wheel.sha256, status, at: record, files: fixture.files)
            // A record counts if it was written well after the last change of the file.
            let change = Date(timeIntervalSince1970: Double(status.changedNanoseconds) / 1_000_000_000)
            try FileManager.default.setAttributes([.modificationDate: change], ofItemAtPath: record.string)
            #expect(try fixture.wheelhouse.wheel(wheel.sha256) == nil)
            VerifiedFile.record(wheel.path, wheel.sha256, status, at: record, files: fixture.files)
            let later = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: 60)]
            try FileManager.default.setAttributes(later, ofItemAtPath: record.string)
            #expect(try fixture.wheelhouse.wheel(wheel.sha256) != nil)
            try await fixture.wheelhouse.discard(wheel)
            #expect(try fixture.wheelhouse.wheel(wheel.sha256) == nil)
            #expect(try await fixture.fetcher().wheel(asked) == wheel)
            #expect(fixture.transport.requests.count == 2)
        }
    }

    @Test func `a note keeps whether a wheel was built`() async throws {
        let response = HTTPResponse(status: 200, body: Self.alpha.bytes())
        try await FetchingFixture.with({ _ in response }) { fixture in
            let asked = try fixture.asked(Self.alpha, address: "https://f.example/a.whl", hashes: [Self.sha256])
            var wheel = try await fixture.fetcher().wheel(asked)
            for isBuilt in [true, false] {
                wheel.origin = isBuilt ? .thisSystem : .index
                try fixture.wheelhouse.noteWheel("choices", "key", wheel)
                #expect(try fixture.wheelhouse.notedWheel("choices", "key") == wheel)
            }
        }
    }
}
