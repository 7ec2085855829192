/// A glob as a list of steps, which are a nondeterministic automaton over the bytes of a path.
///
/// Most paths are matched by backtracking, which needs no memory. If this takes more than a few steps for each byte, or
/// can loop without progress, the states of the automaton are searched instead. A state is a step at a position. Each is
/// visited once, so the time is proportional to the length of the pattern times the length of the path.
struct GlobProgram: Sendable {
    enum Step: Sendable {
        case byte(UInt8)
        case anyCharacter
        case set(GlobCharacterSet)
        /// Matches any number of characters except `/`.
        case star
        /// Matches any number of characters.
        case everything
        /// Continues at both steps.
        case fork(Int, Int)
        case jump(Int)
        /// Fails if the following steps, up to `accept`, succeed; otherwise, continues at the given step.
        case notAhead(Int)
        case atStart
        case atEnd
        case notAtEnd
        case accept
    }

    private(set) var steps: [Step] = []
    /// Whether some steps continue at earlier ones.
    private var hasLoops = false
    /// The literals of every match, which exclude most paths without running the steps.
    let literals: GlobLiterals

    /// Compiles alternatives, one of which must match a complete path.
    init(_ alternatives: [[GlobNode]]) {
        literals = GlobLiterals(of: alternatives)
        emit(alternatives)
        steps += [.atEnd, .accept]
    }

    /// Whether the pattern matches a complete path.
    func matches(_ path: Span<UInt8>) -> Bool {
        guard literals.mightOccur(in: path) else { return false }
        if !hasLoops {
            // Patterns without many stars take a few steps for each byte.
            var fuel = 64 + 8 * path.count
            if let result = attempt(0, path, 0, &fuel) { return result }
        }
        var search = GlobSearch(steps, length: path.count)
        return search.accepts(path)
    }

    // MARK: Compiling

    private mutating func emit(_ alternatives: [[GlobNode]]) {
        var exits: [Int] = []
        for (index, nodes) in alternatives.enumerated() {
            let isLast = index == alternatives.count - 1
            let fork = steps.count
            if !isLast { steps.append(.fork(fork + 1, 0)) }
            for node in nodes { emit(node) }
            if !isLast {
                exits.append(steps.count)
                steps.append(.jump(0))
                steps[fork] = .fork(fork + 1, steps.count)
            }
        }
        for exit in exits { steps[exit] = .jump(steps.count) }
    }

    private mutating func emit(_ node: GlobNode) {
        switch node {
        case .byte(let byte): steps.append(.byte(byte))
        case .anyCharacter: steps.append(.anyCharacter)
        case .set(let set): steps.append(.set(set))
        case .star: steps.append(.star)
        case .everything: steps.append(.everything)
        case .atStart: steps.append(.atStart)
        case .atEnd: steps.append(.atEnd)
        case .notAtEnd: steps.append(.notAtEnd)
        case .notAhead(let alternatives):
            let start = steps.count
            steps.append(.notAhead(0))
            emit(alternatives)
            steps.append(.accept)
            steps[start] = .notAhead(steps.count)
        case .group(let alternatives, .once): emit(alternatives)
        case .group(let alternatives, .optional): emit(alternatives + [[]])
        case .group(let alternatives, .oneOrMore):
            let start = steps.count
            emit(alternatives)
            steps.append(.fork(start, steps.count + 1))
            hasLoops = true
        case .group(let alternatives, .zeroOrMore):
            let start = steps.count
            steps.append(.fork(start + 1, 0))
            emit(alternatives)
            steps.append(.jump(start))
            steps[start] = .fork(start + 1, steps.count)
            hasLoops = true
        }
    }

    // MARK: Running

    /// Matches by backtracking from a step at a position; returns `nil` if it takes too many steps.
    private func attempt(_ start: Int, _ path: Span<UInt8>, _ from: Int, _ fuel: inout Int) -> Bool? {
        var step = start
        var position = from
        while true {
            fuel -= 1
            if fuel < 0 { return nil }
            switch steps[step] {
            case .star: return attemptStar(step + 1, path, position, &fuel, withinSegment: true)
            case .everything: return attemptStar(step + 1, path, position, &fuel, withinSegment: false)
            case .fork(let first, let second):
                guard let result = attempt(first, path, position, &fuel) else { return nil }
                if result { return true }
                step = second
                continue
            case .jump(let target):
                step = target
                continue
            case .notAhead(let next):
                guard let result = attempt(step + 1, path, position, &fuel) else { return nil }
                if result { return false }
                step = next
                continue
            case .accept: return true
            default:
                guard let next = steps[step].end(path, position) else { return false }
                position = next
            }
            step += 1
        }
    }

    /// Matches the steps after a star, which consumes more and more characters; `nil` if it takes too many steps.
    private func attemptStar(
        _ next: Int,
        _ path: Span<UInt8>,
        _ from: Int,
        _ fuel: inout Int,
        withinSegment: Bool
    ) -> Bool? {
        var position = from
        while true {
            guard let result = attempt(next, path, position, &fuel) else { return nil }
            if result { return true }
            guard position < path.count else { return false }
            if withinSegment, path[position] == UInt8(ascii: "/") { return false }
            position = GlobProgram.characterEnd(path, position)
        }
    }

    /// The position after the character at a position.
    static func characterEnd(_ path: Span<UInt8>, _ position: Int) -> Int {
        var end = position + 1
        while end < path.count, path[end] & 0b1100_0000 == 0b1000_0000 { end += 1 }
        return end
    }
}

extension GlobProgram.Step {
    /// The position after the match of a step without alternatives, or `nil` if it does not match.
    func end(_ path: Span<UInt8>, _ position: Int) -> Int? {
        switch self {
        case .byte(let byte): return position < path.count && path[position] == byte ? position + 1 : nil
        case .anyCharacter:
            guard position < path.count, path[position] != UInt8(ascii: "/") else { return nil }
            return GlobProgram.characterEnd(path, position)
        case .set(let set):
            guard position < path.count else { return nil }
            let end = GlobProgram.characterEnd(path, position)
            return set.contains(Self.scalar(path, position, end)) ? end : nil
        case .atStart: return position == 0 ? position : nil
        case .atEnd: return position == path.count ? position : nil
        case .notAtEnd: return position < path.count ? position : nil
        case .star, .everything, .fork, .jump, .notAhead, .accept: return position
        }
    }

    /// The scalar value of the character at a position; for invalid UTF-8, a value that is not in any set.
    private static func scalar(_ path: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
        let lead = path[start]
        if lead < 0x80 { return UInt32(lead) }
        var value = UInt32(lead) & (lead < 0xE0 ? 0x1F : lead < 0xF0 ? 0x0F : 0x07)
        for index in (start + 1)..<max(start + 1, end) { value = value << 6 | UInt32(path[index] & 0x3F) }
        return value
    }
}
