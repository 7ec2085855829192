/// The number of terminal columns that text occupies (Unicode Standard Annex #11, wide and fullwidth characters).
enum DisplayWidth {
    /// The columns that a string occupies.
    static func columns(of text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
    }

    /// The columns that a scalar occupies: none if it combines with the one before, two if it is wide.
    static func columns(of scalar: Unicode.Scalar) -> Int {
        guard scalar.value >= 0x300 else { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return isWide(scalar) ? 2 : 1
        }
    }

    /// The longest prefix of a string that fits into a number of columns.
    static func prefix(of text: String, columns limit: Int) -> String {
        var left = limit
        let kept = text.unicodeScalars.prefix { scalar in
            left -= columns(of: scalar)
            return left >= 0
        }
        return String(kept)
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: scalar.properties.isEmojiPresentation
        }
    }
}
