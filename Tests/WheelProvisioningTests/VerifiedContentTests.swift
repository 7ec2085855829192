import Foundation
import FuroshikiTestSupport
import HostSystem
import Synchronization
import Testing
import ZipArchive

@testable import WheelProvisioning

/// The comparison of the bytes of files with what was verified earlier.
struct VerifiedContentTests {
    private static let content = Array("the content of a wheel".utf8)
    private static let digest = SHA256.digest(of: content)
    private let files = LiveFileSystem()

    /// Runs a body with a file that has the content, and the place of its record.
    private func with(_ body: (_ file: LocalPath, _ record: LocalPath) throws -> Void) async throws {
        try await TemporaryDirectory.with(in: "/tmp", files: files) { folder in
            try files.write(Self.content, to: folder / "a.whl")
            try body(folder / "a.whl", folder / "verified")
        }
    }

    /// Makes a record count: it was written well after the last change of the file.
    private func settle(_ record: LocalPath) throws {
        let later = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: 60)]
        try FileManager.default.setAttributes(later, ofItemAtPath: record.string)
    }

    private func verifies(_ file: LocalPath, _ record: LocalPath) throws -> Bool {
        try VerifiedFile.verifyContent(of: file, Self.digest, at: record, files: files)
    }

    @Test func `a file without a checksum is hashed, and then has one`() async throws {
        try await with { file, record in
            let status = try files.status(of: file)
            VerifiedFile.record(file, Self.digest, status, at: record, files: files)
            try settle(record)
            #expect(try files.readText(record).split(separator: " ")[5] == "-")
            #expect(try verifies(file, record))
            let checksum = String(CRC32.checksum(Self.content.span), radix: 16)
            #expect(try files.readText(record).split(separator: " ")[5] == checksum)
            // The status alone is enough for those that do not read the content.
            try settle(record)
            #expect(try VerifiedFile.verify(file, Self.digest, at: record, files: files))
        }
    }

    @Test func `content that changes without the status is noticed by the checksum`() async throws {
        try await with { file, record in
            var damaged = Self.content
            damaged[5] ^= 1
            try files.write(damaged, to: file)
            // As after an error of the disk: the record has the checksum of the right content.
            let status = try files.status(of: file)
            let checksum = CRC32.checksum(Self.content.span)
            VerifiedFile.record(file, Self.digest, crc32: checksum, status, at: record, files: files)
            try settle(record)
            #expect(try VerifiedFile.verify(file, Self.digest, at: record, files: files))
            #expect(try !verifies(file, record))
        }
    }

    @Test func `a checksum does not replace the digest if the status has changed`() async throws {
        try await with { file, record in
            let other = Array("another content, of which there is a record".utf8)
            try files.write(other, to: file)
            let status = try files.status(of: file)
            let checksum = CRC32.checksum(other.span)
            VerifiedFile.record(file, Self.digest, crc32: checksum, status, at: record, files: files)
            try settle(record)
            // Who can write a record with this status is trusted.
            #expect(try verifies(file, record))
            try files.setMode(0o600, of: file)
            try files.write(other, to: file)
            try settle(record)
            #expect(try !verifies(file, record))
        }
    }

    @Test func `a right file with a wrong checksum in its record is right, and the record is corrected`() async throws {
        try await with { file, record in
            let status = try files.status(of: file)
            VerifiedFile.record(file, Self.digest, crc32: 1, status, at: record, files: files)
            try settle(record)
            #expect(try verifies(file, record))
            #expect(try files.readText(record).split(separator: " ")[5] != "1")
        }
    }

    @Test(arguments: ["", "x 1 2 3 4 - a.whl", "\(digest) 1 2 3 4 a.whl", "\(digest) 1 2 3 4 zz a.whl"])
    func `an invalid record, or one of an earlier version, counts as none`(text: String) async throws {
        try await with { file, record in
            try files.write(text + "\n", to: record)
            #expect(VerifiedFile(at: record, files: files) == nil)
            #expect(try verifies(file, record))
            #expect(VerifiedFile(at: record, files: files)?.digest == Self.digest)
        }
    }

    @Test func `with a checksum, a file is read once and not hashed`() async throws {
        try await with { file, record in
            #expect(try verifies(file, record))
            try settle(record)
            let before = try files.status(of: record)
            #expect(try verifies(file, record))
            // A record is written after a file was hashed.
            #expect(try files.status(of: record).inode == before.inode)
        }
    }
}
