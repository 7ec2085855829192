import OrderedJSON

extension ConfigurationValue {
    /// The value at the end of a path in JavaScript's terms: members of mappings, and items and `length` of lists and
    /// strings.
    package func member(at keys: some Sequence<String>) -> ConfigurationValue? {
        var node = self
        for key in keys {
            switch node.content {
            case .map(let members):
                guard let member = members[key] else { return nil }
                node = member
            case .list(let items):
                if key == "length" {
                    node = ConfigurationValue(.number(Double(items.count)))
                } else if let index = key.itemIndex(in: items.indices) {
                    node = items[index]
                } else {
                    return nil
                }
            case .string(let text):
                if key == "length" {
                    node = ConfigurationValue(.number(Double(text.utf16.count)))
                } else if let index = key.itemIndex(in: 0..<text.utf16.count) {
                    let unit = text.utf16[text.utf16.index(text.utf16.startIndex, offsetBy: index)]
                    node = ConfigurationValue(.string(String(decoding: CollectionOfOne(unit), as: UTF16.self)))
                } else {
                    return nil
                }
            case .null, .bool, .number: return nil
            }
        }
        return node
    }
}

extension String {
    /// The index that a step of a path names: decimal digits without a leading zero; `nil` for any other step.
    package func itemIndex(in range: Range<Int>) -> Int? {
        guard let index = Int(self), range.contains(index), String(index) == self else { return nil }
        return index
    }

    /// The steps of a path, which are separated by dots.
    package func steps() -> [String] {
        split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }
}
