#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A program that could not be started, or failed.
package struct MeasuringError: Error, CustomStringConvertible {
    package let description: String

    /// Creates an error from a message in English.
    package init(_ description: String) { self.description = description }
}

/// One run of a program, with its duration and peak memory.
package struct Run: Sendable {
    /// The time from the start of the process to its end.
    package let duration: Duration
    /// The peak resident size of the process and its children, in bytes.
    package let peakBytes: Int

    /// Runs a program and discards its output.
    ///
    /// - Parameters:
    ///   - command: the program, looked up in `PATH`, and its arguments.
    ///   - directory: the working directory.
    /// - Throws: `MeasuringError` if it cannot be started or fails.
    package init(_ command: [String], in directory: String) throws {
        let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\" >/dev/null 2>\"$0.errors.txt\"", directory] + command
        var arguments = shell.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        let start = ContinuousClock.now
        guard posix_spawn(&child, "/bin/sh", nil, nil, &arguments, environ) == 0 else {
            throw MeasuringError("cannot start '\(command[0])'")
        }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
        duration = ContinuousClock.now - start
        #if os(Linux)
        peakBytes = usage.ru_maxrss * 1024
        #else
        peakBytes = usage.ru_maxrss
        #endif
        guard status == 0 else {
            throw MeasuringError("'\(command.joined(separator: " "))' failed; see '\(directory).errors.txt'")
        }
    }
}
