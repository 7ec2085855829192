/// The regular expression of the strings that are converted to a number in a range.
///
/// Numbers without a fraction and exponent are compared with the range. For others, such as `0x1F` and `3e2`, the
/// expression only describes the notation.
struct NumberPattern {
    /// The expression in JavaScript's notation.
    let source: String

    private static let exponent = #"[eE][+-]?\d+"#
    private static let other = #"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+"#

    init(_ range: ClosedRange<Double>, isInteger: Bool) {
        let special = isInteger ? "" : "|[+-]?Infinity"
        let plain: String
        let isWhole = [range.lowerBound, range.upperBound].allSatisfy { !$0.isFinite || $0 == $0.rounded() }
        if isWhole, range.lowerBound > -10, range.lowerBound.isFinite {
            var forms: [String] = []
            let least = Int(range.lowerBound)
            if least < 0 { forms.append("-0*[1-\(-least)]") }
            let most = range.upperBound.isFinite ? Int(range.upperBound) : nil
            forms.append(#"\+?0*(?:"# + Self.digits(from: max(least, 0), to: most) + ")")
            if least <= 0 { forms.append("-0+") }
            plain = "(?:\(forms.joined(separator: "|")))" + (isInteger ? #"(?:\.0*)?"# : #"(?:\.\d*)?"#)
        } else {
            plain = #"[+-]?\d+(?:\.\d*)?"#
        }
        let fraction = isInteger ? "" : #"|[+-]?\.\d+(?:\#(Self.exponent))?"#
        source = #"^\s*(?:\#(plain)|[+-]?\d+(?:\.\d*)?\#(Self.exponent)\#(fraction)|\#(Self.other)\#(special))\s*$"#
    }

    /// The decimal notations without leading zeros of the integers in a range; `nil` means any larger one.
    static func digits(from least: Int, to most: Int?) -> String {
        let low = String(least)
        guard let most else {
            let sameLength = between(low, String(repeating: "9", count: low.count))
            return (sameLength + ["[1-9]\\d{\(low.count),}"]).joined(separator: "|")
        }
        var forms: [String] = []
        let high = String(most)
        for length in low.count...max(low.count, high.count) {
            let first = length == low.count ? low : "1" + String(repeating: "0", count: length - 1)
            let last = length == high.count ? high : String(repeating: "9", count: length)
            forms += between(first, last)
        }
        return forms.joined(separator: "|")
    }

    /// Expressions for the numbers between two of the same length.
    private static func between(_ low: String, _ high: String) -> [String] {
        guard let first = low.first, let last = high.first, low.count == high.count, low <= high else { return [] }
        let rest = low.count - 1
        func any(_ count: Int) -> String { count == 0 ? "" : count == 1 ? "\\d" : "\\d{\(count)}" }
        let isFullLow = low.dropFirst().allSatisfy { $0 == "0" }
        let isFullHigh = high.dropFirst().allSatisfy { $0 == "9" }
        if first == last {
            if isFullLow, isFullHigh { return ["\(first)\(any(rest))"] }
            return between(String(low.dropFirst()), String(high.dropFirst())).map { "\(first)\($0)" }
        }
        var forms: [String] = []
        var (start, end) = (first.wholeNumberValue ?? 0, last.wholeNumberValue ?? 9)
        if !isFullLow {
            forms += between(String(low.dropFirst()), String(repeating: "9", count: rest)).map { "\(first)\($0)" }
            start += 1
        }
        var tail: [String] = []
        if !isFullHigh {
            tail = between(String(repeating: "0", count: rest), String(high.dropFirst())).map { "\(last)\($0)" }
            end -= 1
        }
        if start == end { forms.append("\(start)\(any(rest))") }
        if start < end { forms.append("[\(start)-\(end)]\(any(rest))") }
        return forms + tail
    }
}
