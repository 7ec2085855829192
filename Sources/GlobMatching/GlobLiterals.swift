/// The bytes that every match of a glob holds: at its start, at its end, and somewhere in it.
struct GlobLiterals: Sendable {
    private var prefix: [UInt8] = []
    private var suffix: [UInt8] = []
    /// The longest run of literal bytes.
    private var part: [UInt8] = []

    /// Collects the literals of a pattern; of several alternatives none is certain.
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

    /// Whether a path has all of the literals; `true` does not mean that it matches.
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
