/// The reason why an archive is rejected or cannot be read, and where in the archive the problem is.
package struct ZipError: Error, Hashable, Sendable {
    /// The name under which the archive was opened.
    package let archive: String
    /// The name of the invalid entry; `nil` if the error concerns the whole archive.
    package let entry: String?
    /// The offset of the error in bytes from the start of the archive; `nil` if it has no single location.
    package let offset: Int?
    /// What is wrong with the archive or the entry.
    package let reason: Reason

    init(_ reason: Reason, archive: String, entry: String? = nil, offset: Int? = nil) {
        self.archive = archive
        self.entry = entry
        self.offset = offset
        self.reason = reason
    }

    /// The kinds of errors, with what was declared and found.
    package enum Reason: Hashable, Sendable {
        /// A system call failed with this error number.
        case system(operation: Operation, code: Int32)
        /// There is no end-of-central-directory record: this is not a zip archive, or it is truncated.
        case noEndRecord
        /// The archive ends inside a structure, or a structure points past the end.
        case truncated(Structure)
        /// A structure does not start with its signature.
        case badSignature(Structure)
        /// The archive is part of a multi-volume archive.
        case severalVolumes
        /// The offset or size of the central directory differs from what the end record declares.
        case misplacedDirectory
        /// The end record declares another number of entries than the central directory contains.
        case wrongEntryCount(declared: Int, found: Int)
        /// The name of an entry must not be extracted.
        case badName(ArchivePath.Problem)
        /// Two entries have the same name.
        case duplicateName
        /// The names of two entries differ only in case or in Unicode composition.
        case collidingName(with: String)
        /// An entry is a file, but another entry's name has it as a directory.
        case fileIsFolder
        /// The name in the local header or in an extra field differs from the name in the central directory.
        case differentName(String)
        /// The entry is encrypted.
        case encrypted
        /// The entry is compressed with a method other than deflate.
        case unknownMethod(UInt16)
        /// The entry is not a file, directory or symbolic link.
        case specialFile(mode: UInt16)
        /// The target of a symbolic link is outside of the archive.
        case linkLeavesArchive(target: String)
        /// Two declared values differ, or a declared value differs from the actual one.
        case mismatch(Property, declared: UInt64, found: UInt64)
        /// The byte range of the entry overlaps that of another entry.
        case overlaps(String)
        /// The entry, or all entries together, exceed the limit in bytes.
        case tooLarge(declared: UInt64, limit: UInt64)
        /// The number of entries exceeds the limit.
        case tooManyEntries(declared: UInt64, limit: Int)
        /// The compressed data of the entry is corrupt.
        case badData
        /// A file that is added to an archive was changed between two reads of it.
        case changedWhileRead
    }

    /// The kinds of system calls that can fail.
    package enum Operation: String, Hashable, Sendable {
        case open, read, write, rename
    }

    /// The structures of the zip format.
    package enum Structure: String, Hashable, Sendable {
        case endRecord = "end record"
        case zip64EndRecord = "zip64 end record"
        case zip64Locator = "zip64 locator"
        case directory = "central directory"
        case localHeader = "local header"
        case extraField = "extra field"
        case data = "data"
    }

    /// The properties of an entry that the format declares more than once.
    package enum Property: String, Hashable, Sendable {
        case method, flags
        case checksum = "CRC-32"
        case compressedSize = "compressed size"
        case size
    }
}

extension ZipError: CustomStringConvertible {
    package var description: String {
        let place = entry.map { "entry '\($0)'" } ?? "the archive"
        let position = offset.map { " (at byte \($0))" } ?? ""
        return "'\(archive)': \(place) \(reason)\(position)"
    }
}

extension ZipError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let operation, let code): "cannot be \(operation.participle): system error \(code)"
        case .noEndRecord: "has no end record: it is not a zip archive, or it is truncated"
        case .truncated(let structure): "ends inside its \(structure.rawValue)"
        case .badSignature(let structure): "has no \(structure.rawValue) at the declared offset"
        case .severalVolumes: "is part of a multi-volume archive"
        case .misplacedDirectory: "has its central directory at another offset than declared"
        case .wrongEntryCount(let declared, let found): "declares \(declared) entries but contains \(found)"
        case .badName(let problem): "has a name that \(problem)"
        case .duplicateName: "appears twice"
        case .collidingName(let other): "has a name that differs from '\(other)' only in case"
        case .fileIsFolder: "is both a file and a directory"
        case .differentName(let other): "has the name '\(other)' in another header"
        case .encrypted: "is encrypted"
        case .unknownMethod(let method):
            "uses compression method \(method), which is not supported; supported are stored and deflate"
        case .specialFile(let mode): "is not a file, directory or symbolic link (mode \(String(mode, radix: 8)))"
        case .linkLeavesArchive(let target): "is a symbolic link to '\(target)', which is outside of the archive"
        case .mismatch(let property, let declared, let found):
            "declares \(property.rawValue) \(declared), but \(found) was found"
        case .overlaps(let other): "overlaps the data of '\(other)'"
        case .tooLarge(let declared, let limit): "declares \(declared) bytes, which is over the limit of \(limit)"
        case .tooManyEntries(let declared, let limit):
            "declares \(declared) entries, which is over the limit of \(limit)"
        case .badData: "has corrupt compressed data"
        case .changedWhileRead: "was changed while it was read"
        }
    }
}

extension ZipError.Operation {
    fileprivate var participle: String {
        switch self {
        case .open: "opened"
        case .read: "read"
        case .write: "written"
        case .rename: "moved into place"
        }
    }
}
