/// Reads the forms of points in time that AWS and HTTP use, as milliseconds since 1970-01-01T00:00:00Z.
package enum AWSTimestamp {
    /// Parses ISO 8601, such as `2026-02-03T04:05:06.789Z`, with a fraction and an offset from UTC if there are some.
    ///
    /// - Returns: `nil` for other strings; a time without an offset is in UTC.
    package static func iso8601(_ text: some StringProtocol) -> Int64? {
        var scanner = Scanner(bytes: Array(text.utf8))
        guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2), scanner.skip("-"),
            let day = scanner.number(2), scanner.skip("T") || scanner.skip(" "), let hour = scanner.number(2),
            scanner.skip(":"), let minute = scanner.number(2), scanner.skip(":"), let second = scanner.number(2)
        else { return nil }
        let fraction = scanner.skip(".") ? scanner.milliseconds() : 0
        guard let offset = scanner.offsetMinutes(), scanner.isAtEnd else { return nil }
        guard let days = days(year, month, day), hour < 24, minute < 60, second <= 60 else { return nil }
        return ((Int64(days) * 24 + Int64(hour)) * 60 + Int64(minute - offset)) * 60_000 + Int64(second) * 1000
            + Int64(fraction)
    }

    /// Parses the value of the header field `Date`, such as `Tue, 03 Feb 2026 04:05:06 GMT` (RFC 9110 section 5.6.7).
    package static func http(_ text: some StringProtocol) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), let year = Int(words[3]),
            let month = months.firstIndex(of: String(words[2])), let days = days(year, month + 1, day)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3, time[0] < 24, time[1] < 60, time[2] <= 60 else { return nil }
        return ((Int64(days) * 24 + Int64(time[0])) * 60 + Int64(time[1])) * 60_000 + Int64(time[2]) * 1000
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The number of days from 1970-01-01 to a date in the Gregorian calendar.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        // Years start in March here, so that the leap day is the last day. An era has 400 years.
        let shifted = month > 2 ? year : year - 1
        let (era, ofEra) = shifted.quotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + dayOfYear - 719_468
    }

    /// Reads digits and marks from the start of a string.
    private struct Scanner {
        let bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == bytes.count }

        private mutating func digit() -> Int? {
            guard position < bytes.count, (0x30...0x39).contains(bytes[position]) else { return nil }
            defer { position += 1 }
            return Int(bytes[position] - 0x30)
        }

        mutating func number(_ count: Int) -> Int? {
            var result = 0
            for _ in 0..<count {
                guard let digit = digit() else { return nil }
                result = result * 10 + digit
            }
            return result
        }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
            position += 1
            return true
        }

        /// The first three digits of a fraction; the others are skipped.
        mutating func milliseconds() -> Int {
            var (result, unit) = (0, 100)
            while let digit = digit() {
                result += digit * unit
                unit /= 10
            }
            return result
        }

        /// `Z`, `UTC`, `+hh:mm`, `+hhmm`, or nothing, which means UTC.
        mutating func offsetMinutes() -> Int? {
            if isAtEnd || skip("Z") || (skip("U") && skip("T") && skip("C")) { return 0 }
            let isNegative = skip("-")
            guard isNegative || skip("+"), let hours = number(2) else { return nil }
            _ = skip(":")
            guard let minutes = number(2) else { return nil }
            return (hours * 60 + minutes) * (isNegative ? -1 : 1)
        }
    }
}
