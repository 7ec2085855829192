package import HostSystem
import ZipArchive

/// The record that a file had a digest when it had a certain status.
///
/// As long as the status is the same, no program has changed the content, and the file is not hashed again. A checksum that
/// was calculated together with the digest then finds what changes without a program, such as an error of the disk. A
/// record is a file beside the file that it is about. Records are optional: without one, the file is hashed.
package struct VerifiedFile: Hashable, Sendable {
    /// The name of the file, in the directory of the record.
    package let name: String
    /// The digest of the file.
    package let digest: SHA256Digest
    /// The size, the times and the inode of the file when it was verified.
    private let status: [Int64]
    /// The CRC-32 of the content with the digest; `nil` if the file was recorded without being read.
    private let crc32: UInt32?

    /// The resolution of file system clocks in nanoseconds: two changes within this time may have the same time stamp.
    package static let clockSlack: Int64 = 20_000_000

    /// Records a file that has a digest; a record that cannot be written only has the effect that the file is read again.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - digest: the digest of its content.
    ///   - crc32: the checksum of the bytes that were hashed; `nil` if it is not known.
    ///   - status: its status, which was determined before the content was read.
    ///   - record: the file of the record, in the same directory.
    ///   - files: the file system.
    package static func record(
        _ file: LocalPath,
        _ digest: SHA256Digest,
        crc32: UInt32? = nil,
        _ status: FileStatus,
        at record: LocalPath,
        files: any FileSystem
    ) {
        let fields =
            [digest.hexadecimal] + Self.fields(status).map(String.init)
            + [crc32.map { String($0, radix: 16) } ?? unknownChecksum, file.lastComponent]
        try? files.write(fields.joined(separator: " ") + "\n", to: record)
    }

    /// The mark in a record without a checksum.
    private static let unknownChecksum = "-"

    /// Reads a record; `nil` if there is none, or if it is invalid.
    package init?(at record: LocalPath, files: any FileSystem) {
        guard let bytes = try? files.read(record), bytes.count < 4096 else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first?
            .split(
                separator: " ",
                maxSplits: 6
            )
        guard let parts, parts.count == 7, let digest = SHA256Digest(hexadecimal: parts[0]) else { return nil }
        status = parts[1...4].compactMap { Int64($0) }
        crc32 = UInt32(parts[5], radix: 16)
        guard status.count == 4, crc32 != nil || parts[5] == Self.unknownChecksum else { return nil }
        self.digest = digest
        name = String(parts[6])
    }

    /// Whether a file with this record still has the digest.
    ///
    /// The content is only read if the status has changed, or if the record was written so soon after the last change that
    /// another change could have the same time. If it is the same, the record is renewed.
    ///
    /// - Parameters:
    ///   - file: the file, which may not exist.
    ///   - digest: the digest that it must have.
    ///   - record: the file of the record, in the same directory.
    ///   - files: the file system.
    /// - Returns: whether it is a file with this content.
    /// - Throws: `FileSystemError` if it cannot be read.
    package static func verify(
        _ file: LocalPath,
        _ digest: SHA256Digest,
        at record: LocalPath,
        files: any FileSystem
    ) throws(FileSystemError) -> Bool {
        guard let status = files.statusIfPresent(of: file, followingLinks: false), status.kind == .file else {
            return false
        }
        if current(file, digest, status, at: record, files: files) != nil { return true }
        return try hasDigest(file, digest, status, at: record, files: files)
    }

    /// Whether the bytes of a file are those that had the digest; the file is read in any case.
    ///
    /// If the record has a checksum and the status is unchanged, the checksum is compared, which takes a small part of the
    /// time of the digest. Otherwise, or if the checksum differs, the digest is calculated, and the record gets a checksum.
    ///
    /// - Parameters:
    ///   - file: the file, which may not exist.
    ///   - digest: the digest that it must have.
    ///   - record: the file of the record, in the same directory.
    ///   - files: the file system.
    /// - Returns: whether it is a file with this content.
    /// - Throws: `FileSystemError` if it cannot be read.
    package static func verifyContent(
        of file: LocalPath,
        _ digest: SHA256Digest,
        at record: LocalPath,
        files: any FileSystem
    ) throws(FileSystemError) -> Bool {
        guard let status = files.statusIfPresent(of: file, followingLinks: false), status.kind == .file else {
            return false
        }
        if let wanted = current(file, digest, status, at: record, files: files)?.crc32 {
            var found: UInt32 = 0
            try files.read(file) { piece throws(FileSystemError) in found = CRC32.checksum(piece, continuing: found) }
            if found == wanted { return true }
        }
        return try hasDigest(file, digest, status, at: record, files: files)
    }

    /// The record of a file with a digest, if it is about the current status; `nil` otherwise.
    private static func current(
        _ file: LocalPath,
        _ digest: SHA256Digest,
        _ status: FileStatus,
        at record: LocalPath,
        files: any FileSystem
    ) -> VerifiedFile? {
        guard let known = VerifiedFile(at: record, files: files), known.name == file.lastComponent,
            known.digest == digest, known.status == fields(status),
            let written = files.statusIfPresent(of: record)?.modifiedNanoseconds,
            written >= status.changedNanoseconds + clockSlack
        else { return nil }
        return known
    }

    /// Calculates the digest of a file, and records the file if it is the right one.
    private static func hasDigest(
        _ file: LocalPath,
        _ digest: SHA256Digest,
        _ status: FileStatus,
        at record: LocalPath,
        files: any FileSystem
    ) throws(FileSystemError) -> Bool {
        var hash = SHA256()
        var checksum: UInt32 = 0
        try files.read(file) { piece throws(FileSystemError) in
            hash.update(piece)
            checksum = CRC32.checksum(piece, continuing: checksum)
        }
        guard hash.finalize() == digest else { return false }
        Self.record(file, digest, crc32: checksum, status, at: record, files: files)
        return true
    }

    private static func fields(_ status: FileStatus) -> [Int64] {
        [
            status.size, status.modifiedNanoseconds, status.changedNanoseconds, Int64(bitPattern: status.inode),
        ]
    }
}
