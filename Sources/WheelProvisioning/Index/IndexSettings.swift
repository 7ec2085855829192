import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// The indexes and index options of the service, the environment and pip's configuration together.
struct IndexSettings: Sendable {
    /// The index that is queried first; `nil` if no index is queried.
    private(set) var index: IndexAddress?
    /// The indexes that are queried in addition to the first one.
    private(set) var extraIndexes: [IndexAddress] = []
    /// The pages and directories of `--find-links`, which list files.
    private(set) var findLinks: [FindLinks]
    /// The hosts whose certificates are not verified.
    private(set) var trustedHosts: [String]
    /// The file of certificates that pip is configured to trust; `nil` for those of the system.
    private(set) var certificates: LocalPath?
    /// The timeouts and retries of requests to indexes.
    let timeouts: TimeoutSettings
    /// Whether pre-releases are accepted.
    private(set) var allowsPreReleases: Bool
    /// The distributions whose wheels are not accepted.
    private(set) var noBinary: FormatControl
    /// The distributions whose source distributions are not accepted.
    private(set) var onlyBinary: FormatControl
    /// The credentials of the indexes.
    private(set) var access = IndexCredentials()

    /// The index that is queried if none is configured.
    static let defaultIndex = IndexAddress("https://pypi.org/simple")

    /// Combines the options of the service with `UV_…` and `PIP_…` variables and the configuration files of pip.
    ///
    /// An index of the service replaces the configured one; additional indexes are added to the configured ones.
    /// - Throws: A `DiagnosticError` if the environment or a configuration file contains an invalid name of a
    ///   distribution.
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
        let defaultIndex = environment.nonEmpty("UV_DEFAULT_INDEX").map { NamedIndex($0) }
        if !isOffline {
            let text = defaultIndex?.address.revealed ?? environment.nonEmpty("UV_INDEX_URL") ?? configured("index-url")
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
        for entry in named + (defaultIndex.map { [$0] } ?? []) { access.learn(entry, environment) }
    }

    /// All indexes, in the order of queries.
    var allIndexes: [IndexAddress] { (index.map { [$0] } ?? []) + extraIndexes }

    /// The hosts of all indexes and pages, with the ports that their addresses have.
    var hosts: [String] {
        var addresses = allIndexes
        for case .address(let list) in findLinks { addresses.append(list) }
        var hosts: [String] = []
        for host in addresses.compactMap({ WebAddress($0.location)?.authority }) where !hosts.contains(host) {
            hosts.append(host)
        }
        return hosts
    }

    /// Remembers the credentials in an address, for other addresses with the same origin.
    mutating func learnCredentials(of text: String) { access.learn(text) }

    /// The credentials for an address; `nil` if only the netrc file may have some.
    func credentials(for address: WebAddress) -> HTTPCredentials? { access.credentials(for: address) }

    /// Makes a GET request with the configured credentials, certificates and timeouts.
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
                .invalidPipConfiguration,
                "invalid value '\(names)' of pip's option '\(option)': \(error)",
                help: ["correct PIP_\(option.uppercased().replacing("-", with: "_")) or pip's configuration file"]
            )
        }
    }

    private static func findLinks(_ text: String) -> FindLinks {
        if WebAddress(text) != nil { return .address(IndexAddress(text)) }
        return .local(LocalPath(text.hasPrefix("file://") ? PercentCoding.decode(text.dropFirst(7)) : text))
    }

    private static func isTrue(_ text: String?) -> Bool {
        ["1", "true", "yes", "on", "y", "t"].contains((text ?? "").lowercased())
    }
}

extension ServerTrust {
    /// The variables that pip, uv and requests read.
    static let packageIndex = ServerTrust.variables([
        "SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE",
    ])
}
