import Diagnostics
import HostSystem

/// Credentials in the requirement sources of a service, which would be in artifacts that contain the files.
struct PackagedCredentials {
    /// The files that the requirements were read from.
    let sources: [LocalPath]
    /// The directory of the service.
    let directory: LocalPath
    let files: any FileSystem

    /// The warnings about sources with credentials that are among the files of artifacts, one for each source.
    ///
    /// A source that cannot be read has been reported when the requirements were read.
    func findings(in packaged: Set<LocalPath>) -> [Diagnostic] {
        Set(sources).sorted().filter(packaged.contains)
            .compactMap { path in
                guard let bytes = try? files.read(path), let offset = Self.offset(ofCredentialsIn: bytes) else {
                    return nil
                }
                let name = path.isWithin(directory) ? path.relative(to: directory).string : path.string
                return Diagnostic(
                    .warning,
                    .packagedCredentials,
                    "'\(name)' contains the credentials of an index, and is packaged",
                    at: Self.place(of: offset, in: bytes, file: name),
                    help: [
                        "exclude the file: add '!\(name)' to package.patterns",
                        "replace the credentials by an environment variable, such as ${INDEX_TOKEN}",
                    ]
                )
            }
    }

    /// The offset of the first address with a password, or with a user name that is as long as a token; `nil` if there is
    /// none.
    ///
    /// Environment variables such as `${TOKEN}` are not credentials.
    static func offset(ofCredentialsIn bytes: [UInt8]) -> Int? {
        let mark = Array("://".utf8)
        var index = 0
        while index + mark.count < bytes.count {
            guard bytes[index...].starts(with: mark) else {
                index += 1
                continue
            }
            let start = index + mark.count
            let authority = bytes[start...].prefix { $0 > 0x20 && !"/?#\"'<>,;".utf8.contains($0) }
            index = start
            guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { continue }
            let user = authority[..<at]
            let parts = user.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            let secret = parts.count > 1 ? parts[1] : parts[0]
            let minimum = parts.count > 1 ? 1 : tokenLength
            if secret.count >= minimum, !isVariable(secret) { return start }
        }
        return nil
    }

    /// The length from which a user name without a password is regarded as a token.
    private static let tokenLength = 20

    private static func isVariable(_ text: ArraySlice<UInt8>) -> Bool {
        let isBraced = text.starts(with: "${".utf8) && text.last == UInt8(ascii: "}")
        return isBraced || text.first == UInt8(ascii: "$")
    }

    private static func place(of offset: Int, in bytes: [UInt8], file: String) -> SourcePlace {
        let before = bytes[..<offset]
        let line = before.count { $0 == 0x0A }
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = before[start...].count { $0 & 0xC0 != 0x80 }
        return SourcePlace(file: file, line: line + 1, column: column + 1)
    }
}
