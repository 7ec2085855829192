/// A dictionary with text keys that remembers the order in which its keys were first set.
///
/// Configuration files and templates are read and compared by people, so their order is part of them. Keys that are
/// whole numbers come first, ascending, as in an object of JavaScript: lists that Serverless makes of maps, such as tags,
/// have that order. Small maps (most of those in a configuration) are searched in sequence; an index is kept once there
/// are more keys.
package struct OrderedMap<Value> {
    /// The keys, in order.
    package private(set) var keys: [String] = []
    /// The values, in the order of their keys.
    package private(set) var values: [Value] = []
    private var index: [String: Int] = [:]

    private static var indexedFrom: Int { 12 }

    /// Makes an empty map.
    package init() {}

    /// Makes a map of pairs; of two pairs with one key the later value counts, at the earlier place.
    package init(_ pairs: some Sequence<(String, Value)>) {
        for (key, value) in pairs { self[key] = value }
    }

    /// The number of keys.
    package var count: Int { keys.count }

    /// Whether there is no key.
    package var isEmpty: Bool { keys.isEmpty }

    /// The value of a key, `nil` where it is not set; setting `nil` removes the key.
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

    /// The value of a key for change in place, starting from `defaultValue` where the key is not set.
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

    /// The place of a key in ``keys``, `nil` where it is not set.
    package func position(of key: String) -> Int? {
        if keys.count < Self.indexedFrom { return keys.firstIndex(of: key) }
        return index[key]
    }

    /// Removes a key; it is no error if it is not there.
    package mutating func remove(_ key: String) {
        guard let position = position(of: key) else { return }
        keys.remove(at: position)
        values.remove(at: position)
        reindex()
    }

    /// The same keys with changed values.
    package func mapValues<Other>(_ transform: (Value) throws -> Other) rethrows -> OrderedMap<Other> {
        var result = OrderedMap<Other>()
        result.keys = keys
        result.values = try values.map(transform)
        result.index = index
        return result
    }

    /// Adds a key that is not there yet.
    ///
    /// - Returns: Its place.
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

    /// The place among the leading numbers where a new one belongs.
    private func place(of number: UInt32) -> Int {
        if keys.last.flatMap(Self.number).map({ $0 < number }) == true { return keys.count }
        return keys.firstIndex { key in Self.number(key).map { $0 > number } ?? true } ?? keys.count
    }

    /// The number that a key is the plain decimal form of, `nil` where it is none that indexes arrays in JavaScript.
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
    /// Goes over keys and values in order.
    package func makeIterator() -> some IteratorProtocol<(key: String, value: Value)> {
        zip(keys, values).lazy.map { (key: $0, value: $1) }.makeIterator()
    }
}

extension OrderedMap: ExpressibleByDictionaryLiteral {
    /// Makes a map from a literal, in its order.
    package init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }
}

extension OrderedMap: Sendable where Value: Sendable {}

extension OrderedMap: Equatable where Value: Equatable {
    /// Whether both hold the same values under the same keys, in the same order.
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
