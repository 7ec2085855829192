/// The header of an entry in a tar archive (POSIX.1-2017, pax, "ustar Interchange Format").
struct TarHeader: Hashable, Sendable {
    /// The type of an entry.
    enum Kind: Hashable, Sendable {
        case file, directory
        /// A link with its target.
        case symbolicLink(String)
    }

    /// The path in the archive.
    let name: String
    let kind: Kind
    /// The permission bits of the entry.
    let mode: UInt16
    /// The number of bytes of content, without padding.
    let size: Int

    /// The size of a block, to which headers and contents are padded.
    static let blockSize = 512

    /// The header as blocks, preceded by a pax header if a name does not fit.
    var bytes: [UInt8] {
        var records: [UInt8] = []
        if name.utf8.count > 100 { records += Self.record("path", name) }
        if case .symbolicLink(let target) = kind, target.utf8.count > 100 {
            records += Self.record("linkpath", target)
        }
        guard !records.isEmpty else { return block(name, type) }
        let pax = TarHeader(name: "pax", kind: .file, mode: 0o644, size: records.count)
        let rest = records.count % Self.blockSize
        let padding = [UInt8](repeating: 0, count: rest == 0 ? 0 : Self.blockSize - rest)
        return pax.block(pax.name, UInt8(ascii: "x")) + records + padding + block(name, type)
    }

    private var type: UInt8 {
        switch kind {
        case .file: UInt8(ascii: "0")
        case .symbolicLink: UInt8(ascii: "2")
        case .directory: UInt8(ascii: "5")
        }
    }

    private func block(_ name: String, _ type: UInt8) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ bytes: some Collection<UInt8>, at offset: Int, limit: Int) {
            for (index, byte) in bytes.prefix(limit).enumerated() { block[offset + index] = byte }
        }
        func octal(_ number: Int, at offset: Int, digits: Int) {
            let text = String(number, radix: 8)
            put((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8, at: offset, limit: digits)
        }
        put(name.utf8, at: 0, limit: 100)
        octal(Int(mode), at: 100, digits: 7)
        octal(0, at: 108, digits: 7)
        octal(0, at: 116, digits: 7)
        if size < 1 << 33 {
            octal(size, at: 124, digits: 11)
        } else {
            // Base-256, which GNU tar, BSD tar and BusyBox read.
            for index in 0..<8 { block[135 - index] = UInt8(truncatingIfNeeded: size >> (8 * index)) }
            block[124] = 0x80
        }
        // 1980-01-01, the earliest time that zip files can have.
        octal(315_532_800, at: 136, digits: 11)
        block[156] = type
        if case .symbolicLink(let target) = kind { put(target.utf8, at: 157, limit: 100) }
        put("ustar\0".utf8 + Array("00".utf8), at: 257, limit: 8)
        for index in 148..<156 { block[index] = UInt8(ascii: " ") }
        octal(block.reduce(0) { $0 + Int($1) }, at: 148, digits: 6)
        block[154] = 0
        return block
    }

    /// A record of a pax header: its own length in decimal digits, a key and a value.
    private static func record(_ key: String, _ value: String) -> [UInt8] {
        let content = " \(key)=\(value)\n"
        var length = content.utf8.count
        while String(length).utf8.count + content.utf8.count != length {
            length = String(length).utf8.count + content.utf8.count
        }
        return Array((String(length) + content).utf8)
    }
}
