import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats
import Synchronization

/// Fetches files, verified, so that a download that was cut goes on where it ended.
struct Downloader: Sendable {
    let transport: any HTTPTransport
    let settings: IndexSettings
    let wheelhouse: Wheelhouse
    let clock: MonotonicClock
    let report: @Sendable (ProvisioningEvent) -> Void

    /// A file that is here and verified.
    struct Fetched: Sendable {
        let file: LocalPath
        let sha256: SHA256Digest
    }

    /// What is to be fetched.
    struct Wanted: Sendable {
        /// Whose file it is.
        let name: PackageName
        /// The file's name.
        let fileName: String
        /// Where it is.
        let address: WebAddress
        /// Hashes, any of which it must have; empty where nobody knows.
        let hashes: [FileHash]
        /// Where it is asked for.
        let place: SourcePlace?

        /// The name of what is known of the file before it is here.
        var key: String {
            if let hash = hashes.first(where: { $0.algorithm == "sha256" }), hashes.count == 1 { return hash.digest }
            var key = CacheKey("file", version: 1)
            key.add("address", address.string)
            key.add("hashes", hashes.map(\.description).sorted())
            return key.finish()
        }
    }

    /// Fetches a file into the cache's folder of unfinished things; who calls holds the lock of the key.
    func fetch(_ wanted: Wanted) async throws -> Fetched {
        let file = try wheelhouse.partialFile(wanted.key)
        do {
            let first = try await attempt(wanted, file, resumes: true)
            if let first, try Self.hasHash(first, wanted.hashes, in: wheelhouse.files) { return first }
            // What an earlier run left may be of another file: only a download from the beginning tells.
            let second = try await attempt(wanted, file, resumes: false)
            if let second, try Self.hasHash(second, wanted.hashes, in: wheelhouse.files) { return second }
            discard(file)
            throw mismatch(wanted, found: second?.sha256)
        } catch let error as FileSystemError where error.isFullDisk {
            // A part that nobody can complete only takes up room.
            discard(file)
            throw error
        } catch let error as HTTPError {
            throw failure(wanted, error)
        }
    }

    private func attempt(_ wanted: Wanted, _ file: LocalPath, resumes: Bool) async throws -> Fetched? {
        let name = wanted.fileName
        let report = self.report
        let silence = Silence(clock: clock)
        let download = HTTPDownload(to: file, resumes: resumes, isDurable: true) { received, total in
            silence.end()
            report(.downloading(name, receivedBytes: received, totalBytes: total))
        }
        let wasResumed = resumes && wheelhouse.files.exists(file)
        let result = try await reportingWaits(clock: clock) { _ in
            if let duration = silence.duration() { report(.waiting(hosts: [wanted.address.authority], duration)) }
        } for: {
            try await transport.download(settings.request(wanted.address), download)
        }
        guard result.response.isSuccess else {
            throw IndexError.answered(result.response.status, wanted.address, for: wanted.place)
        }
        let fetched = Fetched(file: file, sha256: result.sha256)
        if !wasResumed, try !Self.hasHash(fetched, wanted.hashes, in: wheelhouse.files) {
            discard(file)
            throw mismatch(wanted, found: result.sha256)
        }
        report(.downloaded(name, bytes: result.size))
        return fetched
    }

    /// Removes a part that nobody can complete.
    ///
    /// Where it cannot be removed it only takes up room: whoever goes on with it finds out that its hash is wrong.
    private func discard(_ file: LocalPath) { try? wheelhouse.files.remove(file) }

    /// Whether a file has any of the hashes, or none is asked for.
    ///
    /// - Throws: `FileSystemError` where the file cannot be read.
    static func hasHash(_ fetched: Fetched, _ hashes: [FileHash], in files: any FileSystem) throws -> Bool {
        guard !hashes.isEmpty else { return true }
        return try hashes.contains { hash in
            if hash.algorithm == "sha256" { return hash.digest == fetched.sha256.hexadecimal }
            return try files.digest(of: fetched.file, algorithm: hash.algorithm) == hash.digest
        }
    }

    private func mismatch(_ wanted: Wanted, found: SHA256Digest?) -> StaleFileError {
        StaleFileError(
            HashMismatch.mismatch(
                wanted.fileName,
                of: wanted.name,
                expected: wanted.hashes,
                found: found,
                at: wanted.place
            )
        )
    }

    private func failure(_ wanted: Wanted, _ error: HTTPError) -> DiagnosticError {
        var help = error.diagnostics.flatMap(\.help)
        if error.isTransient { help.append("run again: what is here already is kept") }
        if error.cause == .timedOut { help.append("wait for it longer: UV_HTTP_TIMEOUT, in seconds") }
        return DiagnosticError(
            "cannot download '\(wanted.fileName)': \(error.detail)",
            category: .resolution,
            at: wanted.place,
            notes: ["asked for \(wanted.address.withoutCredentials)"],
            help: help
        )
    }
}

/// For how long nothing has come of a download.
private final class Silence: Sendable {
    private let clock: MonotonicClock
    private let start: Mutex<Duration>

    init(clock: MonotonicClock) {
        self.clock = clock
        start = Mutex(clock.now)
    }

    /// Something came.
    func end() { start.withLock { $0 = clock.now } }

    /// For how many whole seconds nothing has come; `nil` where that is not worth a word.
    func duration() -> Duration? {
        let seconds = (clock.now - start.withLock { $0 }).components.seconds
        return seconds < 4 ? nil : .seconds(seconds)
    }
}

/// What users are told of files that are not what was asked for.
enum HashMismatch {
    /// A file has none of the hashes that it must have.
    static func mismatch(
        _ fileName: String,
        of name: PackageName,
        expected: [FileHash],
        found: SHA256Digest?,
        at place: SourcePlace?
    ) -> DiagnosticError {
        DiagnosticError(
            "hash mismatch: '\(fileName)' of '\(name)' is not the file that was asked for",
            category: .resolution,
            at: place,
            notes: expected.prefix(4).map { "expected \($0)" } + (found.map { ["found sha256:\($0)"] } ?? []),
            help: ["if the file was replaced on purpose, update the hash; else do not trust the index"]
        )
    }
}
