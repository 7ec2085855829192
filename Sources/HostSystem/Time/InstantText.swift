/// Formats points in time in ISO 8601, in UTC with milliseconds, without loading a calendar.
package enum InstantText {
    /// Formats a point in time, such as `2026-02-03T04:05:06.789Z`.
    ///
    /// - Parameter milliseconds: the time since 1970-01-01T00:00:00Z, not negative.
    /// - Returns: the formatted string.
    package static func iso8601(milliseconds: Int64) -> String {
        let (days, ofDay) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        let (year, month, day) = date(daysSince1970: Int(days))
        let (seconds, fraction) = Int(ofDay).quotientAndRemainder(dividingBy: 1000)
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(padded(seconds / 3600, 2)):"
            + "\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2)).\(padded(fraction, 3))Z"
    }

    /// The date of a day since 1970-01-01 in the Gregorian calendar.
    private static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        // Years start in March here, so that the leap day is the last day. An era has 400 years.
        let shifted = days + 719_468
        let (era, ofEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let dayOfYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }
}
