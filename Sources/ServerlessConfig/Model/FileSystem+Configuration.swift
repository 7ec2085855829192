import Diagnostics
import HostSystem

extension FileSystem {
    /// The most bytes that a file of a configuration can have, in MiB.
    private var maximumMegabytes: Int64 { 64 }

    /// Reads a file that a configuration consists of or refers to; `nil` if it does not exist.
    ///
    /// A device or a pipe may never end, and a file that was named by mistake may not fit into memory.
    ///
    /// - Parameters:
    ///   - path: the path of the file.
    ///   - name: the file as the user would name it.
    /// - Returns: the content of the file.
    /// - Throws: ``DiagnosticError`` if it is not a regular file, too large, or not readable.
    func readConfiguration(_ path: LocalPath, as name: String) throws(DiagnosticError) -> [UInt8]? {
        if let status = statusIfPresent(of: path) {
            guard status.kind == .file else {
                throw DiagnosticError(
                    .unreadableConfigurationFile,
                    status.kind == .directory ? "'\(name)' is a directory" : "'\(name)' is not a regular file",
                    help: [status.kind == .directory ? "name a file in the directory" : "name a file with the values"]
                )
            }
            guard status.size <= maximumMegabytes << 20 else {
                throw DiagnosticError(
                    .configurationFileTooLarge,
                    "'\(name)' has \(status.size >> 20) MB; a file of the configuration can have \(maximumMegabytes)",
                    help: ["read a smaller file, with only the values that the configuration needs"]
                )
            }
        }
        do throws(FileSystemError) {
            return try readIfPresent(path)
        } catch {
            throw DiagnosticError(
                .unreadableConfigurationFile,
                "cannot read '\(name)'",
                notes: ["\(error)"],
                help: ["check the permissions of the file"]
            )
        }
    }
}
