/// An archive that is being written to a file: it fills a buffer while the previous one is hashed, and while the next
/// files are compressed.
struct ArchiveStream {
    /// A result of the work that runs concurrently with the filling of buffers.
    enum Work: Sendable {
        /// The member at an index was compressed.
        case compressed(Int, Compression)
        /// The observer has received a buffer, which can be reused.
        case observed([UInt8], crc32: UInt32)
    }

    /// What became of a file that is compressed ahead.
    enum Compression: Sendable {
        case whole(CompressedContent)
        /// The file at this path is compressed in blocks when it is its turn.
        case tooLarge(String)
    }

    typealias Group = ThrowingTaskGroup<Work, any Error>

    /// The size of a buffer in bytes: large enough to amortize the cost of a task, small enough for CPU caches.
    private static let bufferSize = 1 << 20
    /// The maximum number of bytes of files that are compressed ahead; a single file may be larger.
    private static let aheadBytes = 24 << 20

    private let output: OutputArchive
    private let writer: ZipWriter
    private let members: [ArchiveMember]

    private var buffer = [UInt8](repeating: 0, count: bufferSize)
    private var used = 0
    private var spare: [UInt8]? = [UInt8](repeating: 0, count: bufferSize)
    private var isObserving = false
    private var directory: [UInt8] = []
    private var summary = ZipSummary()

    /// The index of the next member to be compressed ahead.
    private var nextAhead = 0
    private var aheadCount = 0
    private var aheadSize = 0
    private var ready: [Int: Compression] = [:]

    init(output: OutputArchive, writer: ZipWriter, members: [ArchiveMember]) {
        self.output = output
        self.writer = writer
        self.members = members
    }

    /// Appends the member at an index; the caller goes through the indices in order.
    mutating func append(_ index: Int, _ group: inout Group) async throws {
        let member = members[index]
        switch member.content {
        case .spliced(let reader, let entry):
            let header = EntryHeader(member, entry.method, entry.crc32, entry.compressedSize, entry.size)
            try await begin(header, &group)
            _ = try await copy(
                reader.bytes,
                from: entry.dataOffset,
                count: entry.compressedSize,
                continuing: nil,
                &group
            )
        case .stored(let path, let size, let crc32):
            let file = try ArchiveBytes(opening: path)
            guard file.count == size else {
                let reason = ZipError.Reason.mismatch(.size, declared: UInt64(size), found: UInt64(file.count))
                throw ZipError(reason, archive: path)
            }
            try await begin(EntryHeader(member, .stored, crc32, size, size), &group)
            _ = try await copy(file, from: 0, count: size, continuing: nil, &group)
        case .bytes, .file, .computed:
            compressAhead(&group)
            if case .file(let path, _) = member.content, member.content.isLarge {
                return try await append(large: path, member, &group)
            }
            while ready[index] == nil { try await collect(&group) }
            guard let compression = ready.removeValue(forKey: index) else { return }
            aheadCount -= 1
            aheadSize -= Self.weight(of: member.content)
            switch compression {
            case .whole(let content): try await append(content, member, &group)
            case .tooLarge(let path): try await append(large: path, member, &group)
            }
        }
    }

    private mutating func append(
        _ content: CompressedContent,
        _ member: ArchiveMember,
        _ group: inout Group
    ) async throws {
        let header = EntryHeader(member, content.method, content.crc32, content.data.count, content.size)
        try await begin(header, &group)
        try await append(content.data, &group)
    }

    /// Appends a file that is compressed in blocks, while files after it are compressed ahead.
    private mutating func append(large path: String, _ member: ArchiveMember, _ group: inout Group) async throws {
        guard let file = try await blocks(of: path) else {
            // It is smaller than expected.
            let source = try ArchiveBytes(opening: path)
            let bytes = try source.bytes(at: 0, count: source.count)
            return try await append(CompressedContent(bytes, level: writer.level), member, &group)
        }
        let header = EntryHeader(member, file.method, file.crc32, file.compressedSize, file.source.count)
        try await begin(header, &group)
        for index in file.pieces.indices { try await append(piece: index, of: file, &group) }
    }

    /// The blocks of a file, which other archives may have compressed already; `nil` if it has only one.
    private func blocks(of path: String) async throws -> BlockwiseFile? {
        if let known = writer.compressedFiles?.blocks(of: path) { return known }
        let source = try ArchiveBytes(opening: path)
        guard source.count > BlockwiseFile.blockSize else { return nil }
        let file = try await BlockwiseFile.compressing(
            source,
            level: writer.level,
            concurrency: writer.concurrency,
            beside: output.path
        )
        writer.compressedFiles?.keep(file, of: path)
        return file
    }

    private mutating func append(piece index: Int, of file: BlockwiseFile, _ group: inout Group) async throws {
        switch file.pieces[index] {
        case .compressed(let range):
            guard let spool = file.spool else { return }
            _ = try await copy(spool, from: range.lowerBound, count: range.count, continuing: nil, &group)
        case .stored(let range, let crc32):
            let isLast = index == file.pieces.count - 1
            try await append(range, of: file, crc32, isLast: isLast, &group)
        }
    }

    /// Appends a block of a file that does not get smaller, and checks that it has not changed.
    private mutating func append(
        _ range: Range<Int>,
        of file: BlockwiseFile,
        _ crc32: UInt32,
        isLast: Bool,
        _ group: inout Group
    ) async throws {
        var found: UInt32 = 0
        for start in stride(from: range.lowerBound, to: range.upperBound, by: StoredBlocks.maximumSize) {
            let count = min(StoredBlocks.maximumSize, range.upperBound - start)
            if file.method == .deflate {
                let isLast = isLast && start + count == range.upperBound
                try await append(StoredBlocks.header(count: count, isLast: isLast), &group)
            }
            do {
                found = try await copy(file.source, from: start, count: count, continuing: found, &group)
            } catch let error as ZipError where error.reason == .truncated(.data) {
                throw ZipError(.changedWhileRead, archive: file.source.name)
            }
        }
        if found != crc32 { throw ZipError(.changedWhileRead, archive: file.source.name) }
    }

    /// Appends the central directory, and waits until all bytes are written and observed.
    mutating func finish(_ group: inout Group) async throws -> ZipSummary {
        let end = EndRecordHeader(
            entryCount: members.count,
            directoryOffset: summary.archiveSize,
            directorySize: directory.count
        )
        end.append(to: &directory)
        try await append(directory, &group)
        try await flush(&group)
        while isObserving { try await collect(&group) }
        summary.entryCount = members.count
        return summary
    }

    private mutating func begin(_ header: EntryHeader, _ group: inout Group) async throws {
        header.appendDirectoryRecord(localHeaderOffset: summary.archiveSize, to: &directory)
        summary.contentSize += header.size
        var bytes: [UInt8] = []
        bytes.reserveCapacity(128)
        header.appendLocalHeader(to: &bytes)
        try await append(bytes, &group)
    }

    private mutating func append(_ bytes: [UInt8], _ group: inout Group) async throws {
        var done = 0
        while done < bytes.count {
            let count = min(bytes.count - done, Self.bufferSize - used)
            // Both ranges are valid: `count` is at most what remains of the bytes and of the buffer.
            buffer.withUnsafeMutableBytes { buffer in
                bytes.withUnsafeBytes { bytes in
                    UnsafeMutableRawBufferPointer(rebasing: buffer[used...])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[done..<(done + count)]))
                }
            }
            done += count
            try await advance(by: count, &group)
        }
    }

    /// Copies bytes, and calculates their checksum if there is one of the bytes before them.
    ///
    /// - Returns: that checksum, continued; 0 if it is `nil`.
    private mutating func copy(
        _ source: any ByteSource,
        from offset: Int,
        count total: Int,
        continuing checksum: UInt32?,
        _ group: inout Group
    ) async throws -> UInt32 {
        var checksum = checksum
        var done = 0
        while done < total {
            let count = min(total - done, Self.bufferSize - used)
            // The range is valid: `count` is at most what remains of the buffer.
            try buffer.withUnsafeMutableBytes { buffer in
                try source.read(
                    at: offset + done,
                    into: UnsafeMutableRawBufferPointer(rebasing: buffer[used..<(used + count)])
                )
            }
            if let before = checksum {
                checksum = CRC32.checksum(buffer.span.extracting(used..<(used + count)), continuing: before)
            }
            done += count
            try await advance(by: count, &group)
        }
        return checksum ?? 0
    }

    private mutating func advance(by count: Int, _ group: inout Group) async throws {
        used += count
        summary.archiveSize += count
        if used == Self.bufferSize { try await flush(&group) }
    }

    /// Writes the buffer while the observer receives it, and continues with the other buffer.
    private mutating func flush(_ group: inout Group) async throws {
        guard used > 0 else { return }
        try Task.checkCancellation()
        // One buffer at a time, because the observer must receive the bytes in order.
        while isObserving { try await collect(&group) }
        let full = buffer
        let count = used
        let observer = writer.observer
        let before = summary.crc32
        group.addTask {
            let bytes = full.span.extracting(0..<count)
            observer?.observe(bytes)
            return .observed(full, crc32: CRC32.checksum(bytes, continuing: before))
        }
        isObserving = true
        try output.append(full.span.extracting(0..<count))
        buffer = spare ?? [UInt8](repeating: 0, count: Self.bufferSize)
        spare = nil
        used = 0
    }

    /// Waits for one result of the concurrent work.
    private mutating func collect(_ group: inout Group) async throws {
        switch try await group.next() {
        case .compressed(let index, let content): ready[index] = content
        case .observed(let bytes, let crc32):
            spare = bytes
            summary.crc32 = crc32
            isObserving = false
        case nil: throw CancellationError()
        }
    }

    /// Starts compressing the next members, within the limits of memory and concurrency; always at least the next one.
    private mutating func compressAhead(_ group: inout Group) {
        while nextAhead < members.count {
            let content = members[nextAhead].content
            guard content.isCompressed, !content.isLarge else {
                nextAhead += 1
                continue
            }
            let weight = Self.weight(of: content)
            if aheadCount > 0,
                aheadCount >= 2 * writer.concurrency || aheadSize + weight > Self.aheadBytes
            {
                return
            }
            let (index, level, known) = (nextAhead, writer.level, writer.compressedFiles)
            aheadCount += 1
            aheadSize += weight
            nextAhead += 1
            group.addTask { .compressed(index, try Compression(content, level: level, known)) }
        }
    }

    private static func weight(of content: ArchiveMember.Content) -> Int {
        switch content {
        case .bytes(let bytes): bytes.count
        case .file(_, let sizeHint), .computed(let sizeHint, _): 2 * sizeHint
        case .spliced, .stored: 0
        }
    }
}
