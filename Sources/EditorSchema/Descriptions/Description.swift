import OrderedJSON

/// What the property at a path does, and the value that counts if it is not set.
struct Description: Hashable {
    /// One or a few sentences.
    let text: String
    /// The value that counts if the property is not set; `nil` if there is none, or if it is not a constant.
    let fallback: JSONValue?

    /// The members of the schema of the property.
    var annotation: OrderedMap<JSONValue> {
        var members: OrderedMap<JSONValue> = ["description": .string(text)]
        if let fallback { members["default"] = fallback }
        return members
    }

    /// All descriptions, by the paths that `JSONSchemaWriter.Additions` describes.
    static let all: [String: Description] = {
        let outlines = [service, provider, providerParts, function, events, apiEvents, resources]
        return Dictionary(outlines.flatMap(read)) { first, _ in first }
    }()

    /// Reads an outline: lines `path: text`, with ` = value` at the end for a default, and `# path` for the common
    /// beginning of the paths below it.
    static func read(_ outline: String) -> [(String, Description)] {
        var start = ""
        return outline.split(separator: "\n")
            .compactMap { line in
                if line.hasPrefix("# ") {
                    start = String(line.dropFirst(2))
                    return nil
                }
                guard let colon = line.firstRange(of: ": ") else { return nil }
                var text = line[colon.upperBound...]
                var fallback: JSONValue?
                if let equals = text.ranges(of: " = ").last {
                    fallback = try? JSONValue(parsing: String(text[equals.upperBound...]))
                    if fallback != nil { text = text[..<equals.lowerBound] }
                }
                return (start + line[..<colon.lowerBound], Description(text: String(text), fallback: fallback))
            }
    }
}
