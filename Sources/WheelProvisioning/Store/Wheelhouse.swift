import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// The content-addressed store of verified wheels, with notes about resolutions, builds and file choices.
///
/// Readers need no lock: a file gets its final name when it is complete and on the disk. Writers of the same entry wait
/// for each other with a lock on its key, across processes.
package struct Wheelhouse: Sendable {
    /// The root directory of the cache.
    let root: LocalPath
    /// The file system of the cache.
    let files: any FileSystem

    /// The directories below the root that may be emptied.
    ///
    /// They do not include the locks, which another process may hold, and uv, which does not depend on the service.
    package static let folders = [
        "wheels", "resolutions", "installations", "images", "builds", "choices", "files", "partial", "uv",
    ]

    /// Makes a store in a directory, which is created with its first entry.
    init(_ root: LocalPath, files: any FileSystem) {
        self.root = root
        self.files = files
    }

    // MARK: Notes

    /// The note under a key, in the directory of notes of a kind; `nil` if there is none.
    func note(_ kind: String, _ key: String) throws(FileSystemError) -> [UInt8]? {
        try files.readIfPresent(notePath(kind, key))
    }

    /// The path of a note's file.
    func notePath(_ kind: String, _ key: String) -> LocalPath { root / kind / (key + ".toml") }

    /// Writes a note under a key.
    func setNote(_ kind: String, _ key: String, _ content: [UInt8]) throws(FileSystemError) {
        let path = notePath(kind, key)
        try files.createDirectory(path.parent)
        try files.write(content, to: path, options: FileWriteOptions(isDurable: true))
    }

    /// Removes the note under a key.
    func removeNote(_ kind: String, _ key: String) throws(FileSystemError) { try files.remove(notePath(kind, key)) }

    /// The wheel whose digest a note contains; `nil` if there is no note, or the wheel is no longer in the store.
    func notedWheel(_ kind: String, _ key: String) throws(FileSystemError) -> StoredWheel? {
        guard let note = try note(kind, key) else { return nil }
        guard let (digest, origin) = Self.parse(note), var found = try wheel(digest) else { return nil }
        found.origin = origin
        return found
    }

    /// The digest of the wheel in a note; `nil` if there is no note.
    func notedDigest(_ kind: String, _ key: String) throws(FileSystemError) -> SHA256Digest? {
        try note(kind, key).flatMap { Self.parse($0)?.digest }
    }

    /// Writes a note with the digest of a wheel under a key, and whether and where it was built.
    func noteWheel(_ kind: String, _ key: String, _ wheel: StoredWheel) throws(FileSystemError) {
        try setNote(kind, key, Array(Self.line(wheel).utf8))
    }

    private static func line(_ wheel: StoredWheel) -> String {
        wheel.sha256.hexadecimal + (wheel.isBuilt ? " \(wheel.origin.rawValue)" : "")
            + (wheel.isFileSet ? " files" : "")
            + "\n"
    }

    private static func parse(_ note: some StringProtocol) -> (digest: SHA256Digest, origin: StoredWheel.Origin)? {
        let words = note.split(whereSeparator: \.isWhitespace).map { String($0) }
        guard let first = words.first, let digest = SHA256Digest(hexadecimal: first) else { return nil }
        return (digest, words.dropFirst().first.flatMap(StoredWheel.Origin.init) ?? .index)
    }

    private static func parse(_ note: [UInt8]) -> (digest: SHA256Digest, origin: StoredWheel.Origin)? {
        parse(String(decoding: note, as: UTF8.self))
    }

    /// Writes a note with several wheels, in their order.
    func noteWheels(_ kind: String, _ key: String, _ wheels: [StoredWheel]) throws(FileSystemError) {
        try setNote(kind, key, Array(wheels.map(Self.line).joined().utf8))
    }

    /// The wheels in a note; `nil` if there is no note, or if one of them is no longer in the store.
    func notedWheels(_ kind: String, _ key: String) throws(FileSystemError) -> [StoredWheel]? {
        guard let note = try note(kind, key) else { return nil }
        var wheels: [StoredWheel] = []
        for line in String(decoding: note, as: UTF8.self).split(separator: "\n") {
            guard let (digest, origin) = Self.parse(line), var wheel = try wheel(digest) else { return nil }
            wheel.origin = origin
            wheel.isFileSet = line.hasSuffix(" files")
            wheels.append(wheel)
        }
        return wheels
    }

    /// Runs a body that no other process or task runs at the same time for the same key.
    func locked<Result>(_ key: String, _ body: () async throws -> Result) async throws -> Result {
        let folder = root / "locks"
        try files.createDirectory(folder)
        return try await FileLock.with(folder / key, body)
    }

    /// The path of an incomplete file, which belongs to the holder of the lock with the same key.
    func partialFile(_ key: String) throws(FileSystemError) -> LocalPath {
        let folder = root / "partial"
        try files.createDirectory(folder)
        return folder / key
    }

    /// Removes the oldest notes of a kind, until at most a number of them is left.
    func prune(_ kind: String, keeping count: Int) throws(FileSystemError) {
        let folder = root / kind
        var notes: [(time: Int64, path: LocalPath)] = []
        for entry in try files.entriesIfPresent(of: folder) where entry.kind == .file {
            let path = folder / entry.name
            if let status = files.statusIfPresent(of: path) { notes.append((status.modifiedNanoseconds, path)) }
        }
        for note in notes.sorted(by: { $0.time > $1.time }).dropFirst(count) { try files.remove(note.path) }
    }
}
