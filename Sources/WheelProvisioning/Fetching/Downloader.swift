import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import Synchronization

/// Downloads and verifies files, and resumes downloads that were interrupted.
struct Downloader: Sendable {
    let transport: any HTTPTransport
    let settings: IndexSettings
    let wheelhouse: Wheelhouse
    let clock: MonotonicClock
    let report: @Sendable (ProvisioningEvent) -> Void

    /// A downloaded file, with its digest.
    struct DownloadedFile: Sendable {
        let file: LocalPath
        let sha256: SHA256Digest
    }

    /// A file to download.
    struct Request: Sendable {
        /// The distribution that the file belongs to.
        let name: PackageName
        /// The name of the file.
        let fileName: String
        /// The address of the file.
        let address: WebAddress
        /// The hashes of which the file must have one; empty if they are not known.
        let hashes: [FileHash]
        /// The place of the requirement.
        let place: SourcePlace?

        /// The key of the file in the cache, which is known before the download.
        var key: String {
            if let hash = hashes.first(where: { $0.algorithm == "sha256" }), hashes.count == 1 { return hash.digest }
            var key = CacheKey("file", version: 1)
            key.add("address", address.string)
            key.add("hashes", hashes.map(\.description).sorted())
            return key.finish()
        }
    }

    /// Downloads a file to the cache's directory of incomplete files; the caller holds the lock of the key.
    func fetch(_ request: Request) async throws -> DownloadedFile {
        let file = try wheelhouse.partialFile(request.key)
        do {
            let first = try await attempt(request, file, resumes: true)
            if let first, try Self.hasHash(first, request.hashes, in: wheelhouse.files) { return first }
            // The part that an earlier run left may belong to another file, so the file is downloaded from the start.
            let second = try await attempt(request, file, resumes: false)
            if let second, try Self.hasHash(second, request.hashes, in: wheelhouse.files) { return second }
            discard(file)
            throw mismatch(request, found: second?.sha256)
        } catch let error as FileSystemError where error.isFullDisk {
            // A part that cannot be completed only uses space.
            discard(file)
            throw error
        } catch let error as HTTPError {
            throw failure(request, error)
        }
    }

    private func attempt(_ request: Request, _ file: LocalPath, resumes: Bool) async throws -> DownloadedFile? {
        let name = request.fileName
        let report = self.report
        let stall = StallTimer(clock: clock)
        let download = HTTPDownload(to: file, resumes: resumes, isDurable: true) { received, total in
            stall.restart()
            report(.downloading(name, receivedBytes: received, totalBytes: total))
        }
        let wasResumed = resumes && wheelhouse.files.exists(file)
        let result = try await reportingWaits(clock: clock) { _ in
            if let duration = stall.duration() { report(.waiting(hosts: [request.address.authority], duration)) }
        } for: {
            try await transport.download(settings.request(request.address), download)
        }
        guard result.response.isSuccess else {
            throw IndexError.status(result.response.status, request.address, for: request.place)
        }
        let fetched = DownloadedFile(file: file, sha256: result.sha256)
        if !wasResumed, try !Self.hasHash(fetched, request.hashes, in: wheelhouse.files) {
            discard(file)
            throw mismatch(request, found: result.sha256)
        }
        report(.downloaded(name, bytes: result.size))
        return fetched
    }

    /// Removes a part that cannot be completed.
    ///
    /// If it cannot be removed either, it only uses space: a download that resumes it ends with a wrong hash.
    private func discard(_ file: LocalPath) { try? wheelhouse.files.remove(file) }

    /// Whether a file has one of the hashes; `true` if there are none.
    ///
    /// - Throws: A `FileSystemError` if the file cannot be read.
    static func hasHash(_ fetched: DownloadedFile, _ hashes: [FileHash], in files: any FileSystem) throws -> Bool {
        guard !hashes.isEmpty else { return true }
        return try hashes.contains { hash in
            if hash.algorithm == "sha256" { return hash.digest == fetched.sha256.hexadecimal }
            return try files.digest(of: fetched.file, algorithm: hash.algorithm) == hash.digest
        }
    }

    private func mismatch(_ request: Request, found: SHA256Digest?) -> StaleFileError {
        StaleFileError(
            DiagnosticError.hashMismatch(
                request.fileName,
                of: request.name,
                expected: request.hashes,
                found: found,
                at: request.place
            )
        )
    }

    private func failure(_ request: Request, _ error: HTTPError) -> DiagnosticError {
        var help = error.diagnostics.flatMap(\.help)
        if error.isTransient { help.append("run the command again to resume the download") }
        if error.cause == .timedOut { help.append(IndexError.timeout) }
        return DiagnosticError(
            .downloadFailed,
            "cannot download '\(request.fileName)': \(error.detail)",
            at: request.place,
            notes: ["from \(request.address.withoutCredentials)"],
            help: help
        )
    }
}

/// Measures for how long a download has not received anything.
private final class StallTimer: Sendable {
    private let clock: MonotonicClock
    private let start: Mutex<Duration>

    init(clock: MonotonicClock) {
        self.clock = clock
        start = Mutex(clock.now)
    }

    /// Restarts the timer, because something was received.
    func restart() { start.withLock { $0 = clock.now } }

    /// The whole seconds since the last restart; `nil` if they are too few to report.
    func duration() -> Duration? {
        let seconds = (clock.now - start.withLock { $0 }).components.seconds
        return seconds < 4 ? nil : .seconds(seconds)
    }
}
