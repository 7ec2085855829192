/// A part of a glob.
indirect enum GlobNode: Hashable, Sendable {
    /// One byte that stands for itself; `/` among them.
    case byte(UInt8)
    /// Any one character but `/`.
    case anyCharacter
    /// One character of a set.
    case set(GlobCharacterSet)
    /// Any number of characters but `/`.
    case star
    /// Any number of any characters.
    case everything
    /// One of several sequences, as often as the repetition says.
    case group([[GlobNode]], GlobRepetition)
    /// What no sequence of these begins: nothing is consumed.
    case notAhead([[GlobNode]])
    /// The start of the path.
    case atStart
    /// The end of the path.
    case atEnd
    /// Any place but the end of the path.
    case notAtEnd
}

/// How often a group of a glob is matched.
enum GlobRepetition: Hashable, Sendable {
    case once, optional, oneOrMore, zeroOrMore
}

/// A set of characters as regular expressions have it in brackets.
struct GlobCharacterSet: Hashable, Sendable {
    /// The characters, as ranges of Unicode scalar values.
    var ranges: [ClosedRange<UInt32>] = []
    /// Whether all other characters are meant.
    var isInverted = false

    /// Whether a scalar value is in the set.
    func contains(_ scalar: UInt32) -> Bool {
        ranges.contains { $0.contains(scalar) } != isInverted
    }
}
