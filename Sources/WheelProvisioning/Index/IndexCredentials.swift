import HostSystem
import RequirementFormats

/// The credentials of indexes: of their addresses, and of the variables of indexes with a name in `UV_INDEX`.
struct IndexCredentials: Sendable {
    /// The credentials by the origins of their addresses.
    private var byOrigin: [String: HTTPCredentials] = [:]
    /// The credentials by the locations of their indexes, several of which may be on one server.
    private var byLocation: [String: HTTPCredentials] = [:]
    /// The prefixes of variables by the locations of the indexes with a name.
    private var variables: [String: String] = [:]

    /// The credentials for an address: those of the index that it is in, otherwise those of another address of its
    /// origin; `nil` if only the netrc file may have some.
    func credentials(for address: WebAddress) -> HTTPCredentials? {
        location(of: address, among: byLocation).flatMap { byLocation[$0] } ?? byOrigin[address.origin]
    }

    /// Remembers the credentials in an address, for other addresses with the same origin.
    mutating func learn(_ text: String) {
        guard let address = WebAddress(text), let user = address.user else { return }
        byOrigin[address.origin] = HTTPCredentials(user: user, password: address.password ?? Secret(""))
    }

    /// Reads the variables of an index with a name, which are `UV_INDEX_<NAME>_USERNAME` and `UV_INDEX_<NAME>_PASSWORD`.
    mutating func learn(_ entry: NamedIndex, _ environment: Environment) {
        guard let name = entry.name, let address = WebAddress(entry.address.location) else { return }
        let prefix = "UV_INDEX_" + String(name.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
        variables[address.string] = prefix
        let (user, password) = (environment.nonEmpty(prefix + "_USERNAME"), environment.nonEmpty(prefix + "_PASSWORD"))
        guard user != nil || password != nil else { return }
        let credentials = HTTPCredentials(user: user ?? "", password: Secret(password ?? ""))
        byLocation[address.string] = credentials
        byOrigin[address.origin] = credentials
    }

    /// The address of an index with the credentials that requests to it have, for a program that sends its own.
    func revealed(_ index: IndexAddress) -> String {
        guard index.credentials == nil, let address = WebAddress(index.location),
            let known = credentials(for: address), let scheme = index.location.firstRange(of: "://")
        else { return index.revealed }
        let password = known.password.revealed
        let login = PercentCoding.encode(known.user) + (password.isEmpty ? "" : ":" + PercentCoding.encode(password))
        return index.location[..<scheme.upperBound] + login + "@" + index.location[scheme.upperBound...]
    }

    /// The help for an address that denies access.
    ///
    /// - Parameter address: The address of an index, or of a file on its server.
    /// - Returns: How to correct the credentials that were sent or, if there were none, how to add some.
    func help(for address: WebAddress) -> [String] {
        let prefix = location(of: address, among: variables).flatMap { variables[$0] }
        if let known = credentials(for: address) {
            let origin = prefix.map { "in \($0)_USERNAME and \($0)_PASSWORD" } ?? "of the index"
            return [
                "correct the credentials \(origin), or request a new token if it has expired: "
                    + "the server does not accept the user '\(known.user)'"
            ]
        }
        if let prefix { return ["set \(prefix)_USERNAME and \(prefix)_PASSWORD to the credentials of the index"] }
        return [IndexError.login, IndexError.namedLogin]
    }

    /// The longest location that an address is in.
    private func location<Value>(of address: WebAddress, among values: [String: Value]) -> String? {
        let text = address.string
        return values.keys
            .filter { text == $0 || text.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
            .max { $0.utf8.count < $1.utf8.count }
    }
}

/// An index in the list of `UV_INDEX`: an address, or `name=address`.
struct NamedIndex {
    /// The name, which is part of the names of variables; `nil` if the index has none.
    let name: String?
    /// The address of the index.
    let address: IndexAddress

    /// Parses an item of the list.
    init(_ text: String) {
        guard let equals = text.firstIndex(of: "="),
            text[..<equals].allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) })
        else {
            (name, address) = (nil, IndexAddress(text))
            return
        }
        name = String(text[..<equals])
        address = IndexAddress(String(text[text.index(after: equals)...]))
    }
}
