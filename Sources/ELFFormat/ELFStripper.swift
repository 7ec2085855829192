/// Removes symbols and debugging information from libraries.
///
/// It keeps all bytes up to the end of the last segment, and appends a shorter section table, so that no loaded data
/// moves. The result therefore works like the original, for any linker and architecture.
package enum ELFStripper {
    /// Removes the sections that only linkers and debuggers use.
    ///
    /// - Parameter bytes: the library.
    /// - Returns: the shorter file, or `nil` if there is nothing to remove or if it is uncertain that the result would
    ///   still work.
    package static func strip(_ bytes: [UInt8]) -> [UInt8]? {
        guard let image = ELFImage(bytes), let table = SectionTable(bytes) else { return nil }
        let loadedEnd = image.segments.filter { $0.type != 0 }.map(\.end).max() ?? 0
        let kept = max(ELFImage.headerSize, image.segmentHeadersEnd, loadedEnd)
        guard !image.segments.isEmpty, kept <= bytes.count, let result = table.stripped(keeping: kept),
            result.count < bytes.count, isSound(result, of: image, keeping: kept)
        else { return nil }
        return result
    }

    /// Checks the result independently of how it was created.
    private static func isSound(_ result: [UInt8], of image: ELFImage, keeping kept: Int) -> Bool {
        guard let other = ELFImage(result), SectionTable(result) != nil else { return false }
        // In the bytes that are kept, only the header changes: the offset, number and names of sections.
        return other.machine == image.machine && other.requiredVersions == image.requiredVersions
            && other.segments.count == image.segments.count
            && result[..<40].elementsEqual(image.bytes[..<40])
            && result[ELFImage.headerSize..<kept].elementsEqual(image.bytes[ELFImage.headerSize..<kept])
    }
}

/// The sections of a 64-bit ELF file.
private struct SectionTable {
    private struct Section {
        let header: [UInt8]
        let name: String
        let type: UInt32
        let isLoaded: Bool
        let hasInfoLink: Bool
        let offset: Int
        let size: Int
        let link: Int
        let info: Int
        let alignment: Int

        /// Whether the section has bytes in the file, unlike type 8.
        var range: Range<Int>? { type == 8 || type == 0 ? nil : offset..<(offset + size) }
    }

    private let bytes: [UInt8]
    private let sections: [Section]
    private let nameSection: Int

    private static let headerSize = 64

    init?(_ bytes: [UInt8]) {
        guard let start = bytes.offset(at: 40), let size = bytes.number(at: 58, size: 2),
            let count = bytes.number(at: 60, size: 2), let names = bytes.number(at: 62, size: 2),
            size == UInt64(Self.headerSize), count > 1, count < 0xff00, names < count,
            start <= bytes.count, Int(count) * Self.headerSize <= bytes.count - start
        else { return nil }
        self.bytes = bytes
        nameSection = Int(names)
        guard let nameOffset = bytes.offset(at: start + nameSection * Self.headerSize + 24) else { return nil }
        var sections: [Section] = []
        for index in 0..<Int(count) {
            let place = start + index * Self.headerSize
            guard let section = Self.section(of: bytes, at: place, nameOffset: nameOffset) else { return nil }
            sections.append(section)
        }
        self.sections = sections
    }

    private static func section(of bytes: [UInt8], at place: Int, nameOffset: Int) -> Section? {
        guard let name = bytes.number(at: place, size: 4), let type = bytes.number(at: place + 4, size: 4),
            let flags = bytes.number(at: place + 8, size: 8), let offset = bytes.offset(at: place + 24),
            let size = bytes.offset(at: place + 32), let link = bytes.number(at: place + 40, size: 4),
            let info = bytes.number(at: place + 44, size: 4), let alignment = bytes.offset(at: place + 48)
        else { return nil }
        let nameStart = nameOffset + Int(name)
        guard nameStart < bytes.count, alignment <= 1 << 16, type == 8 || type == 0 || offset <= bytes.count,
            type == 8 || type == 0 || size <= bytes.count - offset
        else { return nil }
        return Section(
            header: Array(bytes[place..<(place + headerSize)]),
            name: String(decoding: bytes[nameStart...].prefix(64).prefix { $0 != 0 }, as: UTF8.self),
            type: UInt32(type),
            // SHF_ALLOC, and SHF_INFO_LINK or a table of relocations (types 4 and 9).
            isLoaded: flags & 2 != 0,
            hasInfoLink: flags & 0x40 != 0 || type == 4 || type == 9,
            offset: offset,
            size: size,
            link: Int(link),
            info: Int(info),
            alignment: max(1, alignment)
        )
    }

    /// The file with the bytes up to `kept` and the sections that are needed at run time or for information.
    func stripped(keeping kept: Int) -> [UInt8]? {
        var isRemoved = sections.map(Self.isForLinkersAlone)
        // Also remove the names of removed symbols, and relocations of removed sections.
        let symbolNames = Set(sections.filter { $0.type == 2 }.map(\.link))
        for (index, section) in sections.enumerated() where !section.isLoaded && index != nameSection {
            let holdsNames = section.type == 3 && symbolNames.contains(index)
            let target = section.hasInfoLink ? section.info : section.link
            if holdsNames || target > 0 && target < sections.count && isRemoved[target] { isRemoved[index] = true }
        }
        isRemoved[0] = false
        isRemoved[nameSection] = false
        guard let firstRemoved = isRemoved.firstIndex(of: true),
            // Loaded symbols refer to sections by number, so the numbers of loaded sections must not change.
            let lastLoaded = sections.lastIndex(where: \.isLoaded), lastLoaded < firstRemoved,
            sections.allSatisfy({ !$0.isLoaded || ($0.range?.upperBound ?? 0) <= kept })
        else { return nil }

        var result = Array(bytes[..<kept])
        var headers: [UInt8] = []
        var numbers = Array(repeating: 0, count: sections.count)
        var count = 0
        for index in sections.indices where !isRemoved[index] {
            numbers[index] = count
            count += 1
        }
        for (index, section) in sections.enumerated() where !isRemoved[index] {
            var header = section.header
            if let range = section.range, range.upperBound > kept {
                let padding = Self.padding(result.count, section.alignment)
                // Overlapping sections could make the output arbitrarily large.
                guard result.count + padding + range.count < bytes.count else { return nil }
                result.append(contentsOf: repeatElement(0, count: padding))
                header.set(UInt64(result.count), at: 24, size: 8)
                result += bytes[range]
            } else if section.type == 8 {
                header.set(UInt64(min(section.offset, kept)), at: 24, size: 8)
            }
            if section.link < numbers.count { header.set(UInt64(numbers[section.link]), at: 40, size: 4) }
            if section.hasInfoLink, section.info < numbers.count {
                header.set(UInt64(numbers[section.info]), at: 44, size: 4)
            }
            headers += header
        }
        result.append(contentsOf: repeatElement(0, count: Self.padding(result.count, 8)))
        result.set(UInt64(result.count), at: 40, size: 8)
        result.set(UInt64(count), at: 60, size: 2)
        result.set(UInt64(numbers[nameSection]), at: 62, size: 2)
        return result + headers
    }

    /// Whether a section is symbols (type 2) or debugging information.
    private static func isForLinkersAlone(_ section: Section) -> Bool {
        guard !section.isLoaded else { return false }
        return section.type == 2
            || [".debug", ".zdebug", ".stab", ".gnu.debuglto", ".line"].contains { section.name.hasPrefix($0) }
    }

    private static func padding(_ count: Int, _ alignment: Int) -> Int {
        (alignment - count % alignment) % alignment
    }
}

extension [UInt8] {
    /// Writes a little-endian number at an offset that is within the file.
    fileprivate mutating func set(_ value: UInt64, at offset: Int, size: Int) {
        for index in 0..<size { self[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
    }
}
