/// The named rules of a schema, which are parsed from outlines when they are first used.
///
/// An outline has one property a line, indented below its parent: `name: type limits`. `-` is an item of a list (`-
/// 0` the first one), `|` an alternative of an `any of:` or `one of:`, `&` a part of an `all of:`, `<pattern>` a key
/// that matches, `<any>` any other key, and `<names>` the rule for keys. `→ name` refers to a rule, which starts a
/// section of its own. `closed` forbids other properties, `new` marks what came after Serverless 3, `{…}` lists the
/// allowed values, and `= …` is the only one. `/…/` is a regular expression (with `i` for any case), and `format …` a
/// format of strings.
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

    /// The rule with a name, which must exist.
    package mutating func schema(_ name: String) -> Schema {
        if let known = read[name] { return known }
        guard let lines = sections[name] else { preconditionFailure("the schema's outline lacks \(name)") }
        var parser = SchemaParser(lines: lines)
        let schema = parser.section()
        read[name] = schema
        return schema
    }

    /// The names of all rules, sorted.
    package var names: [String] { sections.keys.sorted() }

    /// The bytes of `→`, which starts the first line of a section.
    private static let arrow: [UInt8] = Array("→".utf8)

    private static func name(of line: ArraySlice<UInt8>) -> String {
        String(decoding: line.dropFirst(arrow.count + 1).prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    }
}
