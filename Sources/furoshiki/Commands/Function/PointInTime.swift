import AWSClient
import Diagnostics

/// A time that users write as an option.
enum PointInTime {
    /// The milliseconds since 1970 of a time (`2026-01-02`, `2026-01-02T03:04:05Z`, or milliseconds) or an age (`30m`).
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - option: the name of the option, for an error.
    ///   - now: the time that ages are counted from.
    /// - Returns: the time.
    /// - Throws: ``DiagnosticError`` if the text is neither.
    static func milliseconds(of text: String, option: String, now: Int64) throws(DiagnosticError) -> Int64 {
        let units: [Character: Int64] = [
            "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
        ]
        if let last = text.last, let unit = units[last], let number = Int64(text.dropLast()), number >= 0 {
            let (age, overflows) = number.multipliedReportingOverflow(by: unit)
            if !overflows { return now - age }
        }
        if text.count == 13, let number = Int64(text) { return number }
        let isDay = text.count == 10 && text.utf8.dropFirst(4).first == UInt8(ascii: "-")
        if let time = AWSTimestamp.iso8601(isDay ? text + "T00:00:00Z" : text) { return time }
        throw DiagnosticError(
            .invalidOptionValue,
            "the option '--\(option)' has the value '\(text)', which is not a time",
            help: ["use an age such as 30m, 2h or 3d, or a time such as 2026-01-02T03:04:05Z"]
        )
    }
}
