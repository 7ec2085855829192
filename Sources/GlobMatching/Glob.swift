/// A glob pattern for paths, as in `package.patterns`: the syntax of micromatch 4 with the option `dot`.
///
/// `*` and `?` match within a path segment, and `**` matches any number of segments. `{a,b}` and `(a|b)` are
/// alternatives, `@( ) ?( ) +( ) *( ) !( )` are extended globs, `[a-z]` are classes, and `\` escapes a character.
package struct Glob: Sendable {
    /// The two dialects of the syntax.
    ///
    /// They differ in whether `!` at the start of a class inverts it, and in whether a pattern always matches the path
    /// that is equal to it.
    package enum Dialect: Hashable, Sendable {
        /// The dialect that selects the files of an artifact.
        ///
        /// `[!a]` matches `!` or `a`; only `[^a]` inverts. A pattern matches the path that is equal to it, so that names
        /// with parentheses need no escapes.
        case micromatch
        /// The dialect that finds files: `[!a]` and `[^a]` both invert, and equal paths are not special.
        case posix
    }

    /// The pattern in its original spelling.
    package let pattern: String
    /// The literal segments at the start, without `./`; all matches are below this directory.
    package let base: [String]
    /// Whether the pattern has no special characters.
    private let isLiteral: Bool
    private let bytes: [UInt8]
    private let dialect: Dialect
    private let program: GlobProgram
    /// Whether the pattern started with an odd number of `!`.
    private let isInverted: Bool
    /// The number of `..` segments at the start, which only match `..` segments of a path.
    private let steps: Int

    /// Compiles a pattern; every string is valid.
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

    /// Whether the pattern matches a complete path, which is relative and has no `.` segments.
    package func matches(_ path: [UInt8]) -> Bool {
        if steps > 0 || path.starts(with: "../".utf8), steps != Self.steps(of: path) { return false }
        if program.matches(path.span) != isInverted { return true }
        return dialect == .micromatch && path == bytes
    }

    /// Whether the pattern matches a complete path, given as UTF-8.
    package func matches(_ path: String) -> Bool { matches(Array(path.utf8)) }

    /// The strings one of which every path that matches contains; `nil` if a path may match without any.
    var requiredLiterals: [[UInt8]]? {
        let literal = program.literals.part
        guard !isInverted, !literal.isEmpty else { return nil }
        return dialect == .micromatch ? [literal, bytes] : [literal]
    }

    /// Whether a path below a directory might match; `true` if this is uncertain.
    package func mightMatch(below directory: [Substring]) -> Bool {
        isInverted || zip(base, directory).allSatisfy { $0 == $1 } && (!isLiteral || base.count > directory.count)
    }

    /// The number of `..` segments at the start of a path.
    private static func steps(of path: [UInt8]) -> Int {
        var rest = path[...]
        while rest.starts(with: "../".utf8) { rest = rest.dropFirst(3) }
        return (path.count - rest.count) / 3
    }

    private static func dropDotSlashes(_ bytes: inout ArraySlice<UInt8>) {
        while bytes.starts(with: "./".utf8) { bytes = bytes.dropFirst(2) }
    }

    /// The literal segments at the start of a pattern, and whether all segments are literal.
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
