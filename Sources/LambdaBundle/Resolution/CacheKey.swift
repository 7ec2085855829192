import HostSystem

/// The name of a cached thing: a digest over every input that decides it, each told apart by name and length.
struct CacheKey: ~Copyable {
    private var hash = SHA256()

    /// Begins the key of a kind of thing, whose version rises when the thing is made another way.
    init(_ kind: String, version: Int) {
        add("kind", kind)
        add("version", "\(version)")
    }

    /// Adds an input.
    mutating func add(_ name: String, _ value: String) {
        hash.update("\(name.utf8.count):\(name)\(value.utf8.count):\(value)")
    }

    /// Adds several inputs of one name, whose order counts.
    mutating func add(_ name: String, _ values: [String]) {
        add(name, "\(values.count)")
        for value in values { add(name, value) }
    }

    /// Ends the key: 64 hexadecimal digits.
    consuming func finish() -> String { digest().hexadecimal }

    /// Ends the key as a digest.
    consuming func digest() -> SHA256Digest { hash.finalize() }
}
