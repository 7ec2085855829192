import GlobMatching

/// A pattern that decides which files are looked at: it shows some, or hides some of those that patterns before it
/// show.
struct SelectionView: Sendable {
    /// What it matches.
    let glob: Glob
    /// Whether it shows files, or hides them.
    let isPositive: Bool
    /// Whether matching a directory hides all that lies below.
    let hidesDirectories: Bool
    /// Whether it shows one file by its name.
    let isStatic: Bool
    /// The segments of the folder in which the search begins, without `.`; of a name all segments.
    let base: [Substring]
    /// Whether what it shows keeps `./` before its path, so that no rule without it leaves it out.
    let keepsDot: Bool
    /// Whether a path with a slash behind may be matched where the path alone is not.
    private let mayEndInSlash: Bool
    /// The path below which the search stays, where the pattern itself might match others too; else empty.
    private let confinement: [UInt8]

    init(_ pattern: String) {
        isPositive = !pattern.hasPrefix("!")
        var text = pattern
        if isPositive {
            text = Self.withoutDoubleSlashes(text)
        } else {
            text.removeFirst()
            // One more is taken off, but from an extended glob.
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

    /// Whether a file is matched, or would be if it were a folder.
    func matches(file path: [UInt8]) -> Bool {
        guard path.starts(with: confinement) else { return false }
        if glob.matches(path) { return true }
        return mayEndInSlash && glob.matches(path + [UInt8(ascii: "/")])
    }

    private static func withoutDoubleSlashes(_ pattern: String) -> String {
        var result: [UInt8] = []
        for byte in pattern.utf8 {
            // Two at the very start stay.
            if byte == UInt8(ascii: "/"), result.count > 1, result.last == byte { continue }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
