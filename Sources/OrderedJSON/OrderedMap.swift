/// A dictionary with string keys that keeps the order in which they were first set.
///
/// Keys that are integers come first in ascending order, as in JavaScript objects: Serverless creates lists, such as
/// tags, in this order. Small maps are searched sequentially; larger ones have an index.
package struct OrderedMap<Value> {
    /// The keys, in order.
    package private(set) var keys: [String] = []
    /// The values, in the order of their keys.
    package private(set) var values: [Value] = []
    private var index: [String: Int] = [:]

    private static var indexedFrom: Int { 12 }

    /// Creates an empty map.
    package init() {}

    /// Creates a map from pairs; for duplicate keys, it keeps the first position and the last value.
    package init(_ pairs: some Sequence<(String, Value)>) {
        for (key, value) in pairs { self[key] = value }
    }

    /// The number of keys.
    package var count: Int { keys.count }

    /// Whether the map has no keys.
    package var isEmpty: Bool { keys.isEmpty }

    /// The value of a key, or `nil` if it is not set; setting `nil` removes the key.
    package subscript(key: String) -> Value? {
        get { position(of: key).map { values[$0] } }
        set {
            guard let newValue else {
                remove(key)
                return
            }
            if let position = position(of: key) {
                values[position] = newValue
            } else {
                append(key, newValue)
            }
        }
        _modify {
            let position = position(of: key)
            var value: Value? = position.map { values[$0] }
            yield &value
            switch (position, value) {
            case (let position?, let value?): values[position] = value
            case (nil, let value?): append(key, value)
            case (_?, nil): remove(key)
            case (nil, nil): break
            }
        }
    }

    /// The value of a key, or `defaultValue` if it is not set; can be modified in place.
    package subscript(key: String, default defaultValue: @autoclosure () -> Value) -> Value {
        get { self[key] ?? defaultValue() }
        _modify {
            let position: Int
            if let known = self.position(of: key) {
                position = known
            } else {
                position = append(key, defaultValue())
            }
            yield &values[position]
        }
    }

    /// The index of a key in ``keys``, or `nil` if it is not set.
    package func position(of key: String) -> Int? {
        if keys.count < Self.indexedFrom { return keys.firstIndex(of: key) }
        return index[key]
    }

    /// Removes a key; does nothing if it is not set.
    package mutating func remove(_ key: String) {
        guard let position = position(of: key) else { return }
        keys.remove(at: position)
        values.remove(at: position)
        reindex()
    }

    /// Returns a map with the same keys and transformed values.
    package func mapValues<Other>(_ transform: (Value) throws -> Other) rethrows -> OrderedMap<Other> {
        var result = OrderedMap<Other>()
        result.keys = keys
        result.values = try values.map(transform)
        result.index = index
        return result
    }

    /// Adds a new key.
    ///
    /// - Returns: The index of the key.
    @discardableResult
    private mutating func append(_ key: String, _ value: Value) -> Int {
        let position = Self.number(key).map(place(of:)) ?? keys.count
        guard position == keys.count else {
            keys.insert(key, at: position)
            values.insert(value, at: position)
            reindex()
            return position
        }
        keys.append(key)
        values.append(value)
        if keys.count > Self.indexedFrom {
            index[key] = keys.count - 1
        } else if keys.count == Self.indexedFrom {
            reindex()
        }
        return position
    }

    /// The index at which a new integer key is inserted.
    private func place(of number: UInt32) -> Int {
        if keys.last.flatMap(Self.number).map({ $0 < number }) == true { return keys.count }
        return keys.firstIndex { key in Self.number(key).map { $0 > number } ?? true } ?? keys.count
    }

    /// The integer value of a key that is an array index in JavaScript, or `nil` for other keys.
    private static func number(_ key: String) -> UInt32? {
        guard let first = key.utf8.first, (0x30...0x39).contains(first), key.utf8.count <= 10 else { return nil }
        guard first != 0x30 || key.utf8.count == 1, let number = UInt32(key), number < .max else { return nil }
        return number
    }

    private mutating func reindex() {
        index.removeAll(keepingCapacity: true)
        guard keys.count >= Self.indexedFrom else { return }
        for (position, key) in keys.enumerated() { index[key] = position }
    }
}

extension OrderedMap: Sequence {
    /// An iterator over the keys and values, in order.
    package func makeIterator() -> some IteratorProtocol<(key: String, value: Value)> {
        zip(keys, values).lazy.map { (key: $0, value: $1) }.makeIterator()
    }
}

extension OrderedMap: ExpressibleByDictionaryLiteral {
    /// Creates a map from a dictionary literal, in the same order.
    package init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }
}

extension OrderedMap: Sendable where Value: Sendable {}

extension OrderedMap: Equatable where Value: Equatable {
    /// Whether two maps have the same keys and values in the same order.
    package static func == (left: Self, right: Self) -> Bool {
        left.keys == right.keys && left.values == right.values
    }
}

extension OrderedMap: Hashable where Value: Hashable {
    package func hash(into hasher: inout Hasher) {
        hasher.combine(keys)
        hasher.combine(values)
    }
}
