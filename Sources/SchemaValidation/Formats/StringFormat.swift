import ConfigurationValues

/// The formats of strings, by their names in JSON Schema (section 7.3), as the npm package ajv-formats checks them.
package enum StringFormat: String, Sendable {
    /// A URI with its scheme (RFC 3986).
    ///
    /// An authority is not required after the scheme: `mailto:a@b`, `urn:x` and `https:/a` are URIs, too.
    case uri
    /// A date with a time (RFC 3339), whose time zone is optional.
    ///
    /// A date without a time is accepted, too, because Serverless turns unquoted dates of YAML into timestamps.
    case dateTime = "date-time"

    /// Whether a string has the format.
    func matches(_ text: String) -> Bool {
        switch self {
        case .uri: URIFormat.matches(Array(text.utf8))
        case .dateTime: DateTimeFormat.matches(Array(text.utf8))
        }
    }
}

/// The format `date-time`.
private enum DateTimeFormat {
    static func matches(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 10, isDate(bytes[..<10]) else { return false }
        guard let separator = bytes.dropFirst(10).first else { return true }
        return [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(separator) && isTime(bytes[11...])
    }

    private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
            let year = number(parts[0]), let month = number(parts[1]), let day = number(parts[2])
        else { return false }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(month) && (1...days[month - 1]).contains(day)
    }

    /// Whether bytes are hours, minutes and seconds, with an optional fraction and time zone.
    private static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
        let clock = bytes.prefix(8).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard clock.count == 3, clock.map(\.count) == [2, 2, 2],
            let hour = number(clock[0]), let minute = number(clock[1]), let second = number(clock[2])
        else { return false }
        let isLeapSecond = hour == 23 && minute == 59 && second == 60
        guard isLeapSecond || hour <= 23 && minute <= 59 && second <= 59 else { return false }
        var rest = bytes.dropFirst(8)
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
            guard !fraction.isEmpty else { return false }
            rest = rest[fraction.endIndex...]
        }
        return rest.isEmpty || isZone(rest)
    }

    /// Whether bytes are `Z`, or an offset from UTC in hours and optional minutes.
    private static func isZone(_ bytes: ArraySlice<UInt8>) -> Bool {
        if bytes.count == 1 { return bytes.first.map { $0 | 0x20 } == UInt8(ascii: "z") }
        guard bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") else { return false }
        var digits = Array(bytes.dropFirst())
        if digits.count == 5, digits[2] == UInt8(ascii: ":") { digits.remove(at: 2) }
        return [2, 4].contains(digits.count) && number(digits[...]) != nil
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
