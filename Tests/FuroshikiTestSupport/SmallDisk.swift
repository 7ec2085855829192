package import HostSystem

/// A small file system in memory (tmpfs) that is mounted at a path.
package struct SmallDisk: Sendable {
    private let path: LocalPath

    private struct Refused: Error {}

    /// Whether this process is allowed to mount file systems.
    package static let isPossible: Bool = {
        #if os(Linux)
        let status = (try? LiveFileSystem().readText("/proc/self/status")) ?? ""
        // A process with all capabilities can mount.
        return status.lowercased().contains("capeff:\t000001ff")
        #else
        return false
        #endif
    }()

    /// Mounts a file system, runs a body, and unmounts it.
    package static func with(
        at path: LocalPath,
        bytes: Int,
        _ body: (SmallDisk) async throws -> Void
    ) async throws {
        try LiveFileSystem().createDirectory(path)
        try await run("mount", "-t", "tmpfs", "-o", "size=\(bytes)", "tmpfs", path.string)
        do {
            try await body(SmallDisk(path: path))
        } catch {
            try await run("umount", path.string)
            throw error
        }
        try await run("umount", path.string)
    }

    /// Increases the size of the file system.
    package func grow(toBytes bytes: Int) async throws {
        try await Self.run("mount", "-o", "remount,size=\(bytes)", path.string)
    }

    /// Makes the file system read-only, or writable again.
    package func setReadOnly(_ isReadOnly: Bool) async throws {
        try await Self.run("mount", "-o", "remount,\(isReadOnly ? "ro" : "rw")", path.string)
    }

    private static func run(_ program: String, _ arguments: String...) async throws {
        let request = ProcessRequest(program, arguments, environment: .current())
        guard try await LiveProcessRunner().run(request).isSuccess else { throw Refused() }
    }
}
