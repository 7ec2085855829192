import OrderedJSON

extension JSONValue {
    /// Adds the members of another object to this one.
    ///
    /// Members that are objects on both sides are merged, and lists item by item; any other member of `other` replaces
    /// that of this object.
    mutating func merge(_ other: JSONValue) {
        switch (self, other) {
        case (.object(var members), .object(let added)):
            for (key, value) in added { members[key, default: .null].merge(value) }
            self = .object(members)
        case (.array(var items), .array(let added)):
            for (index, item) in added.enumerated() {
                if index < items.count { items[index].merge(item) } else { items.append(item) }
            }
            self = .array(items)
        default: self = other
        }
    }

    /// Changes the first of the `Records` of an event.
    mutating func changeRecord(_ change: (inout JSONValue) -> Void) {
        guard var records = self["Records"]?.arrayValue, !records.isEmpty else { return }
        change(&records[0])
        self["Records"] = .array(records)
    }
}
