import Diagnostics
import HostSystem
import PythonPackaging
import RequirementFormats

/// Fetches local wheels, which may be rebuilt with the same file name.
extension WheelFetcher {
    /// The stored copy of a local wheel; `nil` if the file is not local, or no longer exists.
    ///
    /// The file is read once, and again if its status has changed.
    ///
    /// - Throws: A `StaleFileError` if the file no longer has the expected hash.
    func localWheel(_ request: FileRequest, named name: WheelName) async throws -> StoredWheel? {
        guard let path = request.file.path ?? Self.localPath(request.file.address),
            let status = wheelhouse.files.statusIfPresent(of: path), status.kind == .file
        else { return nil }
        var key = CacheKey("file on this machine", version: 1)
        key.add("path", path.string)
        key.add("status", ["\(status.size)", "\(status.modifiedNanoseconds)", "\(status.changedNanoseconds)"])
        key.add("inode", ["\(status.device)", "\(status.inode)"])
        key.add("hashes", request.file.hashes.map(\.description).sorted())
        let note = key.finish()
        if options.usesWheelCache, let known = try wheelhouse.notedWheel("files", note) { return known }
        do {
            _ = try await verify(path, request)
        } catch let error as DiagnosticError {
            throw StaleFileError(error)
        }
        let wheel = try await adopt(path, named: name, request)
        // Without the note, as in a read-only cache, the file is read again in the next run.
        try? wheelhouse.noteWheel("files", note, wheel)
        return wheel
    }
}
