import OrderedJSON

/// A parser of one section of the outline that ``SchemaLibrary`` describes.
///
/// The outline is part of the program, so that an error in it is a bug; a test parses all sections.
struct SchemaParser {
    private let lines: ArraySlice<ArraySlice<UInt8>>
    private var index: Int

    init(lines: ArraySlice<ArraySlice<UInt8>>) {
        self.lines = lines
        index = lines.startIndex
    }

    /// The rule of the next line, with all lines below it.
    mutating func section() -> Schema {
        let (_, text) = Self.split(lines[index])
        let indentation = Self.indentation(of: lines[index])
        index += 1
        var words = SchemaRuleReader(text)
        var parts = words.parts()
        while index < lines.endIndex, Self.indentation(of: lines[index]) > indentation { child(of: &parts, words) }
        return Schema(parts)
    }

    private mutating func child(of parts: inout Schema.Parts, _ words: SchemaRuleReader) {
        if let (name, needed) = Self.dependency(lines[index]) {
            parts.dependencies[name] = needed
            index += 1
            return
        }
        let key = Self.split(lines[index]).key
        let schema = section()
        switch key {
        case "|" where words.isOneOf: parts.oneOf.append(schema)
        case "|": parts.anyOf.append(schema)
        case "&": parts.allOf.append(schema)
        case "-": parts.item = schema
        case "<any>": parts.otherProperties = schema
        case "<names>": parts.propertyNames = schema
        case _ where key.hasPrefix("- "): parts.tuple.append(schema)
        case _ where key.hasPrefix("<"):
            let pattern = SchemaRuleReader.pattern(String(key.dropFirst().dropLast()), ignoresCase: false)
            parts.patternProperties.append((pattern, schema))
        default: parts.properties[key] = schema
        }
    }

    /// The name and the required names of a line `name needs ["other"]`; `nil` for another line.
    private static func dependency(_ line: ArraySlice<UInt8>) -> (name: String, needed: [String])? {
        let words = line.split(separator: UInt8(ascii: " "))
        guard words.count == 3, words[1].elementsEqual("needs".utf8) else { return nil }
        let needed = SchemaRuleReader.values(words[2].dropFirst().dropLast())
        return (String(decoding: words[0], as: UTF8.self), needed.compactMap(\.stringValue))
    }

    private static func indentation(of line: ArraySlice<UInt8>) -> Int {
        line.count - line.drop { $0 == UInt8(ascii: " ") }.count
    }

    /// Splits a line into its key and the rule after the colon.
    private static func split(_ line: ArraySlice<UInt8>) -> (key: String, rule: ArraySlice<UInt8>) {
        let text = line.drop { $0 == UInt8(ascii: " ") }
        let isPattern = text.first == UInt8(ascii: "<")
        for position in text.indices where text[position] == UInt8(ascii: ":") {
            let isLast = position + 1 == text.endIndex
            guard isLast || text[position + 1] == UInt8(ascii: " ") else { continue }
            if isPattern, position > text.startIndex, text[position - 1] != UInt8(ascii: ">") { continue }
            return (String(decoding: text[..<position], as: UTF8.self), text[(position + 1)...])
        }
        preconditionFailure("no key in the schema's outline: \(String(decoding: line, as: UTF8.self))")
    }
}
