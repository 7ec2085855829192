import Diagnostics
import HostSystem

/// The exit statuses of the program.
enum ExitStatus: Int32, Sendable {
    case success = 0
    /// The service, its requirements, the system or AWS is at fault.
    case failure = 1
    /// The command line is at fault (`EX_USAGE` of sysexits.h).
    case usage = 64
    /// The user ended the program by a signal, told as shells tell of SIGINT.
    case interrupted = 130

    /// The status for faults that were told.
    init(of diagnostics: [Diagnostic]) {
        let faults = diagnostics.filter { $0.severity == .error }
        self = faults.allSatisfy { $0.category == .usage } ? .usage : .failure
    }
}
