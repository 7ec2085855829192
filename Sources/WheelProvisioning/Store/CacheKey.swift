package import HostSystem

/// The name of a cached thing: a digest over every input that decides it, each with its length before it.
///
/// Two lists of inputs have one key only where they are equal; a new version of how the thing is made has new keys.
package struct CacheKey: ~Copyable {
    private var hash = SHA256()

    /// Begins the key of a kind of thing, whose version rises when the thing is made another way.
    package init(_ kind: String, version: Int) {
        add("kind", kind)
        add(version)
    }

    /// Adds an input by its name.
    package mutating func add(_ name: String, _ value: String) {
        add(name)
        add(value)
    }

    /// Adds several inputs of one name, whose order counts.
    package mutating func add(_ name: String, _ values: [String]) {
        add(name)
        add(values)
    }

    /// Adds a text.
    package mutating func add(_ text: String) {
        let bytes = Array(text.utf8)
        add(bytes.count)
        hash.update(bytes.span)
    }

    /// Adds texts.
    package mutating func add(_ texts: [String]) {
        add(texts.count)
        for text in texts { add(text) }
    }

    /// Adds a number.
    package mutating func add(_ number: some FixedWidthInteger) {
        let value = UInt64(truncatingIfNeeded: number)
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        hash.update(bytes.span)
    }

    /// Adds a truth value.
    package mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }

    /// Adds what the system says of a file, which changes when its content does.
    package mutating func add(_ status: FileStatus) {
        add(status.size)
        add(status.modifiedNanoseconds)
        add(status.changedNanoseconds)
        add(status.inode)
        add(status.device)
        add(status.mode)
    }

    /// Ends the key: 64 hexadecimal digits.
    package consuming func finish() -> String { digest().hexadecimal }

    /// Ends the key as a digest.
    package consuming func digest() -> SHA256Digest { hash.finalize() }
}
