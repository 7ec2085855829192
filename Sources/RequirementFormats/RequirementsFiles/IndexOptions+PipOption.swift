import Diagnostics
import HostSystem
import PythonPackaging

/// An invalid value of an option about indexes.
enum IndexOptionError: Error, Hashable, CustomStringConvertible {
    case name(PackageName.ParseError)
    case missingPath(String)
    case address(String)
    /// The option has no effect on indexes.
    case foreign

    var description: String {
        switch self {
        case .name(let cause): "\(cause)"
        case .missingPath(let path): "no such file or directory '\(path)'"
        case .address(let text):
            "'\(Redaction.redactingCredentials(in: text))' is not the address of an index, which starts with https://, "
                + "http:// or file://"
        case .foreign: "the option has no effect"
        }
    }
}

extension IndexOptions {
    /// Applies an option with its value.
    ///
    /// - Parameters:
    ///   - use: The option with its value.
    ///   - folders: The directories in which a relative path is looked up, in this order.
    ///   - exists: Whether a path exists.
    /// - Throws: An error if the value is invalid.
    mutating func apply(
        _ use: ParsedPipOption,
        folders: [LocalPath],
        exists: (LocalPath) -> Bool
    ) throws(IndexOptionError) {
        switch use.option {
        case .index: index = try Self.address(use.value, folders, exists)
        case .extraIndex: extraIndexes.append(try Self.address(use.value, folders, exists))
        case .noIndex: usesNoIndex = true
        case .findLinks:
            if use.value.firstRange(of: "://") != nil, !use.value.hasPrefix("file:") {
                findLinks.append(.address(IndexAddress(use.value)))
            } else {
                let text = use.value.hasPrefix("file://") ? String(use.value.dropFirst(7)) : use.value
                let path = PercentCoding.decode(text)
                guard let found = folders.map({ $0 / path }).first(where: exists) else { throw .missingPath(path) }
                findLinks.append(.local(found))
            }
        case .noBinary: try Self.apply(use.value, to: &noBinary)
        case .onlyBinary: try Self.apply(use.value, to: &onlyBinary)
        case .preReleases: allowsPreReleases = true
        case .requireHashes: requiresHashes = true
        case .trustedHost: trustedHosts.append(use.value)
        case .noDependencies: ignoresDependencies = true
        case .ignored: break
        default: throw .foreign
        }
    }

    /// The address of an index, or the path of a directory that is used as one.
    private static func address(
        _ text: String,
        _ folders: [LocalPath],
        _ exists: (LocalPath) -> Bool
    ) throws(IndexOptionError) -> IndexAddress {
        let scheme = WebAddress(text)?.scheme
        guard
            scheme == "https" || scheme == "http" || text.hasPrefix("file:")
                || folders.contains(where: { exists($0 / text) })
        else { throw .address(text) }
        return IndexAddress(text)
    }

    private static func apply(_ value: String, to control: inout FormatControl) throws(IndexOptionError) {
        do {
            try control.apply(value)
        } catch {
            throw .name(error)
        }
    }
}
