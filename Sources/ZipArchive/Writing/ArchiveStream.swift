/// An archive that is being written to a file: it fills a buffer while the previous one is hashed, and while the next
/// files are compressed.
struct ArchiveStream {
    /// A result of the work that runs concurrently with the filling of buffers.
    enum Work: Sendable {
        /// The member at an index was compressed.
        case compressed(Int, CompressedContent)
        /// The observer has received a buffer, which can be reused.
        case observed([UInt8], crc32: UInt32)
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
    private var ready: [Int: CompressedContent] = [:]

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
            try await copy(reader.bytes, from: entry.dataOffset, count: entry.compressedSize, &group)
        case .stored(let path, let size, let crc32):
            let file = try ArchiveBytes(opening: path)
            guard file.count == size else {
                let reason = ZipError.Reason.mismatch(.size, declared: UInt64(size), found: UInt64(file.count))
                throw ZipError(reason, archive: path)
            }
            try await begin(EntryHeader(member, .stored, crc32, size, size), &group)
            try await copy(file, from: 0, count: size, &group)
        case .bytes, .file, .computed:
            compressAhead(&group)
            while ready[index] == nil { try await collect(&group) }
            guard let content = ready.removeValue(forKey: index) else { return }
            aheadCount -= 1
            aheadSize -= Self.weight(of: member.content)
            try await begin(
                EntryHeader(member, content.method, content.crc32, content.data.count, content.size),
                &group
            )
            try await append(content.data, &group)
        }
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

    private mutating func copy(
        _ source: ArchiveBytes,
        from offset: Int,
        count total: Int,
        _ group: inout Group
    ) async throws {
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
            done += count
            try await advance(by: count, &group)
        }
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
            guard content.isCompressed else {
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
            group.addTask { .compressed(index, try CompressedContent(content, level: level, known)) }
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

extension ArchiveMember.Content {
    fileprivate var isCompressed: Bool {
        switch self {
        case .bytes, .file, .computed: true
        case .spliced, .stored: false
        }
    }
}

extension CompressedContent {
    fileprivate init(_ content: ArchiveMember.Content, level: Int, _ known: CompressedFiles?) throws {
        switch content {
        case .computed(_, let make): self.init(try make(), level: level)
        case .file(let path, _):
            let make = { try CompressedContent(readingFile: path, level: level) }
            self = try known?.content(of: path, make: make) ?? make()
        case .bytes(let bytes): self.init(bytes, level: level)
        case .spliced, .stored: preconditionFailure("only contents that are not compressed yet are compressed")
        }
    }
}

extension EntryHeader {
    fileprivate init(
        _ member: ArchiveMember,
        _ method: ZipEntry.Method,
        _ crc32: UInt32,
        _ compressedSize: Int,
        _ size: Int
    ) {
        self.init(
            path: member.path,
            isExecutable: member.isExecutable,
            method: method,
            crc32: crc32,
            compressedSize: compressedSize,
            size: size
        )
    }
}
