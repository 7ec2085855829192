/// The extra fields of a header that affect an entry's sizes, offset and name (APPNOTE 4.5).
struct ExtraFields {
    /// The values of the zip64 field, which replace those that are `0xFFFFFFFF` in the header, in the header's order.
    var wideValues: [UInt64] = []
    /// The name in a Unicode path field, which replaces the header's.
    var unicodeName: [UInt8]?

    /// Reads the fields in a range of bytes; returns `nil` if their lengths are inconsistent.
    ///
    /// - Parameters:
    ///   - bytes: the bytes that contain the fields.
    ///   - range: the range of the fields.
    ///   - wideCount: the number of header values that are in the zip64 field.
    init?(_ bytes: [UInt8], in range: Range<Int>, wideCount: Int) {
        var position = range.lowerBound
        while position < range.upperBound {
            guard range.upperBound - position >= 4 else { return nil }
            let kind = bytes.uint16(at: position)
            let size = Int(bytes.uint16(at: position + 2))
            position += 4
            guard size <= range.upperBound - position else { return nil }
            switch kind {
            case ZipFormat.zip64Extra where wideCount > 0:
                guard wideValues.isEmpty, size >= 8 * wideCount else { return nil }
                for index in 0..<wideCount { wideValues.append(bytes.uint64(at: position + 8 * index)) }
            case ZipFormat.unicodePathExtra:
                guard size >= 5 else { return nil }
                unicodeName = Array(bytes[(position + 5)..<(position + size)])
            default: break
            }
            position += size
        }
        guard wideValues.count == wideCount else { return nil }
    }
}
