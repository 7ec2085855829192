extension YAMLScalar {
    /// The timestamp as JavaScript writes it in JSON, such as `2024-02-29T12:14:15.500Z`; `nil` if the text is not
    /// one.
    ///
    /// The format is that of YAML's timestamp type: a date, `T` or spaces, a time, an optional fraction and an
    /// optional time zone.
    static func instant(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.count > 10, bytes[4] == UInt8(ascii: "-") else { return nil }
        var scanner = Scanner(bytes: bytes)
        guard let year = scanner.digits(4...4), scanner.take("-"), let month = scanner.digits(1...2),
            scanner.take("-"), let day = scanner.digits(1...2), scanner.separator(),
            let hour = scanner.digits(1...2), scanner.take(":"), let minute = scanner.digits(2...2),
            scanner.take(":"), let second = scanner.digits(2...2)
        else { return nil }
        let millisecond = scanner.fraction()
        guard let offset = scanner.zone(), scanner.isAtEnd else { return nil }
        let days = daysSinceEpoch(year: year, month: month, day: day)
        let seconds = ((days * 24 + hour) * 60 + minute - offset) * 60 + second
        return text(seconds: seconds, milliseconds: millisecond)
    }

    /// The number of days from 1970-01-01 to a date of the Gregorian calendar; months and days out of range are
    /// carried over.
    private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let carried = year * 12 + month - 1
        let shifted = carried - 2  // March is the first month, so that leap days come last
        let year = floorDivide(shifted, 12)
        let month = shifted - year * 12
        let era = floorDivide(year, 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * month + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func text(seconds: Int, milliseconds: Int) -> String {
        let days = floorDivide(seconds, 86_400)
        let rest = seconds - days * 86_400
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        let time = "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
        return "\(date)T\(time).\(padded(milliseconds, 3))Z"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }

    /// Scanner of the parts of a timestamp.
    private struct Scanner {
        let bytes: UnsafeBufferPointer<UInt8>
        private var position = 0

        init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        var isAtEnd: Bool { position == bytes.count }

        private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard next == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        /// A number with as many digits as there are, within limits; `nil` for fewer.
        mutating func digits(_ count: ClosedRange<Int>) -> Int? {
            var value = 0
            var found = 0
            while found < count.upperBound, let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
                found += 1
                position += 1
            }
            return found >= count.lowerBound ? value : nil
        }

        mutating func separator() -> Bool { take("T") || take("t") || blanks() }

        @discardableResult
        mutating func blanks() -> Bool {
            let start = position
            while take(" ") || take("\t") {}
            return position > start
        }

        /// The milliseconds of a fraction; further digits are dropped.
        mutating func fraction() -> Int {
            guard take(".") else { return 0 }
            var value = 0
            var weight = 100
            while let digit = digits(1...1) {
                value += digit * weight
                weight /= 10
            }
            return value
        }

        /// The offset from UTC in minutes, 0 without a time zone; `nil` for anything else.
        mutating func zone() -> Int? {
            if isAtEnd { return 0 }
            blanks()
            if take("Z") { return 0 }
            let isBehind = take("-")
            guard isBehind || take("+"), let hours = digits(1...2) else { return nil }
            var minutes = 0
            if take(":") {
                guard let value = digits(2...2) else { return nil }
                minutes = value
            }
            return isBehind ? -(hours * 60 + minutes) : hours * 60 + minutes
        }
    }
}
