/// A search of the states of a glob's automaton, which visits each step at each position at most once.
struct GlobSearch {
    private let steps: [GlobProgram.Step]
    /// One bit for each step at each position.
    private var visited: [UInt64]

    /// The number of positions in the path, including its end.
    private let positions: Int

    init(_ steps: [GlobProgram.Step], length: Int) {
        self.steps = steps
        positions = length + 1
        visited = Array(repeating: 0, count: (steps.count * positions + 63) / 64)
    }

    /// Whether the steps, from the first one, accept a path of the given length.
    mutating func accepts(_ path: Span<UInt8>) -> Bool { accepts(path, from: 0, at: 0) }

    private mutating func accepts(_ path: Span<UInt8>, from start: Int, at position: Int) -> Bool {
        var open = [(step: start, position: position)]
        while let (step, position) = open.popLast() {
            guard visit(step, position) else { continue }
            switch steps[step] {
            case .accept: return true
            case .star, .everything:
                if position < path.count {
                    var isOpen = true
                    if case .star = steps[step] { isOpen = path[position] != UInt8(ascii: "/") }
                    if isOpen { open.append((step, GlobProgram.characterEnd(path, position))) }
                }
                open.append((step + 1, position))
            case .fork(let first, let second):
                open.append((second, position))
                open.append((first, position))
            case .jump(let target): open.append((target, position))
            case .notAhead(let next):
                if accepts(path, from: step + 1, at: position) {
                    // The states of a search that ended early say nothing about other positions.
                    forget((step + 1)..<next)
                } else {
                    open.append((next, position))
                }
            default:
                if let end = steps[step].end(path, position) { open.append((step + 1, end)) }
            }
        }
        return false
    }

    /// Marks a state as visited; `false` if it was visited before.
    private mutating func visit(_ step: Int, _ position: Int) -> Bool {
        let bit = step * positions + position
        let mask = UInt64(1) << UInt64(bit % 64)
        guard visited[bit / 64] & mask == 0 else { return false }
        visited[bit / 64] |= mask
        return true
    }

    private mutating func forget(_ range: Range<Int>) {
        for step in range {
            for position in 0..<positions {
                let bit = step * positions + position
                visited[bit / 64] &= ~(UInt64(1) << UInt64(bit % 64))
            }
        }
    }
}
