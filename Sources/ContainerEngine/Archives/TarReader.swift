package import HostSystem

/// An archive from a container that is not safe or not complete to unpack.
package enum TarError: Error, Hashable, Sendable {
    /// The archive ends within an entry, as when the container was killed.
    case truncated
    /// A header has a wrong checksum, or a number that is not valid.
    case invalidHeader
    /// A name leads out of the directory, or is not a plain file or directory.
    case unsafeEntry(String)
}

/// Unpacks the regular files of a tar archive that a container wrote to its output.
///
/// What runs in a container is not trusted: names that lead out of the directory, links and devices are errors.
package struct TarReader: Sendable {
    private let files: any FileSystem

    /// Creates a reader that writes to a file system.
    package init(files: any FileSystem) { self.files = files }

    /// Unpacks an archive into a directory.
    ///
    /// - Parameters:
    ///   - archive: the archive.
    ///   - folder: the directory, which is created.
    /// - Returns: the paths of the files, relative to the directory, in the order of the archive.
    /// - Throws: `TarError`, `FileSystemError`.
    package func unpack(_ archive: LocalPath, into folder: LocalPath) throws -> [String] {
        try files.createDirectory(folder)
        var state = State(files: files, folder: folder)
        try files.read(archive) { (piece: Span<UInt8>) throws(FileSystemError) in
            var offset = 0
            while offset < piece.count, state.problem == nil {
                offset += try state.consume(piece.extracting(offset..<piece.count))
            }
        }
        if let problem = state.problem { throw problem }
        guard state.hasEnded else { throw TarError.truncated }
        return state.names
    }

    /// The progress of reading: a partial header, or the rest of a content.
    private struct State {
        let files: any FileSystem
        let folder: LocalPath
        var names: [String] = []
        var problem: TarError?
        var hasEnded = false
        private var block: [UInt8] = []
        private var output: OutputFile?
        private var contentLeft = 0
        private var paddingLeft = 0
        /// The name in a header of GNU or pax that applies to the next entry.
        private var longName: String?
        /// The content of such a header while it is read, and its type.
        private var extended: (type: UInt8, bytes: [UInt8])?

        init(files: any FileSystem, folder: LocalPath) {
            self.files = files
            self.folder = folder
        }

        /// Processes the start of a piece.
        ///
        /// - Returns: the number of bytes that were processed, at least one.
        mutating func consume(_ piece: Span<UInt8>) throws(FileSystemError) -> Int {
            if contentLeft > 0 {
                let part = piece.extracting(first: min(contentLeft, piece.count))
                if let output { try output.write(part) }
                if extended != nil { for index in part.indices { extended?.bytes.append(part[index]) } }
                contentLeft -= part.count
                if contentLeft == 0 { try finishContent() }
                return part.count
            }
            if paddingLeft > 0 {
                let count = min(paddingLeft, piece.count)
                paddingLeft -= count
                return count
            }
            let part = piece.extracting(first: min(TarHeader.blockSize - block.count, piece.count))
            for index in part.indices { block.append(part[index]) }
            if block.count == TarHeader.blockSize {
                try readHeader()
                block.removeAll(keepingCapacity: true)
            }
            return part.count
        }

        private mutating func readHeader() throws(FileSystemError) {
            if block.allSatisfy({ $0 == 0 }) {
                hasEnded = true
                return
            }
            guard !hasEnded, let size = number(124, 12), let sum = number(148, 8) else {
                problem = .invalidHeader
                return
            }
            let found = block.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
            guard sum == found, size >= 0 else {
                problem = .invalidHeader
                return
            }
            contentLeft = size
            paddingLeft = (TarHeader.blockSize - size % TarHeader.blockSize) % TarHeader.blockSize
            let type = block[156]
            switch type {
            case UInt8(ascii: "x"), UInt8(ascii: "g"), UInt8(ascii: "L"):
                if size > 1 << 20 { problem = .invalidHeader } else { extended = (type, []) }
            case UInt8(ascii: "0"), 0: try begin(entryName)
            case UInt8(ascii: "5"): try makeFolder(entryName)
            default: problem = .unsafeEntry(entryName)
            }
            if contentLeft == 0 { try finishContent() }
        }

        private mutating func begin(_ name: String) throws(FileSystemError) {
            guard let path = place(name) else { return }
            try files.createDirectory(path.parent)
            let isExecutable = (number(100, 8) ?? 0) & 0o100 != 0
            output = try OutputFile(creating: path, mode: isExecutable ? 0o755 : 0o644)
            names.append(path.relative(to: folder).string)
        }

        private mutating func makeFolder(_ name: String) throws(FileSystemError) {
            longName = nil
            if LocalPath(name).string == "." { return }
            if let path = place(name) { try files.createDirectory(path) }
        }

        /// The path of an entry, unless its name leads out of the directory.
        private mutating func place(_ name: String) -> LocalPath? {
            longName = nil
            let relative = LocalPath(name)
            guard !relative.isAbsolute, relative.components.first != "..", relative.string != "." else {
                problem = .unsafeEntry(name)
                return nil
            }
            return folder / relative.string
        }

        private mutating func finishContent() throws(FileSystemError) {
            if let output { try output.close(durably: false) }
            output = nil
            guard let header = extended else { return }
            extended = nil
            let text = String(decoding: header.bytes, as: UTF8.self)
            if header.type == UInt8(ascii: "L") { longName = String(text.prefix { $0 != "\0" }) }
            guard header.type == UInt8(ascii: "x") else { return }
            for line in text.split(separator: "\n") {
                guard let start = line.firstRange(of: " path=")?.upperBound else { continue }
                longName = String(line[start...])
            }
        }

        private var entryName: String {
            if let longName { return longName }
            let prefix = text(345, 155)
            // Before POSIX, the field had other content.
            let isStandard = block[257..<262].elementsEqual("ustar".utf8) && block[262] == 0
            return isStandard && !prefix.isEmpty ? prefix + "/" + text(0, 100) : text(0, 100)
        }

        private func text(_ offset: Int, _ length: Int) -> String {
            String(decoding: block[offset..<offset + length].prefix { $0 != 0 }, as: UTF8.self)
        }

        /// A number in octal digits, or in base 256 if its first bit is set.
        private func number(_ offset: Int, _ length: Int) -> Int? {
            let field = block[offset..<offset + length]
            if field.first == 0x80 {
                guard field.dropFirst().prefix(length - 8).allSatisfy({ $0 == 0 }) else { return nil }
                return field.suffix(7).reduce(0) { $0 << 8 | Int($1) }
            }
            let digits = text(offset, length).filter { $0 != " " }
            return digits.isEmpty ? 0 : Int(digits, radix: 8)
        }
    }
}
