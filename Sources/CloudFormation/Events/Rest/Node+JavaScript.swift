import OrderedJSON
import ServerlessConfig

extension Node {
    /// The items where this is a list, else this alone.
    var items: [Node] { list ?? [self] }

    /// The texts where this is a list or one text; numbers as JavaScript writes them.
    var texts: [String] { items.map(\.json.text) }

    /// The members where this is a map, none else.
    var members: [(key: String, value: Node)] { map.map { Array($0) } ?? [] }
}
