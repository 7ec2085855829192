import ZipArchive

/// Builds zip archives byte by byte, sound ones and broken ones.
///
/// An archive is built from what each structure says; every statement can be made to differ from the truth.
package struct ZipBuilder: Sendable {
    /// One entry, with the truth in it where nothing else is asked for.
    package struct Entry: Sendable {
        /// The name in the central directory.
        package var name: [UInt8]
        /// The name in the local header, where it is another.
        package var localName: [UInt8]?
        /// The bytes as they lie in the archive.
        package var data: [UInt8]
        /// The size of the content.
        package var size: UInt64
        /// The checksum of the content.
        package var crc32: UInt32
        /// The size of the data, where another is declared.
        package var compressedSize: UInt64?
        /// The method in the central directory.
        package var method: UInt16 = 0
        /// The method in the local header, where it is another.
        package var localMethod: UInt16?
        /// The flags in the central directory.
        package var flags: UInt16 = 0x800
        /// The flags in the local header, where they are others.
        package var localFlags: UInt16?
        /// The size of the content in the local header, where it is another.
        package var localSize: UInt32?
        /// The checksum in the local header, where it is another.
        package var localCRC32: UInt32?
        /// The Unix mode with the kind of file.
        package var mode: UInt16 = 0o100644
        /// The extra fields in the central directory.
        package var extra: [UInt8] = []
        /// The extra fields in the local header.
        package var localExtra: [UInt8] = []
        /// Where the local header is said to be, where it is not where it is.
        package var declaredOffset: UInt32?
        /// Bytes after the data, such as a data descriptor.
        package var trailer: [UInt8] = []
        /// Whether local header and data are left out, as for an entry that shares those of another.
        package var isGhost = false
        /// Whether sizes and offset stand in the zip64 extra field.
        package var isWide = false

        /// Makes a stored file.
        package init(_ name: String, _ content: String = "", mode: UInt16 = 0o100644) {
            self.init(name, bytes: Array(content.utf8), mode: mode)
        }

        /// Makes a stored file.
        package init(_ name: String, bytes: [UInt8], mode: UInt16 = 0o100644) {
            self.name = Array(name.utf8)
            self.mode = mode
            data = bytes
            size = UInt64(bytes.count)
            crc32 = CRC32.checksum(bytes.span)
        }

        /// This entry with some statements changed.
        package func with(_ change: (inout Entry) -> Void) -> Entry {
            var copy = self
            change(&copy)
            return copy
        }

        /// This entry with its data as a deflate stream of stored blocks (RFC 1951 section 3.2.4).
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

    /// The entries in order.
    package var entries: [Entry]
    /// The number of entries that the end record declares, where it is another.
    package var declaredCount: UInt16?
    /// Bytes before the first entry.
    package var prefix: [UInt8] = []
    /// Bytes between the directory and the end record.
    package var gap: [UInt8] = []
    /// The comment at the end.
    package var comment: [UInt8] = []
    /// Bytes after the archive.
    package var suffix: [UInt8] = []
    /// The number of this disk.
    package var disk: UInt16 = 0
    /// Whether zip64 end records are written.
    package var isWide = false
    /// What is added to the offset of the directory.
    package var directoryShift = 0

    /// Makes a builder.
    package init(_ entries: [Entry]) { self.entries = entries }

    /// The archive.
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
