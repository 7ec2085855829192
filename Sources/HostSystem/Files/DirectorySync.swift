#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension LiveFileSystem {
    /// Waits until the names in a directory have reached the disk, so that a renamed file survives a loss of power.
    package func syncDirectory(_ path: LocalPath) throws(FileSystemError) {
        let directory = try FileDescriptor(opening: path, flags: O_RDONLY, operation: .write)
        // Some file systems know no such thing for directories, and then there is nothing to wait for.
        if fsync(directory.number) != 0, errno != EINVAL { throw FileSystemError(.write, path) }
    }
}
