/// A pattern for paths, as `package.patterns` has it: the language of micromatch 4 with dot files matched.
///
/// `*` and `?` stay within a segment, `**` as a whole segment spans segments, `{a,b}` and `(a|b)` are alternatives,
/// `@( ) ?( ) +( ) *( ) !( )` are extended globs, `[a-z]` are classes, `\` takes a character literally.
package struct Glob: Sendable {
    /// Where a glob is used differs in two points: whether `!` at the start of a class inverts it, and whether a
    /// pattern matches the path that is equal to it whatever the pattern means.
    package enum Dialect: Hashable, Sendable {
        /// `[!a]` is `!` or `a`; only `[^a]` inverts. A pattern that is equal to a path matches it, so that names with
        /// parentheses can be written as they are. The dialect that decides what goes into an artifact.
        case micromatch
        /// `[!a]` and `[^a]` both invert, and equality means nothing. The dialect that decides which files are looked
        /// at.
        case posix
    }

    /// The pattern as it was written.
    package let pattern: String
    /// The segments before the first one with anything special, without `./`; what is matched lies below them.
    package let base: [String]
    /// Whether the pattern has nothing special.
    private let isLiteral: Bool
    private let bytes: [UInt8]
    private let dialect: Dialect
    private let program: GlobProgram
    /// Whether an odd number of `!` stood before the pattern.
    private let isInverted: Bool
    /// The number of segments `..` at the start, which only those of a path match.
    private let steps: Int

    /// Compiles a pattern; every text is one.
    package init(_ pattern: String, dialect: Dialect = .micromatch) {
        self.pattern = pattern
        self.dialect = dialect
        bytes = Array(pattern.utf8)
        var start = bytes[...]
        Self.dropDotSlashes(&start)
        var inverted = false
        while start.first == UInt8(ascii: "!"), start.dropFirst().first != UInt8(ascii: "(") {
            inverted.toggle()
            start = start.dropFirst()
            Self.dropDotSlashes(&start)
        }
        isInverted = inverted
        (base, isLiteral) = Self.base(of: start, isInverted: inverted)
        steps = base.prefix { $0 == ".." }.count
        var parser = GlobParser(start, dialect: dialect)
        program = GlobProgram(parser.parse())
    }

    /// Whether a path, relative and without `.`, is matched as a whole.
    package func matches(_ path: [UInt8]) -> Bool {
        if steps > 0 || path.starts(with: "../".utf8), steps != Self.steps(of: path) { return false }
        if program.matches(path.span) != isInverted { return true }
        return dialect == .micromatch && path == bytes
    }

    /// Whether a path is matched as a whole.
    package func matches(_ path: String) -> Bool { matches(Array(path.utf8)) }

    /// Whether something below a directory might be matched; `true` where that is not sure.
    package func mightMatch(below directory: [Substring]) -> Bool {
        isInverted || zip(base, directory).allSatisfy { $0 == $1 } && (!isLiteral || base.count > directory.count)
    }

    /// The number of segments `..` at the start of a path.
    private static func steps(of path: [UInt8]) -> Int {
        var rest = path[...]
        while rest.starts(with: "../".utf8) { rest = rest.dropFirst(3) }
        return (path.count - rest.count) / 3
    }

    private static func dropDotSlashes(_ bytes: inout ArraySlice<UInt8>) {
        while bytes.starts(with: "./".utf8) { bytes = bytes.dropFirst(2) }
    }

    /// The segments before the first special one, and whether there is no special one.
    private static func base(of pattern: ArraySlice<UInt8>, isInverted: Bool) -> ([String], Bool) {
        var base: [String] = []
        var segments = pattern.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
        while let segment = segments.first {
            if segment.contains(where: isSpecial) { return (base, false) }
            base.append(String(decoding: segment, as: UTF8.self))
            segments = segments.dropFirst()
        }
        return (base, !isInverted)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
            UInt8(ascii: "}"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "|"), UInt8(ascii: "\\"),
            UInt8(ascii: "\""), UInt8(ascii: "!"), UInt8(ascii: "+"), UInt8(ascii: "@"), 0:
            true
        default: false
        }
    }
}

extension Glob: CustomStringConvertible {
    package var description: String { pattern }
}
