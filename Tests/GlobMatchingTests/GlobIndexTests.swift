import Testing

@testable import GlobMatching

struct GlobIndexTests {
    /// The globs of all recorded patterns, in both dialects.
    private static let globs = GlobCase.all.flatMap { [Glob($0.pattern), Glob($0.pattern, dialect: .posix)] }

    @Test func `an index omits only globs that do not match`() {
        let index = GlobIndex(Self.globs)
        for path in GlobCase.paths + GlobCase.all.map(\.pattern) {
            let candidates = Set(index.candidates(for: Array(path.utf8)))
            for (number, glob) in Self.globs.enumerated() where !candidates.contains(number) {
                #expect(!glob.matches(path) && !glob.matches(path + "/"), "\(glob) \(path)")
            }
        }
    }

    /// Without an index, each path would be matched with all patterns.
    @Test func `an index of many patterns leaves few for a path`() {
        let patterns = (0..<400).map { "src/d\($0)/**" } + ["**/*.md", "!**/x", "**"]
        let index = GlobIndex(patterns.map { Glob($0) })
        // `src/d1/**` matches the directory `src/d1` too, so its literal has no slash at its end.
        #expect(Array(index.candidates(for: Array("src/d17/m.py".utf8))) == [402, 401, 17, 1])
        #expect(Array(index.candidates(for: Array("src/d1".utf8))) == [402, 401, 1])
        #expect(Array(index.candidates(for: Array("src/d399/a.md".utf8))) == [402, 401, 400, 399, 39, 3])
    }

    @Test func `literals that overlap, or are part of others, are all found`() {
        let patterns = ["*ab*", "*abcab*", "*cab*", "*b*", "*bcx*", "*xab"]
        let index = GlobIndex(patterns.map { Glob($0, dialect: .posix) })
        #expect(Array(index.candidates(for: Array("abcab".utf8))) == [3, 2, 1, 0])
        #expect(Array(index.candidates(for: Array("bcxab".utf8))) == [5, 4, 3, 0])
        #expect(Array(index.candidates(for: Array("none".utf8))) == [])
    }
}
