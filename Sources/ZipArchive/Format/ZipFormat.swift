/// The constants of the zip format (APPNOTE 6.3.10).
enum ZipFormat {
    // Signatures (4.3.6–4.3.16).
    static let localHeader: UInt32 = 0x0403_4b50
    static let directoryHeader: UInt32 = 0x0201_4b50
    static let endRecord: UInt32 = 0x0605_4b50
    static let zip64EndRecord: UInt32 = 0x0606_4b50
    static let zip64Locator: UInt32 = 0x0706_4b50

    // Sizes in bytes of the structures' fixed parts.
    static let localHeaderSize = 30
    static let directoryHeaderSize = 46
    static let endRecordSize = 22
    static let zip64EndRecordSize = 56
    static let zip64LocatorSize = 20

    // Bits of the general purpose flags (4.4.4).
    static let encryptionFlags: UInt16 = 1 << 0 | 1 << 6 | 1 << 13
    static let descriptorFlag: UInt16 = 1 << 3
    static let patchFlag: UInt16 = 1 << 5
    static let utf8Flag: UInt16 = 1 << 11

    // Extra fields (4.5).
    static let zip64Extra: UInt16 = 0x0001
    static let unicodePathExtra: UInt16 = 0x7075

    /// The value of a field whose actual value is in the zip64 extra field.
    static let elsewhere32 = UInt32.max
    static let elsewhere16 = UInt16.max

    /// The date 1980-01-01, the earliest that the format can represent (4.4.6).
    static let fixedDate: UInt16 = 1 << 5 | 1
}
