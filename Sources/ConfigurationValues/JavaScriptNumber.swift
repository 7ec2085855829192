import OrderedJSON

/// Conversions between numbers and strings that differ between JavaScript and Swift.
package enum JavaScriptNumber {
    /// The result of `String(number)`.
    package static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return JSONWriter.text(of: number)
    }

    /// The result of `Number(text)`, or `nil` for `NaN`.
    ///
    /// The empty string is 0.
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
                let values = digits.compactMap(\.hexDigitValue)
                guard values.count == digits.count, values.allSatisfy({ $0 < radix }) else { return nil }
                return values.reduce(0) { $0 * Double(radix) + Double($1) }
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
