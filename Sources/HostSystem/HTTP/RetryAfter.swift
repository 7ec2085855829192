/// The time for which a server asks clients to wait before the next request (RFC 9110 section 10.2.3).
package enum RetryAfter: Hashable, Sendable {
    /// Seconds after the response.
    case seconds(Int)
    /// A date as the server wrote it, with the seconds until then, as far as the response has its own date.
    case date(String, secondsFromResponse: Int?)

    /// Reads the header field of a response; `nil` if it has none, or an invalid one.
    package init?(_ response: HTTPResponse) {
        guard let text = response.header("Retry-After") else { return nil }
        if let seconds = Int(text) {
            guard seconds >= 0 else { return nil }
            self = .seconds(seconds)
            return
        }
        guard let end = Self.secondsSince1970(text) else { return nil }
        // The clock of the server decides, because ours may differ.
        let start = response.header("Date").flatMap(Self.secondsSince1970)
        self = .date(text, secondsFromResponse: start.map { max(0, end - $0) })
    }

    /// The waiting time from the response on; `nil` if it is not known.
    package var duration: Duration? {
        switch self {
        case .seconds(let seconds), .date(_, let seconds?): .seconds(seconds)
        case .date(_, nil): nil
        }
    }

    /// The seconds since 1970-01-01T00:00:00Z of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`; `nil` for other
    /// formats.
    private static func secondsSince1970(_ text: String) -> Int? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let words = text.split(separator: " ")
        guard words.count == 6, words[0].hasSuffix(","), words[5] == "GMT", let day = Int(words[1]),
            let month = months.firstIndex(where: { $0 == words[2] }), let year = Int(words[3]),
            (1...31).contains(day), (1970...9999).contains(year)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        return daysSince1970(year, month + 1, day) * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
    }

    /// The days from 1970-01-01 to a date in the Gregorian calendar.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        // Years start in March here, so that the leap day is the last day.
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}

extension RetryAfter: CustomStringConvertible {
    package var description: String {
        switch self {
        case .date(let text, _): return "until \(text)"
        case .seconds(let seconds):
            func words(_ count: Int, _ unit: String) -> String { count == 1 ? "1 \(unit)" : "\(count) \(unit)s" }
            switch seconds {
            case ..<120: return words(seconds, "second")
            case ..<7200: return words((seconds + 59) / 60, "minute")
            default: return words((seconds + 3599) / 3600, "hour")
            }
        }
    }
}
