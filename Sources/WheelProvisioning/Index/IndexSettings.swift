import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// Where distributions are looked for, with all that the service, the environment and pip's configuration say.
struct IndexSettings: Sendable {
    /// The index that is asked first; `nil` where none is.
    private(set) var index: IndexAddress?
    /// Further indexes.
    private(set) var extraIndexes: [IndexAddress] = []
    /// Pages or folders that list files.
    private(set) var findLinks: [FindLinks]
    /// Hosts whose certificates are not checked.
    private(set) var trustedHosts: [String]
    /// The certificates that pip is told to trust.
    private(set) var certificates: LocalPath?
    /// How long an index is waited for.
    let timeouts: TimeoutSettings
    /// Whether pre-releases may be taken.
    private(set) var allowsPreReleases: Bool
    /// Whose wheels may not be taken.
    private(set) var noBinary: FormatControl
    /// Whose source distributions may not be taken.
    private(set) var onlyBinary: FormatControl
    /// Credentials by the origin of their address.
    private var credentialsByOrigin: [String: HTTPCredentials] = [:]

    /// What everybody asks who says nothing.
    private static let defaultIndex = IndexAddress("https://pypi.org/simple")

    /// Puts together what is said: the service's options first, then `UV_…`, `PIP_…` and pip's files.
    ///
    /// An index of the service replaces the configured one; what is further listed adds to what is configured.
    /// - Throws: a `DiagnosticError` where the environment or pip's files name what can be no distribution.
    init(_ options: IndexOptions, environment: Environment, files: any FileSystem) throws(DiagnosticError) {
        let pip = PipConfiguration(environment: environment, files: files)
        timeouts = TimeoutSettings(environment: environment, pip: pip)
        func configured(_ option: String) -> String? { pip.value(option, environment: environment) }
        func words(_ text: String?, separators: String = " \t\n\r") -> [String] {
            (text ?? "").split { separators.contains($0) }.map(String.init)
        }
        let isOffline =
            options.usesNoIndex || Self.isTrue(configured("no-index")) || Self.isTrue(environment["UV_NO_INDEX"])
        let named = words(environment["UV_INDEX"]).map(NamedIndex.init)
        if !isOffline {
            let named = environment.nonEmpty("UV_DEFAULT_INDEX").map { NamedIndex($0).address.revealed }
            let text = named ?? environment.nonEmpty("UV_INDEX_URL") ?? configured("index-url")
            index = options.index ?? text.map { IndexAddress($0) } ?? Self.defaultIndex
            extraIndexes = options.extraIndexes
        }
        findLinks = options.findLinks
        for text in words(environment["UV_FIND_LINKS"], separators: ",") + words(configured("find-links")) {
            let place = Self.findLinks(text)
            if !findLinks.contains(place) { findLinks.append(place) }
        }
        if !isOffline {
            let further = words(environment["UV_EXTRA_INDEX_URL"]) + words(configured("extra-index-url"))
            for address in named.map(\.address) + further.map({ IndexAddress($0) }) {
                if !extraIndexes.contains(address), address != index { extraIndexes.append(address) }
            }
        }
        trustedHosts = options.trustedHosts + words(configured("trusted-host")) + words(environment["UV_INSECURE_HOST"])
        certificates = configured("cert").map { LocalPath($0) }
        allowsPreReleases = options.allowsPreReleases || Self.isTrue(configured("pre"))
        (noBinary, onlyBinary) = (options.noBinary, options.onlyBinary)
        if let names = configured("no-binary") { try Self.apply(names, of: "no-binary", to: &noBinary) }
        if let names = configured("only-binary") { try Self.apply(names, of: "only-binary", to: &onlyBinary) }
        for address in allIndexes { learnCredentials(of: address.revealed) }
        for case .address(let address) in findLinks { learnCredentials(of: address.revealed) }
        for entry in named { learn(entry, environment) }
    }

    /// All indexes, the first one first.
    var allIndexes: [IndexAddress] { (index.map { [$0] } ?? []) + extraIndexes }

    /// The servers that are asked for what there is, each with its port where the address has one.
    var hosts: [String] {
        var addresses = allIndexes
        for case .address(let list) in findLinks { addresses.append(list) }
        var hosts: [String] = []
        for host in addresses.compactMap({ WebAddress($0.location)?.authority }) where !hosts.contains(host) {
            hosts.append(host)
        }
        return hosts
    }

    /// Keeps the credentials that an address has, for other addresses of its origin.
    mutating func learnCredentials(of text: String) {
        guard let address = WebAddress(text), let user = address.user else { return }
        credentialsByOrigin[address.origin] = HTTPCredentials(user: user, password: address.password ?? Secret(""))
    }

    /// What an index asks of who downloads a file of it; `nil` where only the netrc file may know.
    func credentials(for address: WebAddress) -> HTTPCredentials? { credentialsByOrigin[address.origin] }

    /// Makes a request with credentials, certificates and trust as they were set.
    func request(_ address: WebAddress, accept: String? = nil) -> HTTPRequest {
        var request = HTTPRequest("GET", address, headers: accept.map { [HTTPHeader("Accept", $0)] } ?? [])
        request.credentials = credentials(for: address)
        request.usesNetrc = true
        request.timeouts.stall = .seconds(timeouts.seconds)
        request.timeouts.connect = .seconds(timeouts.seconds)
        let host = "\(address.host):\(address.effectivePort)"
        let isTrusted = trustedHosts.contains { $0.lowercased() == address.host || $0.lowercased() == host }
        request.trust = isTrusted ? .anyServer : certificates.map { .file($0) } ?? .packageIndex
        return request
    }

    private static func apply(
        _ names: String,
        of option: String,
        to control: inout FormatControl
    ) throws(DiagnosticError) {
        do {
            try control.apply(names)
        } catch {
            throw DiagnosticError(
                "pip's option '\(option)' is set to '\(names)': \(error)",
                category: .resolution,
                help: ["correct PIP_\(option.uppercased().replacing("-", with: "_")) or pip's configuration file"]
            )
        }
    }

    private mutating func learn(_ entry: NamedIndex, _ environment: Environment) {
        guard let name = entry.name, let origin = WebAddress(entry.address.location)?.origin else { return }
        let variable = "UV_INDEX_" + String(name.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
        guard let user = environment.nonEmpty(variable + "_USERNAME") else { return }
        credentialsByOrigin[origin] = HTTPCredentials(
            user: user,
            password: Secret(environment[variable + "_PASSWORD"] ?? "")
        )
    }

    private static func findLinks(_ text: String) -> FindLinks {
        if WebAddress(text) != nil { return .address(IndexAddress(text)) }
        return .local(LocalPath(text.hasPrefix("file://") ? PercentCoding.decode(text.dropFirst(7)) : text))
    }

    private static func isTrue(_ text: String?) -> Bool {
        ["1", "true", "yes", "on", "y", "t"].contains((text ?? "").lowercased())
    }
}

/// An index as `UV_INDEX` lists it: an address, or `name=address`.
private struct NamedIndex {
    let name: String?
    let address: IndexAddress

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

extension ServerTrust {
    /// The variables that pip, uv and requests read.
    static let packageIndex = ServerTrust.variables([
        "SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE",
    ])
}
