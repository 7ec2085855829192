/// A dictionary with string keys that keeps the order in which they were first set.
///
/// Keys that are integers come first in ascending order, as in JavaScript objects: Serverless creates lists, such as
/// tags, in this order. Small maps are searched sequentially; larger ones have an index.
package struct OrderedMap<Value> {
    // Members are inlinable because maps are built and read everywhere, and a generic type that is not specialized for
    // its values is several times slower.
    @usableFromInline var orderedKeys: [String] = []
    @usableFromInline var orderedValues: [Value] = []
    @usableFromInline var index: [String: Int] = [:]

    @usableFromInline static var indexedFrom: Int { 12 }

    /// The keys, in order.
    @inlinable package var keys: [String] { orderedKeys }
    /// The values, in the order of their keys.
    @inlinable package var values: [Value] { orderedValues }

    /// Creates an empty map.
    @inlinable package init() {}

    /// Creates a map from pairs; for duplicate keys, it keeps the first position and the last value.
    @inlinable package init(_ pairs: some Sequence<(String, Value)>) {
        for (key, value) in pairs { self[key] = value }
    }

    /// The number of orderedKeys.
    @inlinable package var count: Int { orderedKeys.count }

    /// Whether the map has no orderedKeys.
    @inlinable package var isEmpty: Bool { orderedKeys.isEmpty }

    /// The value of a key, or `nil` if it is not set; setting `nil` removes the key.
    @inlinable package subscript(key: String) -> Value? {
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
            let position = position(of: key)
            var value: Value? = position.map { orderedValues[$0] }
            yield &value
            switch (position, value) {
            case (let position?, let value?): orderedValues[position] = value
            case (nil, let value?): append(key, value)
            case (_?, nil): remove(key)
            case (nil, nil): break
            }
        }
    }

    /// The value of a key, or `defaultValue` if it is not set; can be modified in place.
    @inlinable package subscript(key: String, default defaultValue: @autoclosure () -> Value) -> Value {
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
    @inlinable package func position(of key: String) -> Int? {
        if orderedKeys.count < Self.indexedFrom { return orderedKeys.firstIndex(of: key) }
        return index[key]
    }

    /// Removes a key; does nothing if it is not set.
    @inlinable package mutating func remove(_ key: String) {
        guard let position = position(of: key) else { return }
        orderedKeys.remove(at: position)
        orderedValues.remove(at: position)
        reindex()
    }

    /// Returns a map with the same keys and transformed orderedValues.
    @inlinable package func mapValues<Other>(_ transform: (Value) throws -> Other) rethrows -> OrderedMap<Other> {
        var result = OrderedMap<Other>()
        result.orderedKeys = orderedKeys
        result.orderedValues = try orderedValues.map(transform)
        result.index = index
        return result
    }

    /// Adds a new key.
    ///
    /// - Returns: The index of the key.
    @discardableResult
    @usableFromInline
    mutating func append(_ key: String, _ value: Value) -> Int {
        let position = Self.number(key).map(place(of:)) ?? orderedKeys.count
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

    /// The index at which a new integer key is inserted.
    @usableFromInline
    func place(of number: UInt32) -> Int {
        if orderedKeys.last.flatMap(Self.number).map({ $0 < number }) == true { return orderedKeys.count }
        return orderedKeys.firstIndex { key in Self.number(key).map { $0 > number } ?? true } ?? orderedKeys.count
    }

    /// The integer value of a key that is an array index in JavaScript, or `nil` for other orderedKeys.
    @usableFromInline
    static func number(_ key: String) -> UInt32? {
        guard let first = key.utf8.first, (0x30...0x39).contains(first), key.utf8.count <= 10 else { return nil }
        guard first != 0x30 || key.utf8.count == 1, let number = UInt32(key), number < .max else { return nil }
        return number
    }

    @usableFromInline
    mutating func reindex() {
        index.removeAll(keepingCapacity: true)
        guard orderedKeys.count >= Self.indexedFrom else { return }
        for (position, key) in orderedKeys.enumerated() { index[key] = position }
    }
}

extension OrderedMap: Sequence {
    /// An iterator over the keys and values, in order.
    @frozen
    package struct Iterator: IteratorProtocol {
        @usableFromInline let map: OrderedMap
        @usableFromInline var position = 0

        @usableFromInline
        init(_ map: OrderedMap) { self.map = map }

        @inlinable
        package mutating func next() -> (key: String, value: Value)? {
            guard position < map.orderedKeys.count else { return nil }
            defer { position += 1 }
            return (map.orderedKeys[position], map.orderedValues[position])
        }
    }

    /// The number of keys, to reserve capacity for them.
    @inlinable package var underestimatedCount: Int { count }

    /// An iterator over the keys and values, in order.
    @inlinable package func makeIterator() -> Iterator { Iterator(self) }
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
