/// The name of a file within an archive: relative, `/` between components, and never a way out of the folder into
/// which the archive is unpacked (APPNOTE 4.4.17).
package struct ArchivePath: Hashable, Sendable {
    /// Why a text is no name of a file within an archive.
    package enum Fault: Hashable, Sendable {
        case empty, tooLong, absolute, parentComponent, currentComponent, emptyComponent
        case backslash, driveLetter, nulCharacter, notUTF8
    }

    /// A text that is no name of a file within an archive.
    package struct ParseError: Error, Hashable, Sendable {
        /// The text as it stands.
        package let text: String
        /// What is wrong with it.
        package let fault: Fault
    }

    /// The longest name in bytes: what a system takes as a path (`PATH_MAX`), its NUL counted.
    ///
    /// The format would allow 65,535, of which a name with thousands of folders could be made to cost memory and time
    /// for every one of them.
    package static let maximumLength = 4095

    /// The name as text.
    package let string: String

    /// Reads a name.
    package init(parsing text: String) throws(ParseError) {
        if let fault = Self.fault(in: text) { throw ParseError(text: text, fault: fault) }
        string = text
    }

    /// Takes a name that is made of others and so needs no check.
    private init(joined text: String) { string = text }

    /// The components, at least one.
    package var components: [Substring] { string.split(separator: "/") }

    /// The part after the last `/`.
    package var lastComponent: Substring {
        string.utf8.lastIndex(of: UInt8(ascii: "/")).map { string[string.utf8.index(after: $0)...] } ?? string[...]
    }

    /// The first component.
    package var firstComponent: Substring {
        string.utf8.firstIndex(of: UInt8(ascii: "/")).map { string[..<$0] } ?? string[...]
    }

    /// This name below a folder.
    package func below(_ folder: ArchivePath) -> ArchivePath { ArchivePath(joined: folder.string + "/" + string) }

    private static func fault(in text: String) -> Fault? {
        let bytes = text.utf8
        guard let first = bytes.first else { return .empty }
        if bytes.count > maximumLength { return .tooLong }
        if first == UInt8(ascii: "/") { return .absolute }
        let second = bytes.index(after: bytes.startIndex)
        if second != bytes.endIndex, bytes[second] == UInt8(ascii: ":"), (first | 0x20).isLetter {
            return .driveLetter
        }
        // One pass over the bytes: dots counts the dots of a component of nothing else, -1 once it has other bytes.
        var length = 0
        var dots = 0
        for byte in bytes {
            switch byte {
            case 0: return .nulCharacter
            case UInt8(ascii: "\\"): return .backslash
            case UInt8(ascii: "/"):
                if let fault = componentFault(length: length, dots: dots) { return fault }
                length = 0
                dots = 0
            default:
                length += 1
                dots = byte == UInt8(ascii: ".") && dots >= 0 ? dots + 1 : -1
            }
        }
        return componentFault(length: length, dots: dots)
    }

    private static func componentFault(length: Int, dots: Int) -> Fault? {
        switch (length, dots) {
        case (0, _): .emptyComponent
        case (1, 1): .currentComponent
        case (2, 2): .parentComponent
        default: nil
        }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
}

extension ArchivePath: Comparable {
    /// The order of the bytes, which is the order of entries in the archives that we write.
    package static func < (left: Self, right: Self) -> Bool {
        left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
    }
}

extension ArchivePath: CustomStringConvertible {
    package var description: String { string }
}

extension ArchivePath.Fault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "is empty"
        case .tooLong: "is longer than \(ArchivePath.maximumLength) bytes"
        case .absolute: "is absolute"
        case .parentComponent: "leads out of its folder through '..'"
        case .currentComponent: "has a component '.'"
        case .emptyComponent: "has an empty component"
        case .backslash: "has a backslash"
        case .driveLetter: "begins with a drive letter"
        case .nulCharacter: "has a NUL character"
        case .notUTF8: "is not UTF-8"
        }
    }
}

extension ArchivePath.ParseError: CustomStringConvertible {
    package var description: String { "the name '\(text)' \(fault)" }
}
