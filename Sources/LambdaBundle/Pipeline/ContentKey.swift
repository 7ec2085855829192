import HostSystem

/// A key over everything that decides the bytes of an artifact, each part with its length before it.
///
/// Two lists of parts have one key only where they are equal; a new version of how artifacts are made has new keys.
struct ContentKey: ~Copyable {
    private var digest = SHA256()

    /// Begins a key.
    init(version: Int) { add(version) }

    /// Adds bytes.
    mutating func add(_ bytes: [UInt8]) {
        add(bytes.count)
        digest.update(bytes.span)
    }

    /// Adds a text.
    mutating func add(_ text: String) { add(Array(text.utf8)) }

    /// Adds texts.
    mutating func add(_ texts: [String]) {
        add(texts.count)
        for text in texts { add(text) }
    }

    /// Adds a number.
    mutating func add(_ number: some FixedWidthInteger) {
        let bytes = withUnsafeBytes(of: UInt64(truncatingIfNeeded: number).littleEndian) { Array($0) }
        digest.update(bytes.span)
    }

    /// Adds a truth value.
    mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }

    /// Adds what the system says of a file, which changes when its content does.
    mutating func add(_ status: FileStatus) {
        add(status.size)
        add(status.modifiedNanoseconds)
        add(status.changedNanoseconds)
        add(status.inode)
        add(status.device)
        add(status.mode)
    }

    /// Ends the key: 64 hexadecimal digits.
    consuming func finish() -> String { digest.finalize().hexadecimal }
}
