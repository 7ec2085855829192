import HostSystem
import OrderedJSON

extension Node {
    /// Another value laid over this one as lodash's `merge` does: maps key by key, lists item by item, anything else
    /// replaced.
    func merging(_ over: Node) -> Node {
        switch (content, over.content) {
        case (.map(var members), .map(let added)):
            for (key, value) in added { members[key] = members[key].map { $0.merging(value) } ?? value }
            return Node(.map(members), at: place ?? over.place, keyAt: keyPlace ?? over.keyPlace)
        case (.list(var items), .list(let added)):
            for (index, value) in added.enumerated() {
                if items.indices.contains(index) {
                    items[index] = items[index].merging(value)
                } else {
                    items.append(value)
                }
            }
            return Node(.list(items), at: place ?? over.place, keyAt: keyPlace ?? over.keyPlace)
        default:
            return over
        }
    }
}
