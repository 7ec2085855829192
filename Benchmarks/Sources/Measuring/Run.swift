#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A program that could not be measured, in words.
package struct MeasuringError: Error, CustomStringConvertible {
    package let description: String

    /// Makes an error.
    package init(_ description: String) { self.description = description }
}

/// One run of a program: how long it took and how much memory it had at most.
package struct Run: Sendable {
    /// The time from start to end.
    package let duration: Duration
    /// The largest resident size of the program and those it waited for, in bytes.
    package let peakBytes: Int

    /// Runs a program with its output thrown away.
    ///
    /// - Parameters:
    ///   - words: the program, looked up in `PATH`, and its arguments.
    ///   - directory: where it runs.
    /// - Throws: `MeasuringError` where it cannot be started or fails.
    package init(_ words: [String], in directory: String) throws {
        let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\" >/dev/null 2>\"$0.errors.txt\"", directory] + words
        var arguments = shell.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        let start = ContinuousClock.now
        guard posix_spawn(&child, "/bin/sh", nil, nil, &arguments, environ) == 0 else {
            throw MeasuringError("cannot start \(words[0])")
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
            throw MeasuringError("\(words.joined(separator: " ")) failed; see \(directory).errors.txt")
        }
    }
}
