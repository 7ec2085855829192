package import HostSystem
package import PythonPackaging

/// Where distributions are looked for, and which of them may be taken: pip's options of these names.
package struct IndexOptions: Hashable, Sendable {
    /// The index that is asked first, `nil` for the one that the environment or pip's configuration names.
    package var index: IndexAddress?
    /// Further indexes.
    package var extraIndexes: [IndexAddress] = []
    /// Whether no index is asked at all.
    package var usesNoIndex = false
    /// Pages or folders that list files.
    package var findLinks: [FindLinks] = []
    /// Whether pre-releases may be taken.
    package var allowsPreReleases = false
    /// Whose wheels may not be taken.
    package var noBinary = FormatControl()
    /// Whose source distributions may not be taken.
    package var onlyBinary = FormatControl()
    /// Whether every distribution must have a hash.
    package var requiresHashes = false
    /// Whether only what is named is installed, not what it needs.
    package var ignoresDependencies = false
    /// Hosts whose certificates are not checked.
    package var trustedHosts: [String] = []

    /// Makes options that say nothing.
    package init() {}

    /// Takes over what other options say; where both name one index, the later one counts.
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

/// A place that lists files: an address, or a folder or page on this machine.
package enum FindLinks: Hashable, Sendable {
    case address(IndexAddress)
    case local(LocalPath)
}

/// The distributions that an option about formats means.
package struct FormatControl: Hashable, Sendable {
    /// Whether it means all.
    package var isAll = false
    /// The ones it means by name.
    package var names: Set<PackageName> = []

    /// Makes an option that means none.
    package init() {}

    /// Whether it means a distribution.
    package func includes(_ name: PackageName) -> Bool { isAll || names.contains(name) }

    /// Takes a value of the option: names between commas, `:all:` or `:none:`.
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

    /// Takes over what a later option says.
    package mutating func merge(_ other: FormatControl) {
        isAll = isAll || other.isAll
        names.formUnion(other.names)
    }
}

/// The address of an index, with its credentials apart so that they are never shown.
package struct IndexAddress: Hashable, Sendable {
    /// The address without user and password.
    package let location: String
    /// `user:password` as the address had it, percent-encoded; `nil` where it had none.
    package let credentials: Secret?

    /// Takes an address apart.
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

    /// The address with its credentials, for the one place that sends it.
    package var revealed: String {
        guard let credentials, let schemeEnd = location.firstRange(of: "://")?.upperBound else { return location }
        return location[..<schemeEnd] + credentials.revealed + "@" + location[schemeEnd...]
    }
}

extension IndexAddress: CustomStringConvertible {
    /// The address without its credentials.
    package var description: String { location }
}
