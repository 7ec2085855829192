package import HostSystem

/// The record that a file had a digest when it had a certain status.
///
/// As long as the status is the same, so is the content, and the file need not be read again. A record is a file beside
/// the file that it is about. Records are optional: without one, the file is read.
package struct VerifiedFile: Hashable, Sendable {
    /// The name of the file, in the directory of the record.
    package let name: String
    /// The digest of the file.
    package let digest: SHA256Digest
    /// The size, the times and the inode of the file when it was verified.
    private let status: [Int64]

    /// The resolution of file system clocks in nanoseconds: two changes within this time may have the same time stamp.
    package static let clockSlack: Int64 = 20_000_000

    /// Records a file that has a digest; a record that cannot be written only has the effect that the file is read again.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - digest: the digest of its content.
    ///   - status: its status, which was determined before the content was read.
    ///   - record: the file of the record, in the same directory.
    ///   - files: the file system.
    package static func record(
        _ file: LocalPath,
        _ digest: SHA256Digest,
        _ status: FileStatus,
        at record: LocalPath,
        files: any FileSystem
    ) {
        let fields = [digest.hexadecimal] + Self.fields(status).map(String.init) + [file.lastComponent]
        try? files.write(fields.joined(separator: " ") + "\n", to: record)
    }

    /// Reads a record; `nil` if there is none, or if it is invalid.
    package init?(at record: LocalPath, files: any FileSystem) {
        guard let bytes = try? files.read(record), bytes.count < 4096 else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first?
            .split(
                separator: " ",
                maxSplits: 5
            )
        guard let parts, parts.count == 6, let digest = SHA256Digest(hexadecimal: parts[0]) else { return nil }
        status = parts[1...4].compactMap { Int64($0) }
        guard status.count == 4 else { return nil }
        self.digest = digest
        name = String(parts[5])
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
        if let known = VerifiedFile(at: record, files: files), known.name == file.lastComponent,
            known.digest == digest, known.status == fields(status),
            let written = files.statusIfPresent(of: record)?.modifiedNanoseconds,
            written >= status.changedNanoseconds + clockSlack
        {
            return true
        }
        guard try files.sha256(of: file).digest == digest else { return false }
        Self.record(file, digest, status, at: record, files: files)
        return true
    }

    private static func fields(_ status: FileStatus) -> [Int64] {
        [
            status.size, status.modifiedNanoseconds, status.changedNanoseconds, Int64(bitPattern: status.inode),
        ]
    }
}
