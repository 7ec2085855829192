import Diagnostics
import HostSystem
import OrderedJSON

/// The end of a function that did not return in its time.
struct FunctionTimeout: Error {
    /// What the function is called in messages.
    let label: String
    /// The timeout in seconds.
    let seconds: Double
    /// The place of the timeout in the configuration; `nil` if it is the default.
    let place: SourcePlace?

    /// Whether a runner ended because the time was over: by SIGALRM, or in Python with status 1, which a runner does
    /// not have otherwise.
    static func isReached(_ status: ProcessResult.Status, after elapsed: Duration, limit: Duration) -> Bool {
        switch status {
        case .signalled(let signal): signal == 14
        case .exited(let status): status == 1 && elapsed >= limit
        }
    }

    private var secondsText: String { JSONWriter.text(of: seconds) + (seconds == 1 ? " second" : " seconds") }

    /// What Lambda returns instead of a result.
    var payload: JSONValue {
        [
            "errorMessage": .string("Task timed out after \(secondsText)"), "errorType": "Sandbox.Timedout",
            "stackTrace": [],
        ]
    }
}

extension FunctionTimeout: DiagnosticConvertible {
    var diagnostics: [Diagnostic] {
        [
            Diagnostic(
                .error,
                .functionTimedOut,
                "\(label) timed out after \(secondsText)",
                at: place,
                help: ["increase 'timeout' if the function needs more time"]
            )
        ]
    }
}
