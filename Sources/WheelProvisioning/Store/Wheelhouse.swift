import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// The content-addressed store of verified wheels and of what was found out on the way to them.
///
/// Readers need no lock: a file gets its name when it is whole and on the disk. Writers of one thing wait for each
/// other by a lock on its key, across processes.
package struct Wheelhouse: Sendable {
    /// The cache's folder.
    let root: LocalPath
    /// The files of the machine.
    let files: any FileSystem

    /// The folders below the root that may be emptied.
    ///
    /// Not among them are the locks, which another process may hold, and the resolver, which no service decides.
    package static let folders = ["wheels", "resolutions", "builds", "choices", "files", "partial", "uv"]

    /// Makes a store in a folder, which is made when something is stored.
    init(_ root: LocalPath, files: any FileSystem) {
        self.root = root
        self.files = files
    }

    /// The wheel of a digest; `nil` where it is not here.
    func wheel(_ digest: SHA256Digest) throws(FileSystemError) -> StoredWheel? {
        let folder = root / "wheels" / digest.hexadecimal
        for entry in try files.entriesIfPresent(of: folder) where entry.kind == .file {
            // What has another name was not put there by us.
            if let name = try? WheelName(parsing: entry.name) {
                return StoredWheel(name: name, path: folder / entry.name, sha256: digest)
            }
        }
        return nil
    }

    /// Takes a verified wheel into the store: a file in the cache, whose content has reached the disk.
    func adopt(_ file: LocalPath, named name: WheelName, _ digest: SHA256Digest) throws(FileSystemError) -> StoredWheel
    {
        let folder = root / "wheels" / digest.hexadecimal
        let path = folder / name.fileName
        try files.createDirectory(folder)
        try files.setMode(0o644, of: file)
        try files.rename(file, to: path)
        try files.sync(folder)
        return StoredWheel(name: name, path: path, sha256: digest)
    }

    /// What was noted under a key of a kind, which is the folder of such notes; `nil` where nothing was.
    func note(_ kind: String, _ key: String) throws(FileSystemError) -> [UInt8]? {
        try files.readIfPresent(notePath(kind, key))
    }

    /// The file of a note.
    func notePath(_ kind: String, _ key: String) -> LocalPath { root / kind / (key + ".toml") }

    /// Notes something under a key.
    func setNote(_ kind: String, _ key: String, _ content: [UInt8]) throws(FileSystemError) {
        let path = notePath(kind, key)
        try files.createDirectory(path.parent)
        try files.write(content, to: path, options: FileWriteOptions(isDurable: true))
    }

    /// Forgets what was noted under a key.
    func removeNote(_ kind: String, _ key: String) throws(FileSystemError) { try files.remove(notePath(kind, key)) }

    /// The wheel that a note names; `nil` where there is no note, or the wheel has gone.
    func notedWheel(_ kind: String, _ key: String) throws(FileSystemError) -> StoredWheel? {
        guard let note = try note(kind, key) else { return nil }
        let text = String(decoding: note, as: UTF8.self).trimmingBlanks
        guard let digest = SHA256Digest(hexadecimal: text) else { return nil }
        return try wheel(digest)
    }

    /// Notes a wheel under a key.
    func noteWheel(_ kind: String, _ key: String, _ wheel: StoredWheel) throws(FileSystemError) {
        try setNote(kind, key, Array((wheel.sha256.hexadecimal + "\n").utf8))
    }

    /// Runs a body that no other process runs at the same time for the same key.
    func locked<Result>(_ key: String, _ body: () async throws -> Result) async throws -> Result {
        let folder = root / "locks"
        try files.createDirectory(folder)
        return try await FileLock.with(folder / key, body)
    }

    /// A folder for what is not whole yet; a name in it belongs to who holds the lock of that name.
    func partialFile(_ key: String) throws(FileSystemError) -> LocalPath {
        let folder = root / "partial"
        try files.createDirectory(folder)
        return folder / key
    }

    /// Removes the notes of a kind that were used least recently, until so many are left.
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
