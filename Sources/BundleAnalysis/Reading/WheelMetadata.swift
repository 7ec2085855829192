import PythonPackaging

/// What the file `METADATA` of a distribution says (<https://packaging.python.org/en/latest/specifications/core-metadata/>).
struct WheelMetadata: Hashable, Sendable {
    /// The license, as an SPDX expression or in the words of the distribution; `nil` if it is not stated.
    let license: String?
    /// The requirements of the distribution, including those of its extras; those that cannot be read are omitted.
    let requirements: [Requirement]

    /// The longest value of `License` that is shown; longer ones are whole licenses.
    private static let maximumLicense = 60

    /// Reads the headers of the file.
    init(parsing text: String) {
        var fields: [(name: String, value: String)] = []
        // A carriage return with a line feed is one character.
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            if line.isEmpty { break }
            if line.first == " " || line.first == "\t" {
                guard !fields.isEmpty else { continue }
                fields[fields.count - 1].value += "\n" + line.drop { $0 == " " || $0 == "\t" }
            } else if let colon = line.firstIndex(of: ":") {
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                fields.append((line[..<colon].lowercased(), String(value)))
            }
        }
        func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
        requirements = values("requires-dist").compactMap { try? Requirement(parsing: $0) }
        license =
            values("license-expression").first { !$0.isEmpty }
            ?? Self.license(ofClassifiers: values("classifier"))
            ?? values("license").first { $0 != "UNKNOWN" && !$0.isEmpty }.map(Self.shortened)
    }

    private static func license(ofClassifiers classifiers: [String]) -> String? {
        let names = classifiers.filter { $0.hasPrefix("License :: ") && $0 != "License :: OSI Approved" }
            .compactMap { $0.split(separator: ":").last?.drop { $0 == " " } }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    private static func shortened(_ text: String) -> String {
        let line = text.prefix { $0 != "\n" }
        return line.count <= maximumLicense ? String(line) : line.prefix(maximumLicense - 1) + "…"
    }
}
