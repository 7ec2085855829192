/// Reader of `.env` files, with the rules of the npm packages `dotenv` and `dotenv-expand`.
package enum Dotenv {
    /// The variables of a file in its order, without quotes; references are not replaced.
    ///
    /// A line is `NAME=value` or `NAME: value`, optionally after `export`. A value in single, double or back quotes
    /// may span lines; in double quotes, `\n` and `\r` are line ends. Outside quotes, `#` starts a comment. The white
    /// space around `=`, after `:` and before a quoted value may contain line ends.
    package static func parse(_ bytes: [UInt8]) -> [(name: String, value: String)] {
        var parser = DotenvParser(bytes)
        return parser.all()
    }

    /// The variables with references to others replaced, for addition to the environment.
    ///
    /// Variables of the environment take precedence over those of the file, also in references.
    package static func expand(
        _ variables: [(name: String, value: String)],
        over environment: [String: String]
    ) -> [String: String] {
        var known = environment
        var parsed: [String: String] = [:]
        for (name, value) in variables {
            parsed[name] = value
            if environment[name] == nil { known[name] = value }
        }
        var result: [String: String] = [:]
        var done: Set<String> = []
        for (name, _) in variables where done.insert(name).inserted {
            let value = interpolate(known[name] ?? "", known: known, parsed: parsed)
            result[name] = value.replacing("\\$", with: "$")
            parsed[name] = result[name]
        }
        return result
    }

    /// Replaces the last reference in a string until there is none: `$NAME`, `${NAME}` or `${NAME:-default}`.
    private static func interpolate(_ text: String, known: [String: String], parsed: [String: String]) -> String {
        var bytes = Array(text.utf8)
        // The limit ends a value that refers to itself.
        for _ in 0..<1000 {
            guard let reference = lastReference(bytes) else { break }
            let value = [known[reference.name], reference.fallback, parsed[reference.name]]
                .compactMap { $0.flatMap { $0.isEmpty ? nil : $0 } }.first
            // `replace` finds the first substring that is written like the reference, which can be an earlier one.
            let written = Array(bytes[reference.range])
            let start = bytes.indices.first { bytes[$0...].starts(with: written) } ?? reference.range.lowerBound
            // dotenv-expand calls JavaScript's `replace`, in whose replacement `$$` is one `$`, and `$&` is the
            // replaced substring.
            let replacement = (value ?? "").replacing("$$", with: "\u{0}")
                .replacing("$&", with: String(decoding: written, as: UTF8.self)).replacing("\u{0}", with: "$")
            bytes.replaceSubrange(start..<start + written.count, with: Array(replacement.utf8))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private struct Reference {
        let range: Range<Int>
        let name: String
        let fallback: String?
    }

    private static func lastReference(_ bytes: [UInt8]) -> Reference? {
        let dollar = bytes.indices.last {
            bytes[$0] == UInt8(ascii: "$") && ($0 == 0 || bytes[$0 - 1] != UInt8(ascii: "\\"))
        }
        guard let dollar else { return nil }
        var position = dollar + 1
        let hasBrace = position < bytes.count && bytes[position] == UInt8(ascii: "{")
        if hasBrace { position += 1 }
        let start = position
        while position < bytes.count, ASCII.isWord(bytes[position]) { position += 1 }
        guard position > start else { return nil }
        let name = String(decoding: bytes[start..<position], as: UTF8.self)
        var fallback: String?
        if bytes[position...].starts(with: ":-".utf8) {
            let from = position + 2
            position = from
            while position < bytes.count, bytes[position] != UInt8(ascii: "}"), bytes[position] != UInt8(ascii: "\\") {
                position += 1
            }
            fallback = String(decoding: bytes[from..<position], as: UTF8.self)
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: "}") { position += 1 }
        return Reference(range: dollar..<position, name: name, fallback: fallback)
    }
}
