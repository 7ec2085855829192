import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// Wheels on this machine, which whoever builds them writes anew under the same name.
extension WheelFetcher {
    /// The wheel that a file on this machine is now; `nil` where the file is not on this machine, or no more.
    ///
    /// It is read once, and again when its status has changed.
    ///
    /// - Throws: `StaleFileError` where the file is no longer the one that was asked for.
    func localWheel(_ asked: Asked, named name: WheelName) async throws -> StoredWheel? {
        guard let path = asked.file.path ?? Self.localPath(asked.file.address),
            let status = wheelhouse.files.statusIfPresent(of: path), status.kind == .file
        else { return nil }
        var key = CacheKey("file on this machine", version: 1)
        key.add("path", path.string)
        key.add("status", ["\(status.size)", "\(status.modifiedNanoseconds)", "\(status.changedNanoseconds)"])
        key.add("inode", ["\(status.device)", "\(status.inode)"])
        key.add("hashes", asked.file.hashes.map(\.description).sorted())
        let note = key.finish()
        if options.usesWheelCache, let known = try wheelhouse.notedWheel("files", note) { return known }
        do {
            _ = try await verify(path, asked)
        } catch let error as DiagnosticError {
            throw StaleFileError(error)
        }
        let wheel = try await adopt(path, named: name, asked)
        // Without the note, as in a cache that is read-only, the file is read once more the next time.
        try? wheelhouse.noteWheel("files", note, wheel)
        return wheel
    }
}
