import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// Brings wheels and source distributions from indexes and folders into the store.
struct WheelFetcher: Sendable {
    let wheelhouse: Wheelhouse
    let downloader: Downloader
    let index: SimpleIndexClient
    let options: ProvisioningOptions
    let report: @Sendable (ProvisioningEvent) -> Void

    /// A file of a distribution with all that is known of it.
    struct Asked: Sendable {
        let name: PackageName
        let file: LockedFile
        let index: IndexAddress?
        let place: SourcePlace?
    }

    /// Brings a wheel into the store, or finds it there.
    func wheel(_ original: Asked) async throws -> StoredWheel {
        let name: WheelName
        do {
            name = try WheelName(parsing: original.file.name)
        } catch {
            throw DiagnosticError("\(error)", category: .resolution, at: original.place)
        }
        if let wheel = try await localWheel(original, named: name) { return wheel }
        if options.usesWheelCache, let wheel = try stored(original) { return wheel }
        let asked = try await located(original)
        if let path = asked.file.path {
            let wheel = try await adopt(path, named: name, asked)
            return wheel
        }
        let wanted = try wanted(asked)
        return try await wheelhouse.locked(wanted.key) {
            // Another process may have brought it while we waited.
            if options.usesWheelCache, let wheel = try stored(original) { return wheel }
            let fetched = try await downloader.fetch(wanted)
            let wheel = try await offPool { try wheelhouse.adopt(fetched.file, named: name, fetched.sha256) }
            if !Self.isNamedByDigest(original.file) { try wheelhouse.noteWheel("files", Self.noteKey(original), wheel) }
            return wheel
        }
    }

    /// Brings any file into a folder, such as a source distribution, which is not kept.
    func file(_ asked: Asked, into folder: LocalPath) async throws -> Downloader.Fetched {
        let asked = try await located(asked)
        // The name may come out of an address, with more than a name in it once it is decoded.
        let destination = folder / LocalPath(asked.file.name).lastComponent
        if let path = asked.file.path {
            let digest = try await verify(path, asked)
            return Downloader.Fetched(file: path, sha256: digest)
        }
        let wanted = try wanted(asked)
        return try await wheelhouse.locked(wanted.key) {
            let fetched = try await downloader.fetch(wanted)
            try wheelhouse.files.copyFile(fetched.file, to: destination)
            try wheelhouse.files.remove(fetched.file)
            return Downloader.Fetched(file: destination, sha256: fetched.sha256)
        }
    }

    /// Takes a wheel on this machine into the store.
    func adopt(_ path: LocalPath, named name: WheelName, _ asked: Asked) async throws -> StoredWheel {
        let digest = try await verify(path, asked)
        if let wheel = try wheelhouse.wheel(digest) { return wheel }
        return try await wheelhouse.locked(digest.hexadecimal) {
            if let wheel = try wheelhouse.wheel(digest) { return wheel }
            return try await offPool {
                let copy = try wheelhouse.partialFile(digest.hexadecimal)
                try wheelhouse.files.copyFile(path, to: copy)
                // What was verified may have been replaced since; the store is never wrong about what it holds.
                guard try wheelhouse.files.sha256(of: copy).digest == digest else { throw Self.changed(path, asked) }
                try wheelhouse.files.sync(copy)
                return try wheelhouse.adopt(copy, named: name, digest)
            }
        }
    }

    private static func changed(_ path: LocalPath, _ asked: Asked) -> DiagnosticError {
        DiagnosticError(
            "'\(path.lastComponent)' of '\(asked.name)' was replaced while it was read",
            category: .resolution,
            at: asked.place,
            help: ["run again when nothing writes to '\(path.parent)'"]
        )
    }

    /// Checks that a file on this machine has one of the hashes that were asked for.
    ///
    /// - Returns: its digest.
    /// - Throws: a `DiagnosticError` where there is no such file or it is another one, `FileSystemError`.
    func verify(_ path: LocalPath, _ asked: Asked) async throws -> SHA256Digest {
        guard wheelhouse.files.exists(path) else {
            throw DiagnosticError(
                "there is nothing at '\(path)', where '\(asked.name)' is to be",
                category: .resolution,
                at: asked.place,
                help: ["put it there, or lock again"]
            )
        }
        return try await offPool {
            let (digest, _) = try wheelhouse.files.sha256(of: path)
            let fetched = Downloader.Fetched(file: path, sha256: digest)
            guard try Downloader.hasHash(fetched, asked.file.hashes, in: wheelhouse.files) else {
                let expected = asked.file.hashes
                throw HashMismatch.mismatch(
                    path.lastComponent,
                    of: asked.name,
                    expected: expected,
                    found: digest,
                    at: asked.place
                )
            }
            return digest
        }
    }

    /// A wheel that is here, by one of its hashes or by what was noted when it came without.
    private func stored(_ asked: Asked) throws(FileSystemError) -> StoredWheel? {
        for hash in asked.file.hashes where hash.algorithm == "sha256" {
            if let digest = SHA256Digest(hexadecimal: hash.digest), let wheel = try wheelhouse.wheel(digest) {
                return wheel
            }
        }
        return try Self.isNamedByDigest(asked.file) ? nil : wheelhouse.notedWheel("files", Self.noteKey(asked))
    }

    /// Finds out where a file is that is known by its name alone.
    private func located(_ asked: Asked) async throws -> Asked {
        var file = asked.file
        file.path = file.path ?? Self.localPath(file.address)
        if file.path == nil, file.address == nil {
            let found = try await index.files(of: asked.name, in: asked.index).first { $0.name == file.name }
            switch found?.place {
            case .address(let address): file.address = address.string
            case .local(let path): file.path = path
            case nil: throw notFound(asked)
            }
            if file.hashes.isEmpty { file.hashes = found?.hashes ?? [] }
        }
        return Asked(name: asked.name, file: file, index: asked.index, place: asked.place)
    }

    private func wanted(_ asked: Asked) throws(StaleFileError) -> Downloader.Wanted {
        guard let address = asked.file.address.flatMap({ WebAddress($0) }) else { throw notFound(asked) }
        return Downloader.Wanted(
            name: asked.name,
            fileName: asked.file.name,
            address: address,
            hashes: asked.file.hashes,
            place: asked.place
        )
    }

    private func notFound(_ asked: Asked) -> StaleFileError {
        StaleFileError(
            DiagnosticError(
                "no index has '\(asked.file.name)' of '\(asked.name)'",
                category: .resolution,
                at: asked.place,
                notes: index.settings.allIndexes.map { "asked \($0)" },
                help: ["lock again, or name the index that has it"]
            )
        )
    }

    /// Whether the store can find the wheel by a hash that is known beforehand.
    private static func isNamedByDigest(_ file: LockedFile) -> Bool {
        file.hashes.contains { $0.algorithm == "sha256" }
    }

    private static func noteKey(_ asked: Asked) -> String {
        var key = CacheKey("file", version: 1)
        key.add("name", asked.file.name)
        key.add("address", asked.file.address.flatMap { WebAddress($0) }?.string ?? asked.file.address ?? "")
        key.add("index", asked.index?.location ?? "")
        key.add("hashes", asked.file.hashes.map(\.description).sorted())
        return key.finish()
    }

    /// The path that a `file:` address names.
    static func localPath(_ address: String?) -> LocalPath? {
        guard let address, address.hasPrefix("file://") else { return nil }
        return LocalPath(PercentCoding.decode(address.dropFirst(7)))
    }
}
