#if canImport(Glibc)
package import Diagnostics
import Glibc
#else
import Darwin
#endif

/// A system call on a path that failed.
package struct FileSystemError: Error, Hashable, Sendable {
    /// The operations that can fail; the raw value is the verb in the message.
    package enum Operation: String, Hashable, Sendable {
        case read, write, inspect, list, create, remove, rename, link, copy, lock, map
    }

    /// The operation that failed.
    package let operation: Operation
    /// The path of the operation.
    package let path: LocalPath
    /// The `errno` of the system call.
    package let code: Int32

    /// Creates an error from an `errno`.
    package init(_ operation: Operation, _ path: LocalPath, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// Creates an error from the `errno` of the last system call on this thread.
    init(_ operation: Operation, _ path: LocalPath) {
        self.init(operation, path, code: errno)
    }

    /// Whether the path does not exist.
    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
    /// Whether the path contains a cycle of symbolic links.
    package var isEndlessLink: Bool { code == ELOOP }
    /// Whether the disk is full or the quota of the user is exceeded.
    package var isFullDisk: Bool { code == ENOSPC || code == EDQUOT }
    /// Whether the user has no permission to read.
    package var isUnreadable: Bool {
        (code == EACCES || code == EPERM) && [.read, .inspect, .list, .map].contains(operation)
    }
    /// Whether the user has no permission to write, or the file system is read-only.
    package var isRefused: Bool {
        (code == EROFS || code == EACCES || code == EPERM)
            && [.write, .create, .remove, .rename, .link, .copy, .lock].contains(operation)
    }
}

extension FileSystemError: DiagnosticConvertible, CustomStringConvertible {
    package var description: String { "cannot \(operation.rawValue) '\(path)': \(systemMessage(code))" }

    package var diagnostics: [Diagnostic] {
        var help: [String] = []
        if isFullDisk { help.append("free some space on the disk of '\(path.parent)'") }
        if isRefused { help.append("run as a user with write permission, or use another directory") }
        if isUnreadable { help.append("give the current user permission to read it") }
        return [Diagnostic(.error, isFullDisk ? .fullDisk : .fileOperationFailed, description, help: help)]
    }
}

/// The system's message for an `errno`, starting in lower case.
package func systemMessage(_ code: Int32) -> String {
    let text = String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
}
