extension GlobParser {
    /// Parses a brace: alternatives, a range, or a literal.
    mutating func brace(_ nodes: inout [GlobNode]) {
        switch isTooDeep ? .literal : Self.braceKind(text[position...]) {
        case .alternatives:
            position += 1
            nodes.append(.group(alternatives(in: .braces), .once))
        case .range(let parts, let length):
            // As in micromatch, a range is a class with its sorted ends, even if they are not single characters.
            let body = parts.sorted { $0.lexicographicallyPrecedes($1) }.joined(separator: [UInt8(ascii: "-")])
            if let set = GlobClassReader.set(of: Array(body), dialect: dialect) {
                nodes.append(.set(set))
            } else {
                nodes += parts.joined(separator: Array("..".utf8)).map { .byte($0) }
            }
            position += length
        case .literal:
            nodes.append(.byte(UInt8(ascii: "{")))
            position += 1
        }
    }

    private enum BraceKind {
        case alternatives
        case range([[UInt8]], length: Int)
        case literal
    }

    /// The kind of brace at the start of a string: alternatives if it contains a comma, a range if it contains `..`.
    private static func braceKind(_ text: ArraySlice<UInt8>) -> BraceKind {
        var depth = 0
        var hasComma = false
        var place = text.startIndex
        while place < text.endIndex {
            switch text[place] {
            case UInt8(ascii: "\\"): place += 1
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ",") where depth == 1: hasComma = true
            case UInt8(ascii: "}"):
                depth -= 1
                guard depth == 0 else { break }
                if hasComma { return .alternatives }
                let body = text[(text.startIndex + 1)..<place]
                let parts = split(body)
                return parts.count > 1 ? .range(parts, length: place + 1 - text.startIndex) : .literal
            default: break
            }
            place += 1
        }
        return .literal
    }

    /// Splits a string at `..`.
    private static func split(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "."), rest.first == UInt8(ascii: ".") {
                rest = rest.dropFirst()
                parts.append([])
            } else {
                parts[parts.count - 1].append(byte)
            }
        }
        return parts
    }

    /// Parses a bracket: a class or a literal.
    mutating func bracket(_ nodes: inout [GlobNode]) {
        guard let (set, body, end) = GlobClassReader.read(text, at: position, dialect: dialect) else {
            nodes.append(.byte(UInt8(ascii: "[")))
            position += 1
            return
        }
        position = end
        // A class that only has plain characters also matches literally.
        let isPlain = !body.contains { Array("-*+?.^${}(|)[]".utf8).contains($0) }
        let literal = [UInt8(ascii: "[")] + body + [UInt8(ascii: "]")]
        nodes.append(isPlain ? .group([literal.map { .byte($0) }, [.set(set)]], .once) : .set(set))
    }

    // MARK: Nesting

    /// Whether braces and parentheses are nested so deeply that they are literals.
    var isTooDeep: Bool { depth >= Self.maximumDepth }

    /// The index of the matching closing parenthesis, or `nil` if there is none.
    func closing(after open: Int) -> Int? {
        if isTooDeep { return nil }
        var depth = 0
        var place = open
        while place < text.count {
            switch text[place] {
            case UInt8(ascii: "\\"): place += 1
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return place }
            default: break
            }
            place += 1
        }
        return nil
    }
}
