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

    /// The maximum size of a file whose size is not known; the limits of Lambda are far below.
    private static let maximumBytes: Int64 = 4 << 30

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
        /// The size that the index or the lock has; `nil` if it is not known.
        var sizeBytes: Int?
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
            if wheelhouse.files.exists(file) {
                if let resumed = try await resumed(request, file) { return resumed }
                // The part that an earlier run left may belong to another file.
                discard(file)
            }
            let result = try await attempt(request, file, resumes: false)
            if let fetched = try expected(request, file, result) { return fetched }
            discard(file)
            throw mismatch(request, found: result.sha256)
        } catch let error as FileSystemError where error.isFullDisk {
            // A part that cannot be completed only uses space.
            discard(file)
            throw error
        } catch let error as HTTPError {
            if case .tooLarge(let limit) = error.cause {
                discard(file)
                throw tooLarge(request, limit)
            }
            throw failure(request, error)
        }
    }

    /// Completes a part of an earlier run; `nil` if the result is not the expected file.
    private func resumed(_ request: Request, _ file: LocalPath) async throws -> DownloadedFile? {
        do {
            return try expected(request, file, try await attempt(request, file, resumes: true))
        } catch let error as HTTPError {
            guard case .tooLarge = error.cause else { throw error }
            return nil
        }
    }

    /// The downloaded file; `nil` if it has none of the expected hashes.
    private func expected(
        _ request: Request,
        _ file: LocalPath,
        _ result: HTTPDownloadResult
    ) throws -> DownloadedFile? {
        let fetched = DownloadedFile(file: file, sha256: result.sha256)
        guard try Self.hasHash(fetched, request.hashes, in: wheelhouse.files) else { return nil }
        report(.downloaded(request.fileName, bytes: result.size))
        return fetched
    }

    /// Downloads a file, without checking its hash.
    private func attempt(_ request: Request, _ file: LocalPath, resumes: Bool) async throws -> HTTPDownloadResult {
        let name = request.fileName
        let report = self.report
        let stall = StallTimer(clock: clock)
        let limit = request.sizeBytes.map(Int64.init) ?? Self.maximumBytes
        let download = HTTPDownload(to: file, resumes: resumes, limitBytes: limit, isDurable: true) { received, total in
            stall.restart()
            report(.downloading(name, receivedBytes: received, totalBytes: total))
        }
        let result = try await reportingWaits(clock: clock) { _ in
            if let duration = stall.duration() { report(.waiting(hosts: [request.address.authority], duration)) }
        } for: {
            try await transport.download(settings.request(request.address), download)
        }
        guard result.response.isSuccess else {
            let access = settings.access
            throw IndexError.refused(result.response, request.address, access: access, for: request.place)
        }
        return result
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

    /// The error of a body that goes on after the size that the file should have.
    private func tooLarge(_ request: Request, _ limit: Int64) -> any Error {
        let isStated = request.sizeBytes != nil
        let error = DiagnosticError(
            .responseTooLarge,
            "stopped downloading '\(request.fileName)' after \(limit) bytes",
            at: request.place,
            notes: [
                isStated ? "this is the size that the index or the lock states" : "larger files cannot be deployed",
                "from \(request.address.withoutCredentials)",
            ],
            help: ["check whether a proxy responds instead of the index; otherwise do not trust the index"]
        )
        return isStated ? StaleFileError(error) : error
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
final class StallTimer: Sendable {
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
