import HostSystem
import PythonPackaging

/// Asks simple indexes and other lists of files which files there are of a project.
struct SimpleIndexClient: Sendable {
    /// Asks the servers.
    let transport: any HTTPTransport
    /// Reads folders of files.
    let files: any FileSystem
    /// Where to look.
    let settings: IndexSettings

    /// A file that a project has somewhere.
    struct Found: Hashable, Sendable {
        /// Where it is.
        enum Place: Hashable, Sendable {
            case address(WebAddress)
            case local(LocalPath)
        }

        let name: String
        let place: Place
        let hashes: [FileHash]
    }

    /// Forms of an answer, the one that is best to read first (PEP 691).
    private static let accept =
        "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"

    /// The files of a project in all places, indexes before other lists.
    ///
    /// - Parameters:
    ///   - project: The project.
    ///   - index: The index to ask in place of those that were set, `nil` for those.
    /// - Returns: The files; none where no place knows the project.
    /// - Throws: `DiagnosticError` where an index fails, `HTTPError`, `CancellationError`.
    func files(of project: PackageName, in index: IndexAddress?) async throws -> [Found] {
        var found: [Found] = []
        for address in index.map({ [$0] }) ?? settings.allIndexes {
            found += try await page(of: project, in: address)
        }
        for place in settings.findLinks {
            switch place {
            case .local(let folder):
                for entry in try files.entriesIfPresent(of: folder) where Self.belongs(entry.name, to: project) {
                    found.append(Found(name: entry.name, place: .local(folder / entry.name), hashes: []))
                }
            case .address(let list):
                guard let address = WebAddress(list.location) else { continue }
                found += try await links(at: address).filter { Self.belongs($0.name, to: project) }
            }
        }
        return found
    }

    private func page(of project: PackageName, in index: IndexAddress) async throws -> [Found] {
        let slash = index.location.hasSuffix("/") ? "" : "/"
        let text = index.location + slash + project.normalized + "/"
        guard let address = WebAddress(text) else {
            if index.location.hasPrefix("file://") { return try localPage(LocalPath(String(text.dropFirst(7)))) }
            throw DiagnosticError("'\(index)' is no address of an index", category: .resolution)
        }
        return try await links(at: address)
    }

    /// A folder that stands for an index.
    private func localPage(_ folder: LocalPath) throws(FileSystemError) -> [Found] {
        try files.entriesIfPresent(of: folder)
            .map {
                Found(name: $0.name, place: .local(folder / $0.name), hashes: [])
            }
    }

    private func links(at address: WebAddress) async throws -> [Found] {
        let response = try await transport.send(settings.request(address, accept: Self.accept))
        // An index that does not know a project is not at fault.
        if response.status == 404 || response.status == 410 { return [] }
        guard response.isSuccess else { throw IndexFault.answered(response.status, address) }
        return try SimpleIndexPage(response, at: address).files
            .map {
                Found(name: $0.name, place: .address($0.address), hashes: $0.hashes)
            }
    }

    private static func belongs(_ fileName: String, to project: PackageName) -> Bool {
        (try? WheelName(parsing: fileName))?.name == project
            || SourceDistributionName(parsing: fileName)?.name == project
    }
}

/// What servers of files do wrong, as users are told of it.
enum IndexFault {
    /// A server answered with a status that is none of success.
    static func answered(_ status: Int, _ address: WebAddress) -> DiagnosticError {
        var help: [String] = []
        if status == 401 || status == 403 {
            help = ["give credentials in the index's address, in the netrc file or in PIP_INDEX_URL"]
        }
        return DiagnosticError(
            "'\(address.withoutCredentials)' answers with status \(status)",
            category: .resolution,
            help: help
        )
    }
}
