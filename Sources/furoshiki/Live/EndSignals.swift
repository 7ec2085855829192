import Dispatch
import HostSystem

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The ends of a pipe that carries a byte for each signal: reading end, writing end.
///
/// A handler of signals can capture nothing, so its end is a global; it is made before any handler is set.
private let signalPipe: (reader: Int32, writer: Int32) = {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
}()

/// The signals by which a user ends the program: the first one asks it to end, a second one ends it.
enum EndSignals {
    /// Catches the signals from now on, and waits for them on a thread of its own.
    ///
    /// - Parameter onFirst: is called once, when the first one comes.
    static func watch(_ onFirst: @escaping @Sendable () -> Void) {
        let reader = signalPipe.reader
        guard reader >= 0 else { return }  // without a pipe signals end the program, as they do by themselves
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
