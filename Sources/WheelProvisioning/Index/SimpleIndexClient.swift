import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// Asks simple indexes and other lists of files which files there are of a project.
struct SimpleIndexClient: Sendable {
    /// Asks the servers.
    let transport: any HTTPTransport
    /// Reads folders of files.
    let files: any FileSystem
    /// Measures how long an answer takes.
    let clock: MonotonicClock
    /// Where to look.
    let settings: IndexSettings
    /// Is told when an answer takes long.
    let report: @Sendable (ProvisioningEvent) -> Void

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
        guard let address = Self.address(of: project, in: index) else {
            if index.location.hasPrefix("file://") {
                return try localPage(LocalPath(String(index.location.dropFirst(7))) / project.normalized)
            }
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

    private func answer(at address: WebAddress) async throws -> HTTPResponse {
        try await reportingWaits(clock: clock) { elapsed in
            report(.waiting(hosts: [address.authority], elapsed))
        } for: {
            try await transport.send(settings.request(address, accept: Self.accept))
        }
    }

    /// The indexes that do not tell who asks whether they have a project, with the status of their answer.
    func refusals(of project: PackageName) async throws -> [IndexAddress: Int] {
        var refusals: [IndexAddress: Int] = [:]
        for index in settings.allIndexes {
            guard let address = Self.address(of: project, in: index) else { continue }
            do {
                let status = try await answer(at: address).status
                if status == 401 || status == 403 { refusals[index] = status }
            } catch is HTTPError {
                // The resolver told of what went wrong already; this was to say more of it.
            }
        }
        return refusals
    }

    private static func address(of project: PackageName, in index: IndexAddress) -> WebAddress? {
        WebAddress(index.location + (index.location.hasSuffix("/") ? "" : "/") + project.normalized + "/")
    }

    private func links(at address: WebAddress) async throws -> [Found] {
        let response = try await answer(at: address)
        // An index that does not know a project is not at error.
        if response.status == 404 || response.status == 410 { return [] }
        guard response.isSuccess else { throw IndexError.answered(response.status, address) }
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
enum IndexError {
    /// What to do where an index wants to know who asks.
    static let login = "give credentials in the index's address, in the netrc file or in PIP_INDEX_URL"

    /// A server answered with a status that is none of success.
    static func answered(_ status: Int, _ address: WebAddress, for place: SourcePlace? = nil) -> any Error {
        var help: [String] = []
        switch status {
        case 401, 403: help = [login]
        case 404, 410: help = ["the index has this file no longer: update the lock, or require another version"]
        case 500...: help = ["the index is at fault: run again later, or name another one"]
        default: break
        }
        let error = DiagnosticError(
            "'\(address.withoutCredentials)' answers with status \(status)",
            category: .resolution,
            at: place,
            help: help
        )
        return status == 404 || status == 410 ? StaleFileError(error) : error
    }
}
