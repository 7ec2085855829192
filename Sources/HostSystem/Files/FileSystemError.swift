#if canImport(Glibc)
package import Diagnostics
import Glibc
#else
import Darwin
#endif

/// A system call on a path that failed.
package struct FileSystemError: Error, Hashable, Sendable {
    /// What was to be done.
    package enum Operation: String, Hashable, Sendable {
        case read, write, inspect, list, create, remove, rename, link, copy, lock, map
    }

    /// What was to be done.
    package let operation: Operation
    /// On what.
    package let path: LocalPath
    /// The system's `errno`.
    package let code: Int32

    /// Makes an error of a system call's `errno`.
    package init(_ operation: Operation, _ path: LocalPath, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// Makes an error of the `errno` that the last system call of this thread left.
    init(_ operation: Operation, _ path: LocalPath) {
        self.init(operation, path, code: errno)
    }

    /// Whether there is nothing at the path.
    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
    /// Whether the path is a link that leads to itself.
    package var isEndlessLink: Bool { code == ELOOP }
    /// Whether the disk or the user's share of it is full.
    package var isFullDisk: Bool { code == ENOSPC || code == EDQUOT }
    /// Whether reading is refused to this user.
    package var isUnreadable: Bool {
        (code == EACCES || code == EPERM) && [.read, .inspect, .list, .map].contains(operation)
    }
    /// Whether writing is refused to this user, or to all.
    package var isRefused: Bool {
        (code == EROFS || code == EACCES || code == EPERM)
            && [.write, .create, .remove, .rename, .link, .copy, .lock].contains(operation)
    }
}

extension FileSystemError: DiagnosticConvertible, CustomStringConvertible {
    package var description: String { "cannot \(operation.rawValue) '\(path)': \(systemMessage(code))" }

    package var diagnostics: [Diagnostic] {
        var help: [String] = []
        if isFullDisk { help.append("make room on the disk that holds '\(path.parent)', then run again") }
        if isRefused { help.append("run as a user who may write there, or choose another folder") }
        if isUnreadable { help.append("let the user who runs this read it") }
        return [Diagnostic(.error, description, category: .system, help: help)]
    }
}

/// The system's words for an `errno`, beginning in lower case.
package func systemMessage(_ code: Int32) -> String {
    let text = String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
}
