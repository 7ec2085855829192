/// The literal bytes that every match of a glob contains at the start, at the end, and anywhere.
struct GlobLiterals: Sendable {
    private var prefix: [UInt8] = []
    private var suffix: [UInt8] = []
    /// The longest run of literal bytes; empty if a match needs none.
    private(set) var part: [UInt8] = []

    /// Collects the literals of a pattern; there are none if it has several alternatives.
    init(of alternatives: [[GlobNode]]) {
        guard alternatives.count == 1, let nodes = alternatives.first else { return }
        var run: [UInt8] = []
        var isAtStart = true
        for node in nodes {
            if case .byte(let byte) = node {
                run.append(byte)
                continue
            }
            close(run, &isAtStart)
            run = []
        }
        close(run, &isAtStart)
        suffix = run
    }

    private mutating func close(_ run: [UInt8], _ isAtStart: inout Bool) {
        if isAtStart { prefix = run }
        if run.count > part.count { part = run }
        isAtStart = false
    }

    /// Whether a path contains all literals, which is necessary but not sufficient for a match.
    func mightOccur(in path: Span<UInt8>) -> Bool {
        let length = path.count
        guard length >= part.count, length >= prefix.count, length >= suffix.count else { return false }
        guard Self.occurs(suffix, in: path, at: length - suffix.count), Self.occurs(prefix, in: path, at: 0) else {
            return false
        }
        guard let first = part.first else { return true }
        for position in 0...(length - part.count)
        where path[position] == first && Self.occurs(part, in: path, at: position) {
            return true
        }
        return false
    }

    private static func occurs(_ literal: [UInt8], in path: Span<UInt8>, at position: Int) -> Bool {
        for index in literal.indices where path[position + index] != literal[index] { return false }
        return true
    }
}
