import OrderedJSON
import ServerlessConfig

extension Node {
    /// The items where this is a list, else this alone.
    var items: [Node] { list ?? [self] }

    /// The texts where this is a list or one text; numbers as JavaScript writes them.
    var texts: [String] { items.map(\.json.text) }

    /// Members in the order in which JavaScript goes over them: whole numbers first, ascending.
    var orderedMembers: [(key: String, value: Node)] {
        guard let map else { return [] }
        let all = Array(map)
        let numbered = all.filter { Self.isIndex($0.key) }
        guard !numbered.isEmpty else { return all }
        let sorted = numbered.sorted { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }
        return sorted + all.filter { !Self.isIndex($0.key) }
    }

    private static func isIndex(_ key: String) -> Bool {
        key.utf8.count < 10 && UInt32(key).map { String($0) == key } == true
    }
}
