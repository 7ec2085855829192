import ContainerEngine
import HostSystem
import RequirementFormats

/// What pip in a container needs to know of the indexes: environment variables, and files that are sent with the source.
///
/// Addresses may contain credentials. They are passed as environment variables by name to the one program that needs
/// them, so that they are neither in a command line nor in the description of the container.
struct PipInContainer: Sendable {
    /// The environment variables of pip.
    private(set) var variables: [String: String] = [
        "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_NO_CACHE_DIR": "1",
        "PIP_ROOT_USER_ACTION": "ignore", "PIP_PROGRESS_BAR": "off", "LC_ALL": "C.UTF-8",
    ]
    /// The files to send, by their names in the archive.
    private(set) var files: [String: LocalPath] = [:]

    /// The directory of the container that the archive is unpacked in.
    ///
    /// The scripts replace it with the path of a temporary directory.
    static let root = "@ROOT@"

    /// Collects the settings.
    ///
    /// - Parameters:
    ///   - settings: The settings of indexes.
    ///   - keepsConfiguration: Whether the configuration of pip in the image has precedence over the defaults of this
    ///     system.
    ///   - host: The services of the system.
    /// - Throws: A `FileSystemError` if a directory of `--find-links` cannot be read.
    init(_ settings: IndexSettings, keepsConfiguration: Bool, host: HostServices) throws {
        let access = settings.access
        if let index = settings.index, index != IndexSettings.defaultIndex {
            variables["PIP_INDEX_URL"] = access.revealed(index)
        } else if settings.index == nil {
            variables["PIP_NO_INDEX"] = "1"
        }
        if !settings.extraIndexes.isEmpty {
            variables["PIP_EXTRA_INDEX_URL"] = settings.extraIndexes.map(access.revealed).joined(separator: " ")
        }
        var links: [String] = []
        for (number, place) in settings.findLinks.enumerated() {
            switch place {
            case .address(let address): links.append(access.revealed(address))
            case .local(let folder):
                let name = "links/\(number)"
                links.append("\(Self.root)/\(name)")
                for entry in try host.files.entriesIfPresent(of: folder) where Self.isDistribution(entry.name) {
                    files["\(name)/\(entry.name)"] = folder / entry.name
                }
            }
        }
        if !links.isEmpty { variables["PIP_FIND_LINKS"] = links.joined(separator: " ") }
        if !settings.trustedHosts.isEmpty {
            variables["PIP_TRUSTED_HOST"] = settings.trustedHosts.joined(separator: " ")
        }
        variables["PIP_DEFAULT_TIMEOUT"] = "\(settings.timeouts.seconds)"
        if !keepsConfiguration, let certificates = settings.certificates, host.files.isFile(certificates) {
            files["certificates.pem"] = certificates
            variables["PIP_CERT"] = "\(Self.root)/certificates.pem"
        }
    }

    private static func isDistribution(_ name: String) -> Bool {
        [".whl", ".tar.gz", ".zip"].contains { name.hasSuffix($0) }
    }

    /// Writes the archive that a script unpacks.
    ///
    /// - Parameters:
    ///   - sources: The files and directories to build, by their names in the archive.
    ///   - contents: The contents of further files.
    ///   - path: The file of the archive.
    ///   - host: The services of the system.
    /// - Throws: A `FileSystemError` if a file cannot be read, or the archive cannot be written.
    func write(
        _ sources: [String: LocalPath],
        contents: [String: String] = [:],
        to path: LocalPath,
        host: HostServices
    ) async throws {
        try await offPool {
            let archive = try TarWriter(creating: path, files: host.files)
            for (name, file) in files.merging(sources, uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key }) {
                try archive.add(file, as: name)
            }
            for (name, content) in contents.sorted(by: { $0.key < $1.key }) {
                try archive.add(Array(content.utf8), as: name)
            }
            try archive.finish()
        }
    }
}
