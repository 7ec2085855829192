#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The name of a file in an archive: relative, with `/` between components, and never leading out of the directory into
/// which the archive is extracted (APPNOTE 4.4.17).
package struct ArchivePath: Hashable, Sendable {
    /// Why a string is not a valid name of a file in an archive.
    package enum Problem: Hashable, Sendable {
        case empty, tooLong, absolute, parentComponent, currentComponent, emptyComponent
        case backslash, driveLetter, nulCharacter, notUTF8
    }

    /// A string that is not a valid name of a file in an archive.
    package struct ParseError: Error, Hashable, Sendable {
        /// The string as it was given.
        package let text: String
        /// What is wrong with the string.
        package let problem: Problem
    }

    /// The maximum length of a name in bytes: the longest path that a system accepts (`PATH_MAX`), without its NUL.
    ///
    /// The format allows 65,535 bytes, which a malicious archive could fill with thousands of directories, each of
    /// which costs memory and time.
    package static let maximumLength = 4095

    /// The name as a string.
    package let string: String

    /// Checks a name and keeps it unchanged.
    package init(parsing text: String) throws(ParseError) {
        if let problem = Self.problem(in: text) { throw ParseError(text: text, problem: problem) }
        string = text
    }

    /// Joins valid names, which needs no further check.
    private init(joined text: String) { string = text }

    /// The components of the name, at least one.
    package var components: [Substring] { string.split(separator: "/") }

    /// The part of the name after the last `/`.
    package var lastComponent: Substring {
        string.utf8.lastIndex(of: UInt8(ascii: "/")).map { string[string.utf8.index(after: $0)...] } ?? string[...]
    }

    /// The part of the name before the first `/`.
    package var firstComponent: Substring {
        string.utf8.firstIndex(of: UInt8(ascii: "/")).map { string[..<$0] } ?? string[...]
    }

    /// This name inside a directory.
    package func below(_ folder: ArchivePath) -> ArchivePath { ArchivePath(joined: folder.string + "/" + string) }

    private static func problem(in text: String) -> Problem? {
        let bytes = text.utf8
        guard let first = bytes.first else { return .empty }
        if bytes.count > maximumLength { return .tooLong }
        if first == UInt8(ascii: "/") { return .absolute }
        let second = bytes.index(after: bytes.startIndex)
        if second != bytes.endIndex, bytes[second] == UInt8(ascii: ":"), (first | 0x20).isLetter {
            return .driveLetter
        }
        // One pass over the bytes: `dots` counts the dots of a component that has only dots; -1 if it has other bytes.
        var length = 0
        var dots = 0
        for byte in bytes {
            switch byte {
            case 0: return .nulCharacter
            case UInt8(ascii: "\\"): return .backslash
            case UInt8(ascii: "/"):
                if let problem = componentProblem(length: length, dots: dots) { return problem }
                length = 0
                dots = 0
            default:
                length += 1
                dots = byte == UInt8(ascii: ".") && dots >= 0 ? dots + 1 : -1
            }
        }
        return componentProblem(length: length, dots: dots)
    }

    private static func componentProblem(length: Int, dots: Int) -> Problem? {
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
    /// Orders names by their bytes, which is the order of entries in the archives that we write.
    package static func < (left: Self, right: Self) -> Bool {
        // Sorting thousands of names is a notable part of a run, and the generic algorithm takes ten times as long.
        let fast = left.string.utf8.withContiguousStorageIfAvailable { left in
            right.string.utf8.withContiguousStorageIfAvailable { right in
                // Names are never empty, so both have an address.
                guard let first = left.baseAddress, let second = right.baseAddress else { return false }
                let order = memcmp(first, second, min(left.count, right.count))
                return order == 0 ? left.count < right.count : order < 0
            }
        }
        return (fast ?? nil) ?? left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
    }
}

extension ArchivePath: CustomStringConvertible {
    package var description: String { string }
}

extension ArchivePath.Problem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "is empty"
        case .tooLong: "is longer than \(ArchivePath.maximumLength) bytes"
        case .absolute: "is absolute"
        case .parentComponent: "leads out of the archive through '..'"
        case .currentComponent: "contains a component '.'"
        case .emptyComponent: "contains an empty component"
        case .backslash: "contains a backslash"
        case .driveLetter: "starts with a drive letter"
        case .nulCharacter: "contains a NUL character"
        case .notUTF8: "is not UTF-8"
        }
    }
}

extension ArchivePath.ParseError: CustomStringConvertible {
    package var description: String { "the name '\(text)' \(problem)" }
}
