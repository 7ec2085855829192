import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// Queries indexes, and other lists of files, for the files of a project.
///
/// The only protocol is that of simple indexes (`SimpleIndexPage`); all protocols give `IndexFile` values.
struct IndexClient: Sendable {
    /// The transport of requests to indexes.
    let transport: any HTTPTransport
    /// The file system of local directories of files.
    let files: any FileSystem
    /// The clock that measures waiting times.
    let clock: MonotonicClock
    /// The indexes to query.
    let settings: IndexSettings
    /// Receives an event when an index does not answer for some seconds.
    let report: @Sendable (ProvisioningEvent) -> Void

    /// The accepted formats of a page, best first (PEP 691).
    private static let accept =
        "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"

    /// Queries all indexes, then other lists, for the files of a project.
    ///
    /// - Parameters:
    ///   - project: The name of the project.
    ///   - index: The only index to query; `nil` for the configured indexes.
    /// - Returns: The files; empty if no index has the project.
    /// - Throws: A `DiagnosticError` if an index responds with an error, `HTTPError`, `CancellationError`.
    func files(of project: PackageName, in index: IndexAddress?) async throws -> [IndexFile] {
        var found: [IndexFile] = []
        for address in index.map({ [$0] }) ?? settings.allIndexes {
            found += try await page(of: project, in: address)
        }
        return try await found + listedFiles(of: project)
    }

    /// The files of a project in the directories and pages of `--find-links`.
    private func listedFiles(of project: PackageName) async throws -> [IndexFile] {
        var found: [IndexFile] = []
        for place in settings.findLinks {
            switch place {
            case .local(let folder):
                for entry in try files.entriesIfPresent(of: folder) where Self.belongs(entry.name, to: project) {
                    found.append(IndexFile(name: entry.name, place: .local(folder / entry.name), hashes: []))
                }
            case .address(let list):
                guard let address = WebAddress(list.location) else { continue }
                found += try await links(at: address).filter { Self.belongs($0.name, to: project) }
            }
        }
        return found
    }

    private func page(of project: PackageName, in index: IndexAddress) async throws -> [IndexFile] {
        guard let address = Self.address(of: project, in: index) else {
            if index.location.hasPrefix("file://") {
                return try localPage(LocalPath(String(index.location.dropFirst(7))) / project.normalized)
            }
            throw DiagnosticError(.invalidIndexAddress, "'\(index)' is not the address of an index")
        }
        return try await links(at: address)
    }

    /// The files in a local directory that is used as an index.
    private func localPage(_ folder: LocalPath) throws(FileSystemError) -> [IndexFile] {
        try files.entriesIfPresent(of: folder)
            .map {
                IndexFile(name: $0.name, place: .local(folder / $0.name), hashes: [])
            }
    }

    private func response(at address: WebAddress) async throws -> HTTPResponse {
        try await reportingWaits(clock: clock) { elapsed in
            report(.waiting(hosts: [address.authority], elapsed))
        } for: {
            try await transport.send(settings.request(address, accept: Self.accept))
        }
    }

    /// Queries all indexes for a project that could not be resolved, and skips those that fail.
    ///
    /// - Throws: `CancellationError`.
    func survey(of project: PackageName) async throws -> ProjectSurvey {
        var survey = ProjectSurvey(project: project)
        for index in settings.allIndexes {
            do {
                guard let address = Self.address(of: project, in: index) else {
                    survey.files += try await page(of: project, in: index)
                    continue
                }
                let response = try await response(at: address)
                switch response.status {
                case 401, 403: survey.refusals[index] = response.status
                case 404, 410: break
                case 200..<300: survey.files += try SimpleIndexPage(response, at: address).files.map(IndexFile.init)
                default: survey.isComplete = false
                }
            } catch let error as CancellationError {
                throw error
            } catch {
                // The resolver has reported the error already; this index could only have added a fact.
                survey.isComplete = false
            }
        }
        do {
            survey.files += try await listedFiles(of: project)
        } catch let error as CancellationError {
            throw error
        } catch {
            survey.isComplete = false
        }
        if !survey.refusals.isEmpty { survey.isComplete = false }
        return survey
    }

    private static func address(of project: PackageName, in index: IndexAddress) -> WebAddress? {
        WebAddress(index.location + (index.location.hasSuffix("/") ? "" : "/") + project.normalized + "/")
    }

    private func links(at address: WebAddress) async throws -> [IndexFile] {
        let response = try await response(at: address)
        // A missing project is not an error of the index.
        if response.status == 404 || response.status == 410 { return [] }
        guard response.isSuccess else { throw IndexError.refused(response, address, access: settings.access) }
        return try SimpleIndexPage(response, at: address).files.map(IndexFile.init)
    }

    private static func belongs(_ fileName: String, to project: PackageName) -> Bool {
        (try? WheelName(parsing: fileName))?.name == project
            || SourceDistributionName(parsing: fileName)?.name == project
    }
}

extension IndexFile {
    /// Makes a file of a link in a page.
    fileprivate init(_ file: SimpleIndexPage.File) {
        self.init(name: file.name, place: .address(file.address), hashes: file.hashes, sizeBytes: file.sizeBytes)
    }
}
