import GlobMatching

/// A pattern that shows files, or hides some of the files that earlier patterns show.
struct SelectionView: Sendable {
    /// The glob that files have to match.
    let glob: Glob
    /// Whether it shows files; otherwise, it hides them.
    let isPositive: Bool
    /// Whether matching a directory hides everything below it.
    let hidesDirectories: Bool
    /// Whether it shows a single file by its name.
    let isStatic: Bool
    /// The segments of the directory in which the search starts, without `.`; for a name, all segments.
    let base: [Substring]
    /// Whether shown paths keep their leading `./`, so that rules without it do not exclude them.
    let keepsDot: Bool
    /// Whether the glob may match a path with a trailing slash, but not without it.
    private let mayEndInSlash: Bool
    /// The directory that the search does not leave although the glob could match other paths; usually empty.
    private let confinement: [UInt8]

    init(_ pattern: String) {
        isPositive = !pattern.hasPrefix("!")
        var text = pattern
        if isPositive {
            text = Self.withoutDoubleSlashes(text)
        } else {
            text.removeFirst()
            // Remove one more character, unless it starts an extended glob.
            if text.hasPrefix("!"), !text.hasPrefix("!(") { text.removeFirst() }
        }
        glob = Glob(text, dialect: .posix)
        let last = text.split(separator: "/").last ?? ""
        hidesDirectories = !isPositive && (text.hasSuffix("/**") || !GlobBase.isDynamic(last))
        isStatic = isPositive && !GlobBase.isDynamic(text)
        let start = isStatic ? text : GlobBase.directory(of: text)
        base = start.split(separator: "/").filter { $0 != "." }.map { Substring(String($0)) }
        keepsDot = isPositive && start.hasPrefix("./")
        mayEndInSlash = text.utf8.last.map { Array("/*)}]".utf8).contains($0) } ?? false
        let isPlain = isStatic || !base.contains { $0.utf8.contains(UInt8(ascii: "?")) }
        confinement = isPositive && !isPlain ? Array((base.joined(separator: "/") + "/").utf8) : []
    }

    /// Whether the glob matches a file, or would match it if it were a directory.
    func matches(file path: [UInt8]) -> Bool {
        guard path.starts(with: confinement) else { return false }
        if glob.matches(path) { return true }
        return mayEndInSlash && glob.matches(path + [UInt8(ascii: "/")])
    }

    private static func withoutDoubleSlashes(_ pattern: String) -> String {
        var result: [UInt8] = []
        for byte in pattern.utf8 {
            // Two at the start are kept.
            if byte == UInt8(ascii: "/"), result.count > 1, result.last == byte { continue }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
