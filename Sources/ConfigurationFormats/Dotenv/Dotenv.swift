/// Reads `.env` files as dotenv and dotenv-expand do.
package enum Dotenv {
    /// The variables of a text in its order, quotes taken away, nothing expanded.
    ///
    /// A line is `NAME=value` or `NAME: value`, perhaps after `export`. A value in single, double or back quotes may
    /// span lines; in double quotes `\n` and `\r` stand for line ends. Without quotes `#` starts a comment. The blanks
    /// around `=`, behind `:` and before a quoted value may be line ends.
    package static func parse(_ bytes: [UInt8]) -> [(name: String, value: String)] {
        var parser = DotenvParser(bytes)
        return parser.all()
    }

    /// The variables with references to others replaced, to be laid over the environment.
    ///
    /// What the environment has already counts more than the file, in values and in references.
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

    /// Replaces the last reference of a text until there is none: `$NAME`, `${NAME}` or `${NAME:-default}`.
    private static func interpolate(_ text: String, known: [String: String], parsed: [String: String]) -> String {
        var bytes = Array(text.utf8)
        // A value that refers to itself would never end.
        for _ in 0..<1000 {
            guard let reference = lastReference(bytes) else { break }
            let value = [known[reference.name], reference.fallback, parsed[reference.name]]
                .compactMap { $0.flatMap { $0.isEmpty ? nil : $0 } }.first
            // The first text that is written as the reference is replaced, which need not be the reference itself.
            let written = Array(bytes[reference.range])
            let start = bytes.indices.first { bytes[$0...].starts(with: written) } ?? reference.range.lowerBound
            // JavaScript, whose `replace` dotenv-expand calls, takes `$$` in what is put in for one `$`, and `$&` for what
            // is replaced.
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
