import Dispatch
import HostSystem

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The ends of a pipe that carries one byte for each signal: reading end, writing end.
///
/// A signal handler cannot capture values, so the pipe is a global; it is made before a handler is set.
private let signalPipe: (reader: Int32, writer: Int32) = {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
}()

/// The signals that interrupt the program (SIGINT, SIGTERM, SIGHUP): the first one cancels its work, a second one ends
/// it at once.
enum InterruptionSignals {
    /// Catches the signals from now on, and waits for them on a separate thread.
    ///
    /// - Parameter onFirst: called once, when the first signal is received.
    static func watch(_ onFirst: @escaping @Sendable () -> Void) {
        let reader = signalPipe.reader
        guard reader >= 0 else { return }  // without a pipe the signals keep their default action
        for number in [SIGINT, SIGTERM, SIGHUP] where !InheritedSignals.ignore(number) {
            signal(number) { _ in
                var byte: UInt8 = 1
                _ = write(signalPipe.writer, &byte, 1)
            }
        }
        DispatchQueue(label: "furoshiki.signals")
            .async {
                wait(reader)
                onFirst()
                wait(reader)
                _exit(ExitStatus.interrupted.rawValue)
            }
    }

    private static func wait(_ reader: Int32) {
        var byte: UInt8 = 0
        while read(reader, &byte, 1) != 1 {}
    }
}
