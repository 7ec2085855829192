/// The named rules of a schema, read from outlines when they are first used.
///
/// The outline has a property a line, indented below its parent: `name: type limits`. `-` is an item of a list
/// (`- 0` the first one), `|` an alternative of an `any of:` or `one of:`, `&` a part of an `all of:`, `<pattern>` any
/// key that matches, `<any>` any other key, `<names>` what keys must be; `→ name` refers to a rule that starts a
/// section of its own; `closed` means no other property; `new` marks what came after Serverless 3; `{…}` lists the
/// values allowed and `= …` the only one; `/…/` is a pattern (with `i` in either case) and `format …` a form of texts.
package struct SchemaLibrary {
    private let sections: [String: ArraySlice<ArraySlice<UInt8>>]
    private var read: [String: Schema] = [:]

    /// Makes a library of the sections of some outlines.
    package init(outlines: [String]) {
        var sections: [String: ArraySlice<ArraySlice<UInt8>>] = [:]
        for outline in outlines {
            let lines = Array(outline.utf8).split(separator: UInt8(ascii: "\n"))
            let starts = lines.indices.filter { lines[$0].first == Self.arrow[0] }
            for (start, end) in zip(starts, starts.dropFirst() + [lines.count]) {
                sections[Self.name(of: lines[start])] = lines[start..<end]
            }
        }
        self.sections = sections
    }

    /// The rule of a name.
    package mutating func schema(_ name: String) -> Schema {
        if let known = read[name] { return known }
        guard let lines = sections[name] else { preconditionFailure("the schema's outline lacks \(name)") }
        var parser = SchemaParser(lines: lines)
        let schema = parser.section()
        read[name] = schema
        return schema
    }

    /// The names of all rules.
    package var names: [String] { sections.keys.sorted() }

    /// The bytes of `→`, which starts the first line of a section.
    private static let arrow: [UInt8] = Array("→".utf8)

    private static func name(of line: ArraySlice<UInt8>) -> String {
        String(decoding: line.dropFirst(arrow.count + 1).prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    }
}
