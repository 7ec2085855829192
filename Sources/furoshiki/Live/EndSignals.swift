import CHost
import Dispatch
import HostSystem

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The signals by which a user ends the program: the first one asks it to end, a second one ends it.
struct EndSignals: Sendable {
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    /// Holds the signals back, so that they wait for ``watch(_:)``; threads started later do so too.
    ///
    /// Programs that are started get a set of their own.
    static func hold() -> EndSignals {
        var set = blockedSet
        pthread_sigmask(SIG_BLOCK, &set, nil)
        return EndSignals()
    }

    /// Waits for the signals on a thread of its own.
    func watch(_ onFirst: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "furoshiki.signals")
            .async {
                var set = Self.blockedSet
                var received: Int32 = 0
                if sigwait(&set, &received) == 0 { onFirst() }
                if sigwait(&set, &received) == 0 { _exit(ExitStatus.interrupted.rawValue) }
            }
    }

    private static var blockedSet: sigset_t {
        var set = host_no_signals()
        for number in numbers { sigaddset(&set, number) }
        return set
    }
}
