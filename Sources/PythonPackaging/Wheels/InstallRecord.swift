/// The files of a wheel with their hashes and sizes, as its `RECORD` says (PEP 427, "Signed wheel files"; PEP 376,
/// "RECORD").
package struct InstallRecord: Hashable, Sendable {
    /// What the record says of a file.
    package struct Row: Hashable, Sendable {
        /// The path from the root of the wheel.
        package let path: String
        /// The name of the hash function, such as `sha256`; empty for files without hash, such as RECORD itself.
        package let algorithm: String
        /// The hash in base 64 for names without padding.
        package let hash: String
        /// The size in bytes, `nil` where none is given.
        package let size: Int?
    }

    /// The files in the order of the record.
    package let rows: [Row]

    /// Reads a record; lines without three fields are left out.
    package init(parsing text: String) {
        rows = text.split(whereSeparator: \.isNewline)
            .compactMap { line in
                let fields = Self.fields(of: line)
                guard fields.count >= 3, let path = fields.first, !path.isEmpty else { return nil }
                let hash = fields[1].split(separator: "=", maxSplits: 1).map(String.init)
                return Row(
                    path: path,
                    algorithm: hash.count == 2 ? hash[0] : "",
                    hash: hash.count == 2 ? hash[1] : "",
                    size: Int(fields[2])
                )
            }
    }

    /// The fields of a line of comma-separated values; in quotes a quote is doubled (RFC 4180).
    private static func fields(of line: Substring) -> [String] {
        var fields: [String] = [""]
        var isQuoted = false
        var rest = line[...]
        while let character = rest.popFirst() {
            switch character {
            case "\"" where isQuoted && rest.first == "\"":
                fields[fields.count - 1].append("\"")
                rest.removeFirst()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }
}
