#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Numbers as JavaScript reads and writes them, where its ways differ from Swift's.
package enum JavaScriptNumber {
    /// The text of a number as `String(number)` has it: no fraction where it is whole, exponents only beyond 21 digits
    /// and below 1e-6 (ECMA-262, Number::toString).
    package static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        if number == 0 { return "0" }
        if let whole = Int64(exactly: number), whole.magnitude <= 1 << 53 { return String(whole) }
        let (digits, exponent) = decimal(number.magnitude)
        let sign = number < 0 ? "-" : ""
        // The value is 0.DIGITS times ten to `exponent`.
        switch exponent {
        case digits.count...21: return sign + digits + String(repeating: "0", count: exponent - digits.count)
        case 1...21: return sign + digits.prefix(exponent) + "." + digits.dropFirst(exponent)
        case -5...0: return sign + "0." + String(repeating: "0", count: -exponent) + digits
        default:
            let power = exponent - 1
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return sign + digits.prefix(1) + fraction + "e" + (power < 0 ? "-" : "+") + String(power.magnitude)
        }
    }

    /// The shortest digits that name a number, and the place of the decimal point before them.
    private static func decimal(_ number: Double) -> (digits: String, exponent: Int) {
        let parts = number.description.split(separator: "e", maxSplits: 1)
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = mantissa[0]
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        var digits = String(whole + fraction)
        var exponent = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.hasPrefix("0"), digits.count > 1 {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
        return (digits, exponent)
    }

    /// What `Number(text)` makes of a text, `nil` where it is `NaN`; the empty text is 0.
    package static func parse(_ text: String) -> Double? {
        let text = text.drop { $0.isWhitespace }
        var trimmed = Substring(text)
        while let last = trimmed.last, last.isWhitespace { trimmed.removeLast() }
        if trimmed.isEmpty { return 0 }
        if trimmed.count > 2, trimmed.first == "0" {
            let radix =
                switch trimmed.dropFirst().first {
                case "x", "X": 16
                case "o", "O": 8
                case "b", "B": 2
                default: 10
                }
            if radix != 10 {
                let digits = trimmed.dropFirst(2)
                guard digits.allSatisfy(\.isHexDigit) else { return nil }
                return UInt64(digits, radix: radix).map(Double.init)
            }
        }
        switch trimmed {
        case "Infinity", "+Infinity": return .infinity
        case "-Infinity": return -.infinity
        default: break
        }
        let isDecimal = trimmed.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        return isDecimal ? Double(trimmed) : nil
    }
}
