import OrderedJSON

extension ConfigurationValue {
    /// The result of lodash's `merge` with another value: mappings are merged key by key, lists item by item, and any
    /// other value is replaced.
    package func merging(_ over: ConfigurationValue) -> ConfigurationValue {
        switch (content, over.content) {
        case (.map(var members), .map(let added)):
            for (key, value) in added { members[key] = members[key].map { $0.merging(value) } ?? value }
            return ConfigurationValue(.map(members), at: place ?? over.place, keyAt: keyPlace ?? over.keyPlace)
        case (.list(var items), .list(let added)):
            for (index, value) in added.enumerated() {
                if items.indices.contains(index) {
                    items[index] = items[index].merging(value)
                } else {
                    items.append(value)
                }
            }
            return ConfigurationValue(.list(items), at: place ?? over.place, keyAt: keyPlace ?? over.keyPlace)
        default:
            return over
        }
    }

    /// The value with the `null` members of each mapping after all others; `nil` if the order is the same.
    ///
    /// Serverless removes such members while it validates a configuration, and adds them at the end again. The order
    /// is visible when a mapping is written as text or becomes a list.
    package func withNullsLast() -> ConfigurationValue? {
        hasNullBeforeValue ? reordered : nil
    }

    /// Whether a mapping in the value has a `null` member before another one.
    private var hasNullBeforeValue: Bool {
        switch content {
        case .list(let items): return items.contains { $0.hasNullBeforeValue }
        case .map(let members):
            var hasNull = false
            for value in members.values {
                if value.isNull {
                    hasNull = true
                } else if hasNull || value.hasNullBeforeValue {
                    return true
                }
            }
            return false
        default: return false
        }
    }

    private var reordered: ConfigurationValue? {
        switch content {
        case .list(let items):
            let changed = items.map(\.reordered)
            guard changed.contains(where: { $0 != nil }) else { return nil }
            return ConfigurationValue(.list(zip(items, changed).map { $1 ?? $0 }), at: place, keyAt: keyPlace)
        case .map(let members):
            var isChanged = false
            var hasNull = false
            var kept: [(String, ConfigurationValue)] = []
            var nulls: [(String, ConfigurationValue)] = []
            for (key, value) in members {
                if value.isNull {
                    hasNull = true
                    nulls.append((key, value))
                } else {
                    let changed = value.reordered
                    isChanged = isChanged || hasNull || changed != nil
                    kept.append((key, changed ?? value))
                }
            }
            return isChanged ? ConfigurationValue(.map(OrderedMap(kept + nulls)), at: place, keyAt: keyPlace) : nil
        default: return nil
        }
    }
}
