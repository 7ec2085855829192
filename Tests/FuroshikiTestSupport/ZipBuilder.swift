import ZipArchive

/// Builds zip archives byte by byte, valid and invalid ones.
///
/// By default, the fields of all structures are consistent. Each field can be set to another value.
package struct ZipBuilder: Sendable {
    /// One entry of the archive; its fields are consistent unless a test changes them.
    package struct Entry: Sendable {
        /// The name in the central directory.
        package var name: [UInt8]
        /// The name in the local header, if it is different.
        package var localName: [UInt8]?
        /// The (compressed) bytes in the archive.
        package var data: [UInt8]
        /// The uncompressed size in the central directory.
        package var size: UInt64
        /// The CRC-32 in the central directory.
        package var crc32: UInt32
        /// The declared size of the compressed data, if it is different.
        package var compressedSize: UInt64?
        /// The compression method in the central directory.
        package var method: UInt16 = 0
        /// The compression method in the local header, if it is different.
        package var localMethod: UInt16?
        /// The flags in the central directory.
        package var flags: UInt16 = 0x800
        /// The flags in the local header, if they are different.
        package var localFlags: UInt16?
        /// The uncompressed size in the local header, if it is different.
        package var localSize: UInt32?
        /// The CRC-32 in the local header, if it is different.
        package var localCRC32: UInt32?
        /// The Unix mode, including the file type.
        package var mode: UInt16 = 0o100644
        /// The extra fields in the central directory.
        package var extra: [UInt8] = []
        /// The extra fields in the local header.
        package var localExtra: [UInt8] = []
        /// The declared offset of the local header, if it is different.
        package var declaredOffset: UInt32?
        /// Bytes after the data, such as a data descriptor.
        package var trailer: [UInt8] = []
        /// Whether the local header and the data are omitted, so that the entry can refer to those of another one.
        package var isGhost = false
        /// Whether sizes and offset are in the zip64 extra field.
        package var isWide = false

        /// Creates an uncompressed file with a string as its content.
        package init(_ name: String, _ content: String = "", mode: UInt16 = 0o100644) {
            self.init(name, bytes: Array(content.utf8), mode: mode)
        }

        /// Creates an uncompressed file from bytes.
        package init(_ name: String, bytes: [UInt8], mode: UInt16 = 0o100644) {
            self.name = Array(name.utf8)
            self.mode = mode
            data = bytes
            size = UInt64(bytes.count)
            crc32 = CRC32.checksum(bytes.span)
        }

        /// Returns a copy of the entry with some fields changed.
        package func with(_ change: (inout Entry) -> Void) -> Entry {
            var copy = self
            change(&copy)
            return copy
        }

        /// Returns a copy of the entry with the data as a deflate stream of stored blocks (RFC 1951 section 3.2.4).
        package func deflated() -> Entry {
            with { entry in
                entry.method = 8
                let content = entry.data
                entry.data = []
                var start = 0
                repeat {
                    let end = min(content.count, start + 65535)
                    entry.data.append(end == content.count ? 1 : 0)
                    entry.data.append16(UInt16(end - start))
                    entry.data.append16(~UInt16(end - start))
                    entry.data += content[start..<end]
                    start = end
                } while start < content.count
            }
        }
    }

    /// The entries of the archive, in order.
    package var entries: [Entry]
    /// The number of entries in the end record, if it is different.
    package var declaredCount: UInt16?
    /// Bytes before the first entry.
    package var prefix: [UInt8] = []
    /// Bytes between the central directory and the end record.
    package var gap: [UInt8] = []
    /// The comment of the archive.
    package var comment: [UInt8] = []
    /// Bytes after the end record.
    package var suffix: [UInt8] = []
    /// The number of this disk.
    package var disk: UInt16 = 0
    /// Whether the archive has a zip64 end record and locator.
    package var isWide = false
    /// A number to add to the offset of the central directory.
    package var directoryShift = 0

    /// Creates an archive with some entries.
    package init(_ entries: [Entry]) { self.entries = entries }

    /// Returns the bytes of the archive.
    package func build() -> [UInt8] {
        var bytes = prefix
        var directory: [UInt8] = []
        for entry in entries {
            let offset = UInt32(bytes.count)
            if !entry.isGhost { entry.appendLocal(to: &bytes) }
            entry.appendRecord(offset: entry.declaredOffset ?? offset, to: &directory)
        }
        let start = bytes.count + directoryShift
        bytes += directory + gap
        if isWide {
            let place = UInt64(bytes.count)
            bytes.append32(0x0606_4b50)
            bytes.append64(44)
            bytes.append16(45)
            bytes.append16(45)
            bytes.append64(0)
            bytes.append64(UInt64(entries.count))
            bytes.append64(UInt64(entries.count))
            bytes.append64(UInt64(directory.count))
            bytes.append64(UInt64(start))
            bytes.append32(0x0706_4b50)
            bytes.append32(0)
            bytes.append64(place)
            bytes.append32(1)
        }
        bytes.append32(0x0605_4b50)
        bytes.append16(disk)
        bytes.append16(disk)
        let count = isWide ? UInt16.max : declaredCount ?? UInt16(entries.count)
        bytes.append16(count)
        bytes.append16(count)
        bytes.append32(isWide ? .max : UInt32(directory.count))
        bytes.append32(isWide ? .max : UInt32(start))
        bytes.append16(UInt16(comment.count))
        return bytes + comment + suffix
    }
}

extension ZipBuilder.Entry {
    fileprivate func appendLocal(to bytes: inout [UInt8]) {
        let wide = isWide ? Self.zip64([size, compressedSize ?? UInt64(data.count)]) : []
        bytes.append32(0x0403_4b50)
        bytes.append16(isWide ? 45 : 20)
        bytes.append16(localFlags ?? flags)
        bytes.append16(localMethod ?? method)
        bytes.append32(0x0021_0000)
        bytes.append32(localCRC32 ?? crc32)
        bytes.append32(isWide ? .max : UInt32(truncatingIfNeeded: compressedSize ?? UInt64(data.count)))
        bytes.append32(isWide ? .max : localSize ?? UInt32(truncatingIfNeeded: size))
        bytes.append16(UInt16(truncatingIfNeeded: (localName ?? name).count))
        bytes.append16(UInt16(localExtra.count + wide.count))
        bytes += (localName ?? name) + wide + localExtra + data + trailer
    }

    fileprivate func appendRecord(offset: UInt32, to bytes: inout [UInt8]) {
        let wide = isWide ? Self.zip64([size, compressedSize ?? UInt64(data.count), UInt64(offset)]) : []
        bytes.append32(0x0201_4b50)
        bytes.append16(20 | 3 << 8)
        bytes.append16(isWide ? 45 : 20)
        bytes.append16(flags)
        bytes.append16(method)
        bytes.append32(0x0021_0000)
        bytes.append32(crc32)
        bytes.append32(isWide ? .max : UInt32(truncatingIfNeeded: compressedSize ?? UInt64(data.count)))
        bytes.append32(isWide ? .max : UInt32(truncatingIfNeeded: size))
        bytes.append16(UInt16(truncatingIfNeeded: name.count))
        bytes.append16(UInt16(extra.count + wide.count))
        bytes.append16(0)
        bytes.append16(0)
        bytes.append16(0)
        bytes.append32(UInt32(mode) << 16)
        bytes.append32(isWide ? .max : offset)
        bytes += name + wide + extra
    }

    private static func zip64(_ values: [UInt64]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append16(1)
        bytes.append16(UInt16(8 * values.count))
        for value in values { bytes.append64(value) }
        return bytes
    }
}

extension [UInt8] {
    fileprivate mutating func append16(_ value: UInt16) {
        append(UInt8(value & 0xff))
        append(UInt8(value >> 8))
    }

    fileprivate mutating func append32(_ value: UInt32) {
        append16(UInt16(value & 0xffff))
        append16(UInt16(value >> 16))
    }

    fileprivate mutating func append64(_ value: UInt64) {
        append32(UInt32(value & 0xffff_ffff))
        append32(UInt32(value >> 32))
    }
}
