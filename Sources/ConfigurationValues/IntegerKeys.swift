package import OrderedJSON

extension OrderedMap {
    /// The mapping in the order that JavaScript objects have: integer keys such as `0` and `200` first, in ascending
    /// order, then all others in their own order.
    package func withIntegerKeysFirst() -> OrderedMap {
        var numbers: [(number: UInt32, key: String)] = []
        for key in keys {
            if let number = key.integerKey { numbers.append((number, key)) }
        }
        guard !numbers.isEmpty else { return self }
        var result = OrderedMap()
        for (_, key) in numbers.sorted(by: { $0.number < $1.number }) { result[key] = self[key] }
        for (key, value) in self where result[key] == nil { result[key] = value }
        return result
    }
}

extension String {
    /// The integer that a key is in JavaScript: decimal digits without a leading zero, below 2³² − 1; `nil` for other
    /// keys.
    fileprivate var integerKey: UInt32? {
        guard let first = utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first), utf8.count <= 10 else {
            return nil
        }
        guard first != UInt8(ascii: "0") || utf8.count == 1, let number = UInt32(self), number < .max else {
            return nil
        }
        return number
    }
}
