import Diagnostics
import HostSystem
import OrderedJSON
import RequirementFormats

/// The page of a project in a simple index, which lists its files (PEP 503, PEP 691).
struct SimpleIndexPage: Hashable, Sendable {
    /// One file of a project.
    struct File: Hashable, Sendable {
        /// The name of the file.
        let name: String
        /// The address of the file.
        let address: WebAddress
        /// The hashes of the file; empty if the page has none.
        let hashes: [FileHash]
        /// The size of the file in bytes, which only JSON has (PEP 700); `nil` if it is not valid.
        var sizeBytes: Int?
    }

    /// The files in the order of the page.
    let files: [File]

    /// Parses the response of an index as JSON or HTML, according to its content type.
    ///
    /// - Throws: A `DiagnosticError` if the content type is JSON but the body is not valid JSON.
    init(_ response: HTTPResponse, at address: WebAddress) throws(DiagnosticError) {
        let type = (response.header("Content-Type") ?? "").lowercased()
        if type.contains("json") {
            do throws(JSONParseError) {
                files = try Self.readJSON(response.body, at: address)
            } catch {
                throw DiagnosticError(
                    .invalidIndexResponse,
                    "'\(address.withoutCredentials)' did not respond with a list of files: \(error)",
                    help: [IndexError.verification]
                )
            }
        } else {
            files = Self.readHTML(response.body, at: address)
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
                let size = file["size"]?.numberValue.flatMap { Int(exactly: $0) }.flatMap { $0 >= 0 ? $0 : nil }
                return File(name: name, address: place, hashes: hashes, sizeBytes: size)
            }
    }

    /// Parses the links of an HTML page, and ignores everything else.
    private static func readHTML(_ page: [UInt8], at address: WebAddress) -> [File] {
        var files: [File] = []
        var rest = page[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[(open + 1)...]
            guard let name = rest.first, name | 0x20 == UInt8(ascii: "a"), rest.dropFirst().first.map(isSpace) == true
            else { continue }
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { break }
            if let reference = reference(of: rest[..<end].dropFirst()), let place = address.resolving(reference) {
                let name = place.lastPathComponent
                let hash = place.fragment.flatMap { FileHash($0) }
                if !name.isEmpty { files.append(File(name: name, address: place, hashes: hash.map { [$0] } ?? [])) }
            }
            rest = rest[(end + 1)...]
        }
        return files
    }

    /// The value of `href` among the attributes of a tag; `nil` if it has none.
    private static func reference(of attributes: ArraySlice<UInt8>) -> String? {
        var rest = attributes
        while true {
            rest = rest.drop { isSpace($0) || $0 == UInt8(ascii: "/") }
            if rest.isEmpty { return nil }
            let name = rest.prefix { !isSpace($0) && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/") }
            rest = rest[name.endIndex...]
            let value = rest.drop(while: isSpace)
            guard value.first == UInt8(ascii: "=") else { continue }
            let written = value.dropFirst().drop(while: isSpace)
            let text: ArraySlice<UInt8>
            if let quote = written.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                text = written.dropFirst().prefix { $0 != quote }
                rest = written[text.endIndex...].dropFirst()
            } else {
                text = written.prefix { !isSpace($0) }
                rest = written[text.endIndex...]
            }
            if name.elementsEqual("href".utf8, by: { $0 | 0x20 == $1 }) { return unescaped(text) }
        }
    }

    private static func unescaped(_ text: ArraySlice<UInt8>) -> String {
        String(decoding: text, as: UTF8.self).replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
            .replacing("&gt;", with: ">").replacing("&#39;", with: "'").replacing("&amp;", with: "&").trimmingBlanks
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
