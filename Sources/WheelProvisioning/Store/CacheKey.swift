package import HostSystem

/// The key of a cache entry: a digest of all inputs that the entry depends on, each prefixed with its length.
///
/// Two lists of inputs have the same key only if they are equal. A new version of the code that makes an entry uses new
/// keys.
package struct CacheKey: ~Copyable {
    private var hash = SHA256()

    /// Begins the key of a kind of entry; the version is increased when such entries are made in another way.
    package init(_ kind: String, version: Int) {
        add("kind", kind)
        add(version)
    }

    /// Adds an input with its name.
    package mutating func add(_ name: String, _ value: String) {
        add(name)
        add(value)
    }

    /// Adds several inputs with one name, whose order matters.
    package mutating func add(_ name: String, _ values: [String]) {
        add(name)
        add(values)
    }

    /// Adds the UTF-8 bytes of a string.
    package mutating func add(_ text: String) {
        let bytes = Array(text.utf8)
        add(bytes.count)
        hash.update(bytes.span)
    }

    /// Adds strings, whose order matters.
    package mutating func add(_ strings: [String]) {
        add(strings.count)
        for string in strings { add(string) }
    }

    /// Adds a number as 64 bits.
    package mutating func add(_ number: some FixedWidthInteger) {
        let value = UInt64(truncatingIfNeeded: number)
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        hash.update(bytes.span)
    }

    /// Adds a Boolean value.
    package mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }

    /// Adds the status of a file, which changes when its content changes.
    package mutating func add(_ status: FileStatus) {
        add(status.size)
        add(status.modifiedNanoseconds)
        add(status.changedNanoseconds)
        add(status.inode)
        add(status.device)
        add(status.mode)
    }

    /// Finishes the key, as 64 hexadecimal digits.
    package consuming func finish() -> String { digest().hexadecimal }

    /// Finishes the key, as a digest.
    package consuming func digest() -> SHA256Digest { hash.finalize() }
}
