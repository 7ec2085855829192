package import HostSystem

/// A file system of its own, of few bytes, at a path.
package struct SmallDisk: Sendable {
    private let path: LocalPath

    private struct Refused: Error {}

    /// Whether this process may make one.
    package static let isPossible: Bool = {
        #if os(Linux)
        let status = (try? LiveFileSystem().readText("/proc/self/status")) ?? ""
        // Whoever may do everything may mount.
        return status.lowercased().contains("capeff:\t000001ff")
        #else
        return false
        #endif
    }()

    /// Runs a body with such a file system, which goes with all that is in it.
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

    /// Makes the file system larger.
    package func grow(toBytes bytes: Int) async throws {
        try await Self.run("mount", "-o", "remount,size=\(bytes)", path.string)
    }

    /// Lets nobody write any more, or everybody again.
    package func setReadOnly(_ isReadOnly: Bool) async throws {
        try await Self.run("mount", "-o", "remount,\(isReadOnly ? "ro" : "rw")", path.string)
    }

    private static func run(_ program: String, _ arguments: String...) async throws {
        let request = ProcessRequest(program, arguments, environment: .current())
        guard try await LiveProcessRunner().run(request).isSuccess else { throw Refused() }
    }
}
