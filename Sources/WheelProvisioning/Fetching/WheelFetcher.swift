import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// Fetches wheels and source distributions from indexes, addresses and directories into the store.
struct WheelFetcher: Sendable {
    let wheelhouse: Wheelhouse
    let downloader: Downloader
    let index: IndexClient
    let options: ProvisioningOptions
    let report: @Sendable (ProvisioningEvent) -> Void

    /// A file of a distribution to fetch, with the known facts about it.
    struct FileRequest: Sendable {
        let name: PackageName
        var file: LockedFile
        let index: IndexAddress?
        let place: SourcePlace?
    }

    /// The wheel in the store, which is fetched first if the store does not have it.
    func wheel(_ original: FileRequest) async throws -> StoredWheel {
        let name: WheelName
        do {
            name = try WheelName(parsing: original.file.name)
        } catch {
            throw DiagnosticError(.invalidWheelName, "\(error)", at: original.place)
        }
        if let wheel = try await localWheel(original, named: name) { return wheel }
        if options.usesWheelCache, let wheel = try stored(original) { return wheel }
        do {
            return try await fetchedWheel(original, named: name)
        } catch let error as any DiagnosticConvertible where !(error is StaleFileError) {
            guard let damaged = damagedFile(original) else { throw error }
            throw DamagedWheelError.notReplaced(damaged, original, error.diagnostics)
        }
    }

    /// The wheel after it was downloaded, or copied from a local file, to the store.
    private func fetchedWheel(_ original: FileRequest, named name: WheelName) async throws -> StoredWheel {
        let request = try await located(original)
        if let path = request.file.path { return try await adopt(path, named: name, request) }
        let download = try download(request)
        return try await wheelhouse.locked(download.key) {
            // Another process may have fetched it while we waited.
            if options.usesWheelCache, let wheel = try stored(original) { return wheel }
            let fetched = try await downloader.fetch(download)
            let wheel = try await offPool { try wheelhouse.adopt(fetched.file, named: name, fetched.sha256) }
            if !Self.isNamedByDigest(original.file) { try wheelhouse.noteWheel("files", Self.noteKey(original), wheel) }
            return wheel
        }
    }

    /// Fetches a file, such as a source distribution, to a directory; it is not kept in the store.
    func file(_ request: FileRequest, into folder: LocalPath) async throws -> Downloader.DownloadedFile {
        let request = try await located(request)
        // A name from a percent-encoded address may contain slashes.
        let destination = folder / LocalPath(request.file.name).lastComponent
        if let path = request.file.path {
            let digest = try await verify(path, request)
            return Downloader.DownloadedFile(file: path, sha256: digest)
        }
        let download = try download(request)
        return try await wheelhouse.locked(download.key) {
            let fetched = try await downloader.fetch(download)
            try wheelhouse.files.copyFile(fetched.file, to: destination)
            try wheelhouse.files.remove(fetched.file)
            return Downloader.DownloadedFile(file: destination, sha256: fetched.sha256)
        }
    }

    /// Copies a local wheel into the store.
    func adopt(_ path: LocalPath, named name: WheelName, _ request: FileRequest) async throws -> StoredWheel {
        let digest = try await verify(path, request)
        if let wheel = try wheelhouse.wheel(digest) { return wheel }
        return try await wheelhouse.locked(digest.hexadecimal) {
            if let wheel = try wheelhouse.wheel(digest) { return wheel }
            return try await offPool {
                let copy = try wheelhouse.partialFile(digest.hexadecimal)
                try wheelhouse.files.copyFile(path, to: copy)
                // The file may have been replaced after it was verified; the store must not contain a wrong digest.
                guard try wheelhouse.files.sha256(of: copy).digest == digest else { throw Self.changed(path, request) }
                try wheelhouse.files.sync(copy)
                return try wheelhouse.adopt(copy, named: name, digest)
            }
        }
    }

    private static func changed(_ path: LocalPath, _ request: FileRequest) -> DiagnosticError {
        DiagnosticError(
            .fileChanged,
            "'\(path.lastComponent)' of '\(request.name)' was replaced while it was read",
            at: request.place,
            help: ["run the command again when no other program writes to '\(path.parent)'"]
        )
    }

    /// Checks that a local file has one of the expected hashes.
    ///
    /// - Returns: The digest of the file.
    /// - Throws: A `DiagnosticError` if the file does not exist or has other hashes, `FileSystemError`.
    func verify(_ path: LocalPath, _ request: FileRequest) async throws -> SHA256Digest {
        guard wheelhouse.files.exists(path) else {
            throw DiagnosticError(
                .missingLocalDistribution,
                "cannot find '\(request.name)': no such file '\(path)'",
                at: request.place,
                help: ["restore the file, or update the lock file"]
            )
        }
        return try await offPool {
            let (digest, _) = try wheelhouse.files.sha256(of: path)
            let fetched = Downloader.DownloadedFile(file: path, sha256: digest)
            guard try Downloader.hasHash(fetched, request.file.hashes, in: wheelhouse.files) else {
                let expected = request.file.hashes
                throw DiagnosticError.hashMismatch(
                    path.lastComponent,
                    of: request.name,
                    expected: expected,
                    found: digest,
                    at: request.place
                )
            }
            return digest
        }
    }

    /// The wheel in the store, found by one of its hashes or, if it has none, by a note from when it was fetched.
    private func stored(_ request: FileRequest) throws(FileSystemError) -> StoredWheel? {
        for hash in request.file.hashes where hash.algorithm == "sha256" {
            if let digest = SHA256Digest(hexadecimal: hash.digest), let wheel = try wheelhouse.wheel(digest) {
                return wheel
            }
        }
        return try Self.isNamedByDigest(request.file) ? nil : wheelhouse.notedWheel("files", Self.noteKey(request))
    }

    /// The damaged file in the store that would otherwise be the wheel; `nil` if there is none.
    private func damagedFile(_ request: FileRequest) -> LocalPath? {
        guard options.usesWheelCache else { return nil }
        var digests = request.file.hashes.filter { $0.algorithm == "sha256" }
            .compactMap { SHA256Digest(hexadecimal: $0.digest) }
        if let noted = try? wheelhouse.notedDigest("files", Self.noteKey(request)) { digests.append(noted) }
        return digests.lazy.compactMap { wheelhouse.damagedFile($0) }.first
    }

    /// Looks up the location of a file in the indexes if only its name is known.
    private func located(_ request: FileRequest) async throws -> FileRequest {
        var file = request.file
        file.path = file.path ?? Self.localPath(file.address)
        if file.path == nil, file.address == nil {
            let found = try await index.files(of: request.name, in: request.index).first { $0.name == file.name }
            switch found?.place {
            case .address(let address): file.address = address.string
            case .local(let path): file.path = path
            case nil: throw notFound(request)
            }
            if file.hashes.isEmpty { file.hashes = found?.hashes ?? [] }
            file.sizeBytes = file.sizeBytes ?? found?.sizeBytes
        }
        return FileRequest(name: request.name, file: file, index: request.index, place: request.place)
    }

    private func download(_ request: FileRequest) throws(StaleFileError) -> Downloader.Request {
        guard let address = request.file.address.flatMap({ WebAddress($0) }) else { throw notFound(request) }
        return Downloader.Request(
            name: request.name,
            fileName: request.file.name,
            address: address,
            hashes: request.file.hashes,
            sizeBytes: request.file.sizeBytes,
            place: request.place
        )
    }

    private func notFound(_ request: FileRequest) -> StaleFileError {
        StaleFileError(
            DiagnosticError(
                .fileNotInIndex,
                "no index has '\(request.file.name)' of '\(request.name)'",
                at: request.place,
                notes: index.settings.allIndexes.map { "queried \($0)" },
                help: ["update the lock file, or add the index that has the file"]
            )
        )
    }

    /// Whether the wheel can be found in the store by a hash that is known before it is fetched.
    private static func isNamedByDigest(_ file: LockedFile) -> Bool {
        file.hashes.contains { $0.algorithm == "sha256" }
    }

    private static func noteKey(_ request: FileRequest) -> String {
        var key = CacheKey("file", version: 1)
        key.add("name", request.file.name)
        key.add("address", request.file.address.flatMap { WebAddress($0) }?.string ?? request.file.address ?? "")
        key.add("index", request.index?.location ?? "")
        key.add("hashes", request.file.hashes.map(\.description).sorted())
        return key.finish()
    }

    /// The local path of a `file:` address; `nil` for other addresses.
    static func localPath(_ address: String?) -> LocalPath? {
        guard let address, address.hasPrefix("file://") else { return nil }
        return LocalPath(PercentCoding.decode(address.dropFirst(7)))
    }
}
