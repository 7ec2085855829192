/// A part of a parsed glob.
indirect enum GlobNode: Hashable, Sendable {
    /// A literal byte, including `/`.
    case byte(UInt8)
    /// Any character except `/`.
    case anyCharacter
    /// A character of a set.
    case set(GlobCharacterSet)
    /// Any number of characters except `/`.
    case star
    /// Any number of any characters.
    case everything
    /// One of several sequences, which can be repeated.
    case group([[GlobNode]], GlobRepetition)
    /// A negative lookahead: none of the sequences may match here. Consumes nothing.
    case notAhead([[GlobNode]])
    /// The start of the path.
    case atStart
    /// The end of the path.
    case atEnd
    /// Any position except the end of the path.
    case notAtEnd
}

/// The number of times that a group can match.
enum GlobRepetition: Hashable, Sendable {
    case once, optional, oneOrMore, zeroOrMore
}

/// A set of characters, as in a bracket expression.
struct GlobCharacterSet: Hashable, Sendable {
    /// The characters, as ranges of Unicode scalar values.
    var ranges: [ClosedRange<UInt32>] = []
    /// Whether the set contains all other characters instead.
    var isInverted = false

    /// Whether a scalar value is in the set.
    func contains(_ scalar: UInt32) -> Bool {
        ranges.contains { $0.contains(scalar) } != isInverted
    }
}
