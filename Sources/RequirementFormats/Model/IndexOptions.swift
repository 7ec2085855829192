package import HostSystem
package import PythonPackaging

/// The options that decide which indexes are queried and which files are accepted, as in pip's options of these names.
package struct IndexOptions: Hashable, Sendable {
    /// The index that is queried first (`--index-url`); `nil` for the one of the environment or pip's configuration.
    package var index: IndexAddress?
    /// The indexes of `--extra-index-url`.
    package var extraIndexes: [IndexAddress] = []
    /// Whether no index is queried (`--no-index`).
    package var usesNoIndex = false
    /// The pages and directories of `--find-links`, which list files.
    package var findLinks: [FindLinks] = []
    /// Whether pre-releases are accepted (`--pre`).
    package var allowsPreReleases = false
    /// The distributions whose wheels are not accepted (`--no-binary`).
    package var noBinary = FormatControl()
    /// The distributions whose source distributions are not accepted (`--only-binary`).
    package var onlyBinary = FormatControl()
    /// Whether every distribution must have a hash (`--require-hashes`, or implied by a hash in a requirements file).
    package var requiresHashes = false
    /// Whether the dependencies of requirements are not installed (`--no-deps`).
    package var ignoresDependencies = false
    /// The hosts whose certificates are not verified (`--trusted-host`).
    package var trustedHosts: [String] = []

    /// Makes options in which nothing is set.
    package init() {}

    /// Adds other options; if both set the first index, the other one is used.
    package mutating func merge(_ other: IndexOptions) {
        index = other.index ?? index
        extraIndexes += other.extraIndexes.filter { !extraIndexes.contains($0) }
        usesNoIndex = usesNoIndex || other.usesNoIndex
        findLinks += other.findLinks.filter { !findLinks.contains($0) }
        allowsPreReleases = allowsPreReleases || other.allowsPreReleases
        noBinary.merge(other.noBinary)
        onlyBinary.merge(other.onlyBinary)
        requiresHashes = requiresHashes || other.requiresHashes
        ignoresDependencies = ignoresDependencies || other.ignoresDependencies
        trustedHosts += other.trustedHosts.filter { !trustedHosts.contains($0) }
    }
}

/// A page or directory that lists the files of distributions: at an address, or on the local disk.
package enum FindLinks: Hashable, Sendable {
    case address(IndexAddress)
    case local(LocalPath)
}

/// The distributions that `--no-binary` or `--only-binary` applies to.
package struct FormatControl: Hashable, Sendable {
    /// Whether the option applies to all distributions.
    package var isAll = false
    /// The distributions that the option names.
    package var names: Set<PackageName> = []

    /// Makes an option that applies to no distribution.
    package init() {}

    /// Whether the option applies to a distribution.
    package func includes(_ name: PackageName) -> Bool { isAll || names.contains(name) }

    /// Applies a value of the option: names separated by commas, `:all:` or `:none:`.
    package mutating func apply(_ value: String) throws(PackageName.ParseError) {
        for item in value.split(separator: ",") {
            let item = item.trimmingBlanks
            switch item {
            case ":all:": (isAll, names) = (true, [])
            case ":none:": (isAll, names) = (false, [])
            default: names.insert(try PackageName(parsing: item))
            }
        }
    }

    /// Adds the distributions of another option.
    package mutating func merge(_ other: FormatControl) {
        isAll = isAll || other.isAll
        names.formUnion(other.names)
    }
}

/// The address of an index, with its credentials stored separately so that they are never shown.
package struct IndexAddress: Hashable, Sendable {
    /// The address without user and password.
    package let location: String
    /// The percent-encoded `user:password` of the address; `nil` if it has none.
    package let credentials: Secret?

    /// Splits an address into location and credentials.
    package init(_ address: String) {
        guard let schemeEnd = address.firstRange(of: "://")?.upperBound else {
            (location, credentials) = (address, nil)
            return
        }
        let authorityEnd = address[schemeEnd...].firstIndex { "/?#".contains($0) } ?? address.endIndex
        guard let at = address[schemeEnd..<authorityEnd].lastIndex(of: "@") else {
            (location, credentials) = (address, nil)
            return
        }
        location = String(address[..<schemeEnd] + address[address.index(after: at)...])
        credentials = Secret(String(address[schemeEnd..<at]))
    }

    /// The address with its credentials, only for sending requests.
    package var revealed: String {
        guard let credentials, let schemeEnd = location.firstRange(of: "://")?.upperBound else { return location }
        return location[..<schemeEnd] + credentials.revealed + "@" + location[schemeEnd...]
    }
}

extension IndexAddress: CustomStringConvertible {
    /// The address without its credentials.
    package var description: String { location }
}
