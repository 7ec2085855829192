#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension LiveFileSystem {
    package func sync(_ path: LocalPath) throws(FileSystemError) {
        let item = try FileDescriptor(opening: path, flags: O_RDONLY, operation: .write)
        // Some file systems do not support this for directories, which is not an error.
        if fsync(item.number) != 0, errno != EINVAL { throw FileSystemError(.write, path) }
    }
}
