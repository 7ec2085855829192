extension JSONWriter {
    /// The text of a finite number that is not an exact integer, as in JavaScript (ECMA-262, Number::toString).
    ///
    /// It has the shortest digits that identify the number, and an exponent from 1e21 and below 1e-6.
    static func shortestText(of number: Double) -> String {
        let (digits, point) = decimal(number.magnitude)
        let sign = number < 0 ? "-" : ""
        switch point {
        case 22..., ..<(-5):
            let power = point - 1
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return "\(sign)\(digits.prefix(1))\(fraction)e\(power < 0 ? "-" : "+")\(power.magnitude)"
        case ..<1: return sign + "0." + String(repeating: "0", count: -point) + digits
        case digits.count...: return sign + digits + String(repeating: "0", count: point - digits.count)
        default: return sign + digits.prefix(point) + "." + digits.dropFirst(point)
        }
    }

    /// The shortest digits that identify a number, and the position of the decimal point in them.
    private static func decimal(_ number: Double) -> (digits: String, point: Int) {
        let parts = number.description.split(separator: "e", maxSplits: 1)
        let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        var digits = String(mantissa[0] + fraction)
        var point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.hasPrefix("0"), digits.count > 1 {
            digits.removeFirst()
            point -= 1
        }
        while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
        return (digits, point)
    }
}
