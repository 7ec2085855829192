package import ZipArchive

/// What is known of an artifact without its content: its files, and the distributions that are installed in it.
package struct ArtifactListing: Sendable {
    /// A distribution of Python that is installed in an artifact.
    package struct Distribution: Hashable, Sendable {
        /// The name as in its directory, such as `charset_normalizer`.
        package let name: String
        /// The version of the distribution.
        package let version: String
        /// The directory of its metadata, such as `python/idna-3.10.dist-info`.
        let directory: String

        /// The name in the form in which names are compared (PEP 503), with `_` as in directories.
        var key: String {
            var result = ""
            for character in name.lowercased() {
                let isSeparator = "-_.".contains(character)
                if isSeparator, result.last == "_" { continue }
                result.append(isSeparator ? "_" : character)
            }
            return result
        }

        /// The directory in which the distribution is installed, with a slash at its end; empty for the root.
        var root: String { directory.lastIndex(of: "/").map { String(directory[...$0]) } ?? "" }
    }

    /// The CRC-32 and the size of each file, by name.
    package struct File: Hashable, Sendable {
        /// The CRC-32 of the content.
        package let crc32: UInt32
        /// The size of the content in bytes.
        package let size: Int
    }

    /// The files by their names in the artifact.
    package let files: [String: File]
    /// The distributions, sorted by name.
    package let distributions: [Distribution]
    /// The distributions by their files, for those whose lists of files were read.
    package private(set) var owners: [String: Distribution] = [:]

    /// Creates a listing of files.
    package init(files: [String: File]) {
        self.files = files
        let suffix = ".dist-info/METADATA"
        distributions = files.keys.filter { $0.hasSuffix(suffix) }.sorted()
            .compactMap { path in
                let directory = String(path.dropLast("/METADATA".count))
                let leaf = directory.split(separator: "/").last.map(String.init) ?? directory
                let parts = leaf.dropLast(".dist-info".count).split(separator: "-", maxSplits: 1)
                guard parts.count == 2 else { return nil }
                return Distribution(name: String(parts[0]), version: String(parts[1]), directory: directory)
            }
            .sorted { ($0.key, $0.directory) < ($1.key, $1.directory) }
    }

    /// Creates the listing of an archive.
    package init(_ reader: ZipReader) {
        var files: [String: File] = [:]
        for entry in reader.entries where entry.kind != .folder {
            files[entry.path.string] = File(crc32: entry.crc32, size: entry.size)
        }
        self.init(files: files)
    }

    /// Creates the listing of an archive that is somewhere else.
    package init(_ directory: ZipDirectory) {
        var files: [String: File] = [:]
        for entry in directory.entries where !entry.name.hasSuffix("/") {
            files[entry.name] = File(crc32: entry.crc32, size: entry.size)
        }
        self.init(files: files)
    }

    /// The names of the lists of files of some distributions (`RECORD`), as far as the artifact has them.
    package func records(of distributions: [Distribution]) -> [String] {
        distributions.map { "\($0.directory)/RECORD" }.filter { files[$0] != nil }
    }

    /// Adds the list of files of a distribution, so that they are known as its files.
    ///
    /// - Parameters:
    ///   - content: the content of a `RECORD`: paths with digests and sizes as CSV.
    ///   - path: its name in the artifact.
    package mutating func add(record content: [UInt8], at path: String) {
        guard let distribution = distributions.first(where: { path == "\($0.directory)/RECORD" }) else { return }
        for line in String(decoding: content, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let name = Self.firstField(of: line)
            if !name.isEmpty { owners[distribution.root + name] = distribution }
        }
    }

    /// The first field of a line of CSV.
    private static func firstField(of line: Substring) -> String {
        guard line.first == "\"" else { return String(line.prefix { $0 != "," }) }
        var result = ""
        var rest = line.dropFirst()
        while let character = rest.popFirst() {
            if character == "\"" {
                guard rest.first == "\"" else { break }
                rest.removeFirst()
            }
            result.append(character)
        }
        return result
    }

    /// The distribution that a file belongs to: by its list of files, or by the directory of its metadata.
    func owner(of file: String) -> Distribution? {
        owners[file] ?? distributions.first { file.hasPrefix($0.directory + "/") }
    }
}
