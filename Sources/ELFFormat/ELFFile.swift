/// The requirements of an ELF file on its system (System V ABI, "Object Files"; LSB, "Symbol Versioning").
package struct ELFFile: Hashable, Sendable {
    /// The architectures of Lambda; others are only known by their number.
    package enum Machine: Hashable, Sendable {
        case x86_64, arm64
        case other(UInt16)
    }

    /// The architecture of the file (`e_machine`).
    package let machine: Machine
    /// The N of the newest required version GLIBC_2.N of the C library, or `nil` if none is required.
    package let glibcMinor: Int?
    /// The file names of the libraries that the loader loads with the file (`DT_NEEDED`).
    package let neededLibraries: [String]
    /// The directories in which the loader looks for them first (`DT_RUNPATH`, or else `DT_RPATH`), which can start with
    /// `$ORIGIN`, the directory of the file.
    package let libraryPaths: [String]
    /// The name under which other files need this one (`DT_SONAME`); `nil` for its file name.
    package let soname: String?

    /// Parses a file; returns `nil` if it is not an ELF file for 64-bit little-endian architectures, or is corrupt.
    ///
    /// ``isELF(_:)`` distinguishes these cases.
    package init?(_ bytes: [UInt8]) {
        guard let image = ELFImage(bytes) else { return nil }
        switch image.machine {
        case 62: machine = .x86_64
        case 183: machine = .arm64
        default: machine = .other(image.machine)
        }
        glibcMinor = image.requiredVersions?
            .compactMap { version in
                guard version.hasPrefix("GLIBC_2.") else { return nil }
                return Int(version.dropFirst("GLIBC_2.".count).prefix { $0 != "." })
            }
            .max()
        let dynamic = image.dynamicSection
        neededLibraries = dynamic.strings(.needed, in: image)
        let paths = dynamic.strings(.runPath, in: image) + dynamic.strings(.rPath, in: image)
        libraryPaths = (paths.first ?? "").split(separator: ":").map(String.init)
        soname = dynamic.strings(.soname, in: image).first
    }

    /// Creates a description of a file.
    package init(
        machine: Machine,
        glibcMinor: Int?,
        neededLibraries: [String] = [],
        libraryPaths: [String] = [],
        soname: String? = nil
    ) {
        self.machine = machine
        self.glibcMinor = glibcMinor
        self.neededLibraries = neededLibraries
        self.libraryPaths = libraryPaths
        self.soname = soname
    }

    /// Whether bytes start with the magic number of ELF.
    package static func isELF(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) }
}

extension ELFFile.Machine: CustomStringConvertible {
    package var description: String {
        switch self {
        case .x86_64: "x86_64"
        case .arm64: "arm64"
        case .other(let number): "processor \(number) of the ELF specification"
        }
    }
}

/// The headers of a 64-bit little-endian ELF file, whose numbers are all checked.
struct ELFImage {
    /// A program header, which describes a segment.
    struct Segment {
        let type: UInt32
        let offset: Int
        let address: Int
        let fileSize: Int
        /// The offset in the file at which the segment ends.
        var end: Int { offset + fileSize }
    }

    let bytes: [UInt8]
    let machine: UInt16
    let segments: [Segment]
    /// The offset at which the program headers end.
    let segmentHeadersEnd: Int

    static let headerSize = 64
    private static let segmentSize = 56
    private static let maximumVersions = 10_000

    init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.headerSize, ELFFile.isELF(bytes), bytes[4] == 2, bytes[5] == 1 else { return nil }
        self.bytes = bytes
        machine = UInt16(bytes.number(at: 18, size: 2) ?? 0)
        guard let offset = bytes.offset(at: 32), let size = bytes.number(at: 54, size: 2),
            let count = bytes.number(at: 56, size: 2)
        else { return nil }
        guard count == 0 || size == UInt64(Self.segmentSize) else { return nil }
        let end = offset + Int(count) * Self.segmentSize
        guard end <= bytes.count else { return nil }
        segmentHeadersEnd = end
        var segments: [Segment] = []
        for index in 0..<Int(count) {
            let start = offset + index * Self.segmentSize
            guard let type = bytes.number(at: start, size: 4), let offset = bytes.offset(at: start + 8),
                let address = bytes.offset(at: start + 16), let size = bytes.offset(at: start + 32)
            else { return nil }
            // Type 0 is an unused entry. A segment that extends beyond the end of the file cannot be loaded.
            guard type == 0 || size <= bytes.count - min(offset, bytes.count) else { return nil }
            segments.append(Segment(type: UInt32(type), offset: offset, address: address, fileSize: size))
        }
        self.segments = segments
    }

    /// The names of all versions that the file requires of its libraries, or `nil` if the table is corrupt.
    var requiredVersions: [String]? {
        let dynamic = dynamicSection
        guard let count = dynamic[.neededVersionCount], count > 0 else { return [] }
        guard let need = dynamic[.neededVersions].flatMap(fileOffset),
            let names = dynamic[.stringTable].flatMap(fileOffset)
        else { return nil }
        var found: [String] = []
        var place = need
        // No real library comes near this limit; a malicious one could make us parse the same bytes repeatedly.
        for _ in 0..<min(count, 4096) where found.count < Self.maximumVersions {
            guard let parts = bytes.number(at: place + 2, size: 2), let first = bytes.number(at: place + 8, size: 4),
                let next = bytes.number(at: place + 12, size: 4)
            else { return nil }
            var part = place + Int(first)
            for _ in 0..<parts where found.count < Self.maximumVersions {
                guard let name = bytes.number(at: part + 8, size: 4), let step = bytes.number(at: part + 12, size: 4)
                else { return nil }
                found.append(bytes.text(at: names + Int(name)))
                if step == 0 { break }
                part += Int(step)
            }
            if next == 0 { break }
            place += Int(next)
        }
        return found
    }

    /// The entries of the dynamic segment (type 2), which is empty if the file is not dynamically linked.
    var dynamicSection: ELFDynamicSection {
        guard let segment = segments.first(where: { $0.type == 2 }) else { return ELFDynamicSection() }
        return ELFDynamicSection(in: bytes, from: segment.offset, to: segment.end)
    }

    /// The offset in the file for a virtual address.
    func fileOffset(_ address: Int) -> Int? {
        // Type 1 is a loaded segment.
        for segment in segments
        where segment.type == 1 && address >= segment.address && address - segment.address < segment.fileSize {
            return segment.offset + address - segment.address
        }
        return nil
    }
}

extension [UInt8] {
    /// A little-endian number, or `nil` if it is beyond the end of the file.
    func number(at offset: Int, size: Int) -> UInt64? {
        guard offset >= 0, size <= count, offset <= count - size else { return nil }
        return self[offset..<(offset + size)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A number of eight bytes that is small enough for sizes, and for adding two of them.
    func offset(at offset: Int) -> Int? {
        number(at: offset, size: 8).flatMap { $0 < 1 << 60 ? Int($0) : nil }
    }

    /// A string that is terminated by NUL, which is cut after a number of bytes; by default, the maximum of file names.
    func text(at offset: Int, limit: Int = 255) -> String {
        guard offset >= 0, offset < count else { return "" }
        return String(decoding: self[offset...].prefix(limit).prefix { $0 != 0 }, as: UTF8.self)
    }
}
