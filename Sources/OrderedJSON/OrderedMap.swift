/// A dictionary with string keys that keeps the order in which they were first set.
///
/// Keys that are integers come first in ascending order, as in JavaScript objects: Serverless creates lists, such as
/// tags, in this order. Small maps are searched sequentially; larger ones have an index.
public struct OrderedMap<Value> {
    // Public, although nearly nothing else is: the compiler specializes inlinable members of a package type in their own
    // target alone, and maps are built and read everywhere.
    @usableFromInline var orderedKeys: [String] = []
    @usableFromInline var orderedValues: [Value] = []
    @usableFromInline var index: [String: Int] = [:]

    /// The number of keys from which a map has an index.
    @inlinable static var indexedFrom: Int { 12 }

    /// The keys, in order.
    @inlinable public var keys: [String] { orderedKeys }
    /// The values, in the order of their keys.
    @inlinable public var values: [Value] { orderedValues }

    /// Creates an empty map.
    @inlinable public init() {}

    /// Creates a map from pairs; for duplicate keys, it keeps the first position and the last value.
    @inlinable public init(_ pairs: some Sequence<(String, Value)>) {
        reserveCapacity(pairs.underestimatedCount)
        for (key, value) in pairs { self[key] = value }
    }

    /// The number of keys.
    @inlinable public var count: Int { orderedKeys.count }

    /// Whether the map has no keys.
    @inlinable public var isEmpty: Bool { orderedKeys.isEmpty }

    /// Makes room for a number of keys.
    @inlinable public mutating func reserveCapacity(_ count: Int) {
        orderedKeys.reserveCapacity(count)
        orderedValues.reserveCapacity(count)
        if count >= Self.indexedFrom { index.reserveCapacity(count) }
    }

    /// Gives back the room for more keys, for one of many maps that stay as they are.
    @inlinable public mutating func trim() {
        orderedKeys.trim()
        orderedValues.trim()
    }

    /// The value of a key, or `nil` if it is not set; setting `nil` removes the key.
    @inlinable public subscript(key: String) -> Value? {
        get { position(of: key).map { orderedValues[$0] } }
        set {
            guard let newValue else {
                remove(key)
                return
            }
            if let position = position(of: key) {
                orderedValues[position] = newValue
            } else {
                append(key, newValue)
            }
        }
        _modify {
            // The value leaves the map while it changes, so that the map does not keep a second reference to it.
            let position = position(of: key)
            var value: Value? = position.map { takeOut($0) }
            defer {
                switch (position, value) {
                case (let position?, let value?): putBack(value, at: position)
                case (nil, let value?): append(key, value)
                case (let position?, nil): close(position)
                case (nil, nil): break
                }
            }
            yield &value
        }
    }

    /// The value of a key, or `defaultValue` if it is not set; can be modified in place.
    @inlinable public subscript(key: String, default defaultValue: @autoclosure () -> Value) -> Value {
        get { self[key] ?? defaultValue() }
        _modify {
            let position: Int
            if let known = self.position(of: key) {
                position = known
            } else {
                position = append(key, defaultValue())
            }
            yield &orderedValues[position]
        }
    }

    /// The index of a key in ``keys``, or `nil` if it is not set.
    @inlinable public func position(of key: String) -> Int? {
        if orderedKeys.count < Self.indexedFrom { return orderedKeys.firstIndex(of: key) }
        return index[key]
    }

    /// Removes a key; does nothing if it is not set.
    @inlinable public mutating func remove(_ key: String) {
        guard let position = position(of: key) else { return }
        orderedKeys.remove(at: position)
        orderedValues.remove(at: position)
        reindex()
    }

    /// Returns a map with the same keys and transformed values.
    @inlinable public func mapValues<Other>(_ transform: (Value) throws -> Other) rethrows -> OrderedMap<Other> {
        var result = OrderedMap<Other>()
        result.orderedKeys = orderedKeys
        result.orderedValues = try orderedValues.map(transform)
        result.index = index
        return result
    }

    /// Replaces values by what a closure returns for them; `nil` keeps a value.
    ///
    /// - Returns: whether a value was replaced.
    @inlinable
    @discardableResult
    public mutating func replaceValues(_ replacement: (Value) throws -> Value?) rethrows -> Bool {
        var isChanged = false
        for position in orderedValues.indices {
            guard let value = try replacement(orderedValues[position]) else { continue }
            orderedValues[position] = value
            isChanged = true
        }
        return isChanged
    }

    /// Removes a value, whose place its key keeps until ``putBack(_:at:)`` or ``close(_:)``.
    @inlinable mutating func takeOut(_ position: Int) -> Value {
        orderedValues.swapAt(position, orderedValues.count - 1)
        return orderedValues.removeLast()
    }

    /// Puts a value at the place that ``takeOut(_:)`` left.
    @inlinable mutating func putBack(_ value: Value, at position: Int) {
        orderedValues.append(value)
        orderedValues.swapAt(position, orderedValues.count - 1)
    }

    /// Removes the key whose value ``takeOut(_:)`` removed.
    @inlinable mutating func close(_ position: Int) {
        if position < orderedValues.count { orderedValues.append(orderedValues.remove(at: position)) }
        orderedKeys.remove(at: position)
        reindex()
    }

    /// Adds a new key.
    ///
    /// - Returns: The index of the key.
    @inlinable
    @discardableResult
    mutating func append(_ key: String, _ value: Value) -> Int {
        let position = IntegerKey.number(key).map { IntegerKey.place(of: $0, in: orderedKeys) } ?? orderedKeys.count
        guard position == orderedKeys.count else {
            orderedKeys.insert(key, at: position)
            orderedValues.insert(value, at: position)
            reindex()
            return position
        }
        orderedKeys.append(key)
        orderedValues.append(value)
        if orderedKeys.count > Self.indexedFrom {
            index[key] = orderedKeys.count - 1
        } else if orderedKeys.count == Self.indexedFrom {
            reindex()
        }
        return position
    }

    @inlinable
    mutating func reindex() {
        index.removeAll(keepingCapacity: true)
        guard orderedKeys.count >= Self.indexedFrom else { return }
        for (position, key) in orderedKeys.enumerated() { index[key] = position }
    }
}

extension Array {
    /// Gives back the room for more elements, for one of many arrays that stay as they are.
    @inlinable public mutating func trim() {
        guard capacity > count + count / 8 else { return }
        self = map(\.self)
    }
}

/// Keys that are array indices in JavaScript, which come before all others.
public enum IntegerKey {
    /// The integer value of a key, or `nil` for other keys.
    @inlinable
    public static func number(_ key: String) -> UInt32? {
        guard let first = key.utf8.first, (0x30...0x39).contains(first) else { return nil }
        return value(of: key)
    }

    @usableFromInline
    static func value(of key: String) -> UInt32? {
        guard key.utf8.count <= 10 else { return nil }
        guard key.utf8.first != 0x30 || key.utf8.count == 1, let number = UInt32(key), number < .max else { return nil }
        return number
    }

    /// The index at which a new integer key is inserted among others.
    @usableFromInline
    static func place(of number: UInt32, in keys: [String]) -> Int {
        if keys.last.flatMap(Self.number).map({ $0 < number }) == true { return keys.count }
        return keys.firstIndex { key in Self.number(key).map { $0 > number } ?? true } ?? keys.count
    }
}

extension OrderedMap: Sequence {
    /// An iterator over the keys and values, in order.
    @frozen
    public struct Iterator: IteratorProtocol {
        @usableFromInline let map: OrderedMap
        @usableFromInline var position = 0

        @inlinable
        init(_ map: OrderedMap) { self.map = map }

        /// The next key with its value, or `nil` at the end.
        @inlinable
        public mutating func next() -> (key: String, value: Value)? {
            guard position < map.orderedKeys.count else { return nil }
            defer { position += 1 }
            return (map.orderedKeys[position], map.orderedValues[position])
        }
    }

    /// The number of keys, to reserve capacity for them.
    @inlinable public var underestimatedCount: Int { count }

    /// An iterator over the keys and values, in order.
    @inlinable public func makeIterator() -> Iterator { Iterator(self) }
}

extension OrderedMap: ExpressibleByDictionaryLiteral {
    /// Creates a map from a dictionary literal, in the same order.
    @inlinable public init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }
}

extension OrderedMap: Sendable where Value: Sendable {}

extension OrderedMap: Equatable where Value: Equatable {
    /// Whether two maps have the same keys and values in the same order.
    @inlinable public static func == (left: Self, right: Self) -> Bool {
        left.orderedKeys == right.orderedKeys && left.orderedValues == right.orderedValues
    }
}

extension OrderedMap: Hashable where Value: Hashable {
    /// Hashes the keys and the values in their order.
    @inlinable public func hash(into hasher: inout Hasher) {
        hasher.combine(orderedKeys)
        hasher.combine(orderedValues)
    }
}
