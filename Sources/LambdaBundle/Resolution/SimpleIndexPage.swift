import HostSystem
import OrderedJSON

/// The files that a simple index lists of a project (PEP 503, PEP 691).
struct SimpleIndexPage: Hashable, Sendable {
    /// One file of a project.
    struct File: Hashable, Sendable {
        /// The file's name.
        let name: String
        /// Where it is.
        let address: WebAddress
        /// Its hashes, as far as the index tells.
        let hashes: [FileHash]
    }

    /// The files in the index's order.
    let files: [File]

    /// Reads what an index at an address answered, JSON or HTML as its content type says.
    ///
    /// - Throws: a `DiagnosticError` where it is said to be JSON and is none.
    init(_ response: HTTPResponse, at address: WebAddress) throws(DiagnosticError) {
        let type = (response.header("Content-Type") ?? "").lowercased()
        if type.contains("json") {
            do throws(JSONParseError) {
                files = try Self.readJSON(response.body, at: address)
            } catch {
                throw DiagnosticError(
                    "'\(address.withoutCredentials)' answers with what is no list of files: \(error)",
                    category: .resolution,
                    help: ["see whether it is the address of a package index, and whether a proxy answers in its place"]
                )
            }
        } else {
            files = Self.readHTML(String(decoding: response.body, as: UTF8.self), at: address)
        }
    }

    private static func readJSON(_ bytes: [UInt8], at address: WebAddress) throws(JSONParseError) -> [File] {
        let document = try JSONValue(parsing: bytes)
        return (document["files"]?.arrayValue ?? [])
            .compactMap { file in
                guard let name = file["filename"]?.stringValue, let reference = file["url"]?.stringValue,
                    let place = address.resolving(reference)
                else { return nil }
                let digests = file["hashes"]?.objectValue ?? OrderedMap()
                let hashes = zip(digests.keys, digests.values)
                    .compactMap { algorithm, digest in
                        digest.stringValue.flatMap { FileHash("\(algorithm):\($0)") }
                    }
                return File(name: name, address: place, hashes: hashes)
            }
    }

    /// Reads the links of a page; all else in it says nothing.
    private static func readHTML(_ text: String, at address: WebAddress) -> [File] {
        var files: [File] = []
        var rest = text[...]
        while let tag = rest.firstRange(of: "<a ") ?? rest.firstRange(of: "<A ") {
            rest = rest[tag.upperBound...]
            guard let end = rest.firstIndex(of: ">") else { break }
            if let reference = attribute("href", of: rest[..<end]), let place = address.resolving(reference) {
                let name = place.lastPathComponent
                let hash = place.fragment.flatMap { FileHash($0) }
                if !name.isEmpty { files.append(File(name: name, address: place, hashes: hash.map { [$0] } ?? [])) }
            }
            rest = rest[end...]
        }
        return files
    }

    private static func attribute(_ name: String, of tag: Substring) -> String? {
        guard let start = tag.lowercased().firstRange(of: name + "=")?.upperBound else { return nil }
        let offset = tag.lowercased().distance(from: tag.lowercased().startIndex, to: start)
        let rest = tag.dropFirst(offset)
        guard let quote = rest.first else { return nil }
        let value = quote == "\"" || quote == "'" ? rest.dropFirst().prefix { $0 != quote } : rest.prefix { $0 != " " }
        return value.replacing("&amp;", with: "&").replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
            .replacing("&gt;", with: ">").replacing("&#39;", with: "'").trimmingBlanks
    }
}
