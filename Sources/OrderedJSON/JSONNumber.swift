extension JSONWriter {
    /// The text of a finite number that is not whole or beyond what is counted exactly, as JavaScript writes it: the
    /// shortest digits that name it, with an exponent only beyond 21 digits and below 1e-6 (ECMA-262,
    /// Number::toString).
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

    /// The shortest digits that name a number, and how many of them stand before the decimal point.
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
