import Diagnostics
import HostSystem

/// The exit statuses of the program.
enum ExitStatus: Int32, Sendable, CaseIterable {
    /// The command succeeded, perhaps with warnings.
    case success = 0
    /// The service, its requirements, the system or AWS caused an error.
    case failure = 1
    /// `diff` found a difference.
    case difference = 2
    /// The command line is wrong (`EX_USAGE` in sysexits.h).
    case usage = 64
    /// A signal interrupted the program; the value is the one that shells use for SIGINT.
    case interrupted = 130

    /// When the program ends with the status, for the manual.
    var summary: String {
        switch self {
        case .success: "The command succeeded, perhaps with warnings."
        case .failure: "The service, its requirements, the system or AWS caused an error."
        case .difference: "'diff' found a difference."
        case .usage: "The command line is wrong."
        case .interrupted: "A signal interrupted the program."
        }
    }

    /// The status after these diagnostics were reported, at least one of which is an error.
    init(of diagnostics: [Diagnostic]) {
        let errors = diagnostics.filter { $0.severity == .error }
        self = errors.allSatisfy { $0.category == .usage } ? .usage : .failure
    }
}
