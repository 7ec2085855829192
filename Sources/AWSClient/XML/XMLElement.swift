/// An element of an XML document, with what the responses of AWS need.
package struct XMLElement: Hashable, Sendable {
    /// The name, without the prefix of its namespace.
    package var name: String
    /// The attributes by their names as they are written.
    package var attributes: [String: String] = [:]
    /// The elements in it, in order.
    package var children: [XMLElement] = []
    /// The text in it, without that of its elements; only white space if the element has children.
    package var text = ""

    /// Creates an element without content.
    package init(_ name: String) { self.name = name }

    /// The first child with a name.
    package subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The text of the child with a name; `nil` if there is none.
    package func text(_ name: String) -> String? { self[name]?.text }

    /// The children with a name.
    package func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// The items of a list, which are elements `member` of the child with a name.
    package func list(_ name: String) -> [XMLElement] { self[name]?.all("member") ?? [] }

    /// The first element with a name in this element or below.
    package func first(_ name: String) -> XMLElement? {
        if self.name == name { return self }
        return children.lazy.compactMap { $0.first(name) }.first
    }
}
