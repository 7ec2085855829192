/// The entries of the dynamic segment of an ELF file: pairs of a tag and a value (System V ABI, "Dynamic Section").
struct ELFDynamicSection {
    /// The tags that are used here.
    enum Tag: UInt64 {
        case needed = 1
        case stringTable = 5
        case soname = 14
        case rPath = 15
        case runPath = 29
        case neededVersions = 0x6fff_fffe
        case neededVersionCount = 0x6fff_ffff
    }

    /// The maximum number of entries; real libraries have fewer than a hundred.
    private static let maximumCount = 4096
    /// The maximum size of a string in bytes, so that a malicious file cannot use much memory.
    private static let maximumText = 4096

    private var values: [UInt64: [Int]] = [:]

    /// Creates a section without entries.
    init() {}

    /// Reads the entries in a range of the file; it ends at the entry `DT_NULL`.
    init(in bytes: [UInt8], from start: Int, to end: Int) {
        for place in stride(from: start, to: end - 15, by: 16).prefix(Self.maximumCount) {
            guard let tag = bytes.number(at: place, size: 8), tag != 0 else { break }
            guard Tag(rawValue: tag) != nil, let value = bytes.offset(at: place + 8) else { continue }
            values[tag, default: []].append(value)
        }
    }

    /// The last value with a tag, or `nil` if there is none.
    subscript(tag: Tag) -> Int? { values[tag.rawValue]?.last }

    /// The strings whose offsets are the values with a tag, in order.
    func strings(_ tag: Tag, in image: ELFImage) -> [String] {
        guard let table = self[.stringTable].flatMap(image.fileOffset) else { return [] }
        return (values[tag.rawValue] ?? []).map { image.bytes.text(at: table + $0, limit: Self.maximumText) }
            .filter { !$0.isEmpty }
    }
}
