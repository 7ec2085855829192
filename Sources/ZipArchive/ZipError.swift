/// Why an archive is refused or cannot be read.
package struct ZipError: Error, Hashable, Sendable {
    /// The archive, as it was named when it was opened.
    package let archive: String
    /// The entry that is at fault, `nil` where the archive as a whole is.
    package let entry: String?
    /// Where in the archive the fault lies, in bytes from its start; `nil` where it lies in no one place.
    package let offset: Int?
    /// The fault.
    package let reason: Reason

    init(_ reason: Reason, archive: String, entry: String? = nil, offset: Int? = nil) {
        self.archive = archive
        self.entry = entry
        self.offset = offset
        self.reason = reason
    }

    /// The faults.
    package enum Reason: Hashable, Sendable {
        /// The system refused a call, with its error number.
        case system(operation: Operation, code: Int32)
        /// There is no end-of-central-directory record: no zip archive, or one that was cut.
        case noEndRecord
        /// The archive ends within a structure, or a structure points behind the end.
        case truncated(Structure)
        /// A structure does not begin with its signature.
        case badSignature(Structure)
        /// The archive is one of several volumes.
        case severalVolumes
        /// The central directory is not where, or not as long, as the end record says.
        case misplacedDirectory
        /// The end record counts other than the directory holds.
        case wrongEntryCount(declared: Int, found: Int)
        /// The name of an entry is not one that may be unpacked.
        case badName(ArchivePath.Fault)
        /// Two entries have the same name.
        case duplicateName
        /// Two entries have names that differ in case or in composition alone.
        case collidingName(with: String)
        /// One entry is a file and a folder of another.
        case fileIsFolder
        /// The name in the local header, or in an extra field, is not the one in the directory.
        case differentName(String)
        /// The entry is encrypted.
        case encrypted
        /// The entry is compressed by a method other than deflate.
        case unknownMethod(UInt16)
        /// The entry is neither a file nor a folder nor a link.
        case specialFile(mode: UInt16)
        /// The link leads out of the archive.
        case linkLeavesArchive(target: String)
        /// Two statements about an entry do not agree.
        case mismatch(Property, declared: UInt64, found: UInt64)
        /// The entry lies in the range of another.
        case overlaps(String)
        /// The entry, or all of them, are larger than allowed, in bytes.
        case tooLarge(declared: UInt64, limit: UInt64)
        /// There are more entries than allowed.
        case tooManyEntries(declared: UInt64, limit: Int)
        /// The compressed data of the entry is broken.
        case badData
    }

    /// The calls to the system.
    package enum Operation: String, Hashable, Sendable {
        case open, read, write, rename
    }

    /// The structures of the format.
    package enum Structure: String, Hashable, Sendable {
        case endRecord = "end record"
        case zip64EndRecord = "zip64 end record"
        case zip64Locator = "zip64 locator"
        case directory = "central directory"
        case localHeader = "local header"
        case extraField = "extra field"
        case data = "data"
    }

    /// What is said of an entry more than once.
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
        case .noEndRecord: "has no end record: it is no zip archive, or it was cut"
        case .truncated(let structure): "ends within its \(structure.rawValue)"
        case .badSignature(let structure): "has no \(structure.rawValue) where one is declared"
        case .severalVolumes: "is one of several volumes"
        case .misplacedDirectory: "has its central directory elsewhere than declared"
        case .wrongEntryCount(let declared, let found): "declares \(declared) entries and has \(found)"
        case .badName(let fault): "has a name that \(fault)"
        case .duplicateName: "is there twice"
        case .collidingName(let other): "has a name that differs from '\(other)' in case alone"
        case .fileIsFolder: "is a file and a folder"
        case .differentName(let other): "is called '\(other)' in another place"
        case .encrypted: "is encrypted"
        case .unknownMethod(let method): "is compressed by method \(method), which is neither stored nor deflate"
        case .specialFile(let mode): "is no file, folder or link but has mode \(String(mode, radix: 8))"
        case .linkLeavesArchive(let target): "is a link to '\(target)' outside of the archive"
        case .mismatch(let property, let declared, let found):
            "declares \(property.rawValue) \(declared), which is \(found) in truth or elsewhere"
        case .overlaps(let other): "lies in the range of '\(other)'"
        case .tooLarge(let declared, let limit): "declares \(declared) bytes, over the limit of \(limit)"
        case .tooManyEntries(let declared, let limit): "declares \(declared) entries, over the limit of \(limit)"
        case .badData: "has broken compressed data"
        }
    }
}

extension ZipError.Operation {
    fileprivate var participle: String {
        switch self {
        case .open: "opened"
        case .read: "read"
        case .write: "written"
        case .rename: "put in its place"
        }
    }
}
