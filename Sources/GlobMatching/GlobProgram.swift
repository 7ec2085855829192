/// A glob as a list of steps, which is run by trying one way after another.
struct GlobProgram: Sendable {
    private enum Step: Sendable {
        case byte(UInt8)
        case anyCharacter
        case set(GlobCharacterSet)
        case star
        case everything
        /// Goes on at the first place, and at the second where that fails.
        case fork(Int, Int)
        case jump(Int)
        /// Begins or repeats a loop: goes into it at the first place where the path has moved on since the last
        /// time, and past it at the second.
        case loop(Int, Int, slot: Int)
        /// Fails where the steps that follow succeed, else goes on at the place.
        case notAhead(Int)
        case atStart
        case atEnd
        case notAtEnd
        case accept
    }

    private var steps: [Step] = []
    private var loopCount = 0

    /// Compiles alternatives, of which one must match a whole path.
    init(_ alternatives: [[GlobNode]]) {
        emit(alternatives)
        steps += [.atEnd, .accept]
    }

    /// Whether a path is matched as a whole.
    func matches(_ path: Span<UInt8>) -> Bool {
        var loops = [Int](repeating: -1, count: loopCount)
        return run(0, path, 0, &loops)
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
            emit(alternatives)
            emitLoop(alternatives)
        case .group(let alternatives, .zeroOrMore): emitLoop(alternatives)
        }
    }

    private mutating func emitLoop(_ alternatives: [[GlobNode]]) {
        let start = steps.count
        let slot = loopCount
        loopCount += 1
        steps.append(.loop(start + 1, 0, slot: slot))
        emit(alternatives)
        steps.append(.jump(start))
        steps[start] = .loop(start + 1, steps.count, slot: slot)
    }

    // MARK: Running

    private func run(_ start: Int, _ path: Span<UInt8>, _ from: Int, _ loops: inout [Int]) -> Bool {
        var step = start
        var position = from
        while true {
            switch steps[step] {
            case .byte(let byte):
                guard position < path.count, path[position] == byte else { return false }
                position += 1
            case .anyCharacter:
                guard position < path.count, path[position] != UInt8(ascii: "/") else { return false }
                position = Self.next(path, position)
            case .set(let set):
                guard position < path.count else { return false }
                let end = Self.next(path, position)
                guard set.contains(Self.scalar(path, position, end)) else { return false }
                position = end
            case .star: return runStar(step + 1, path, position, &loops, withinSegment: true)
            case .everything: return runStar(step + 1, path, position, &loops, withinSegment: false)
            case .fork(let first, let second):
                if run(first, path, position, &loops) { return true }
                step = second
                continue
            case .jump(let target):
                step = target
                continue
            case .loop(let body, let exit, let slot):
                let before = loops[slot]
                if before != position {
                    loops[slot] = position
                    if run(body, path, position, &loops) { return true }
                    loops[slot] = before
                }
                step = exit
                continue
            case .notAhead(let next):
                if run(step + 1, path, position, &loops) { return false }
                step = next
                continue
            case .atStart: guard position == 0 else { return false }
            case .atEnd: guard position == path.count else { return false }
            case .notAtEnd: guard position < path.count else { return false }
            case .accept: return true
            }
            step += 1
        }
    }

    /// Tries the steps after a star with ever more characters in the star.
    private func runStar(
        _ next: Int,
        _ path: Span<UInt8>,
        _ from: Int,
        _ loops: inout [Int],
        withinSegment: Bool
    ) -> Bool {
        var position = from
        while true {
            if run(next, path, position, &loops) { return true }
            guard position < path.count else { return false }
            if withinSegment, path[position] == UInt8(ascii: "/") { return false }
            position = Self.next(path, position)
        }
    }

    /// The place after the character at a place.
    private static func next(_ path: Span<UInt8>, _ position: Int) -> Int {
        var end = position + 1
        while end < path.count, path[end] & 0b1100_0000 == 0b1000_0000 { end += 1 }
        return end
    }

    /// The scalar value of the character at a place; for bytes that are no UTF-8 some value that no set names.
    private static func scalar(_ path: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
        let lead = path[start]
        if lead < 0x80 { return UInt32(lead) }
        var value = UInt32(lead) & (lead < 0xE0 ? 0x1F : lead < 0xF0 ? 0x0F : 0x07)
        for index in (start + 1)..<max(start + 1, end) { value = value << 6 | UInt32(path[index] & 0x3F) }
        return value
    }
}
