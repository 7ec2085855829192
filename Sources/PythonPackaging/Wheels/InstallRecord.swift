/// The `RECORD` of a wheel: its files with hashes and sizes (PEP 427, "Signed wheel files"; PEP 376, "RECORD").
package struct InstallRecord: Hashable, Sendable {
    /// A line of the record, which describes one file.
    package struct Row: Hashable, Sendable {
        /// The path in the wheel.
        package let path: String
        /// The hash algorithm, such as `sha256`; empty for files without a hash, such as `RECORD` itself.
        package let algorithm: String
        /// The hash in URL-safe Base64 without padding.
        package let hash: String
        /// The size in bytes, or `nil` if it is not recorded.
        package let size: Int?
    }

    /// The lines, in the order of the record.
    package let rows: [Row]

    /// Parses a record; lines without three fields are ignored.
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

    /// Splits a line of comma-separated values (RFC 4180).
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
