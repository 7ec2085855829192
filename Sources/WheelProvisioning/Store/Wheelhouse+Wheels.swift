import Diagnostics
package import HostSystem
import PythonPackaging
import RequirementFormats

/// The wheels in the store: each is in a directory that has the name of its digest, with a record that it was verified.
extension Wheelhouse {
    /// The name of the record in the directory of a wheel.
    static let recordName = "verified"

    private func folder(_ digest: SHA256Digest) -> LocalPath { root / "wheels" / digest.hexadecimal }

    /// The wheel with a digest; `nil` if it is not in the store, or if its file is damaged.
    func wheel(_ digest: SHA256Digest) throws(FileSystemError) -> StoredWheel? {
        let folder = folder(digest)
        let record = folder / Self.recordName
        for name in try candidates(digest) {
            let path = folder / name.fileName
            if try VerifiedFile.verify(path, digest, at: record, files: files) {
                return StoredWheel(name: name, path: path, sha256: digest)
            }
        }
        return nil
    }

    /// The file of a wheel that is in the store, but not usable; `nil` if there is none.
    func damagedFile(_ digest: SHA256Digest) -> LocalPath? {
        guard let name = try? candidates(digest).first, (try? wheel(digest)) == .some(nil) else { return nil }
        return folder(digest) / name.fileName
    }

    /// The names that the wheel with a digest may have: the one in the record, or those of all wheels in the directory.
    private func candidates(_ digest: SHA256Digest) throws(FileSystemError) -> [WheelName] {
        let folder = folder(digest)
        if let known = VerifiedFile(at: folder / Self.recordName, files: files),
            let name = try? WheelName(parsing: known.name)
        {
            return [name]
        }
        guard files.isDirectory(folder) else { return [] }
        // Files with other names are not ours.
        return try files.entriesIfPresent(of: folder).filter { $0.kind == .file }
            .compactMap { try? WheelName(parsing: $0.name) }
    }

    /// Moves a verified wheel into the store: a file in the cache whose content is already on the disk.
    ///
    /// Everything else that has its place is removed, such as a damaged wheel.
    func adopt(_ file: LocalPath, named name: WheelName, _ digest: SHA256Digest) throws(FileSystemError) -> StoredWheel
    {
        let folder = folder(digest)
        let path = folder / name.fileName
        if files.statusIfPresent(of: folder, followingLinks: false).map({ $0.kind != .directory }) == true {
            try files.remove(folder)
        }
        try files.createDirectory(folder)
        try files.setMode(0o644, of: file)
        for entry in try files.entries(of: folder) where entry.kind != .file || entry.name != name.fileName {
            try files.remove(folder / entry.name)
        }
        try files.rename(file, to: path)
        try files.sync(folder)
        if let status = files.statusIfPresent(of: path, followingLinks: false) {
            VerifiedFile.record(path, digest, status, at: folder / Self.recordName, files: files)
        }
        return StoredWheel(name: name, path: path, sha256: digest)
    }

    /// Removes a wheel from the store if its content is not what it should be, although its status has not changed.
    func discard(_ wheel: StoredWheel) async throws {
        try await locked(wheel.sha256.hexadecimal) {
            let record = folder(wheel.sha256) / Self.recordName
            // Without the record, the content is read.
            try files.remove(record)
            if try self.wheel(wheel.sha256) == nil { try files.remove(folder(wheel.sha256)) }
        }
    }
}

extension StoredWheel {
    /// Whether the bytes of the file are those that were verified; reads the whole file.
    ///
    /// - Parameter files: the file system of the cache.
    /// - Returns: whether the content is right, which it is not either if the file cannot be read.
    package func hasVerifiedContent(files: any FileSystem) -> Bool {
        let record = path.parent / Wheelhouse.recordName
        return (try? VerifiedFile.verifyContent(of: path, sha256, at: record, files: files)) == true
    }
}
