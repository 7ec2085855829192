/// Finds which of many globs a path might match, in time that does not grow with their number.
///
/// Nearly every glob contains a literal, such as `/tests/`, that each match contains. One pass over a path finds the
/// literals of all globs in it (Aho and Corasick, 1975); only the globs of these literals have to be matched.
package struct GlobIndex: Sendable {
    private var literals = LiteralSearch()
    /// The globs that a path may match without any literal.
    private var always: GlobCandidates

    /// Creates an index of globs, which are known by their positions.
    package init(_ globs: [Glob]) {
        always = GlobCandidates(count: globs.count)
        for (number, glob) in globs.enumerated() {
            guard let required = glob.requiredLiterals else {
                always.insert(number)
                continue
            }
            for literal in required { literals.add(literal, of: number) }
        }
        literals.finish()
    }

    /// The globs that might match a path; all others do not match it, nor with a slash at its end.
    package func candidates(for path: [UInt8]) -> GlobCandidates {
        var candidates = always
        literals.search(path) { candidates.insert($0) }
        return candidates
    }
}

/// A set of globs, by their positions; a sequence from the last to the first, as the last match decides.
package struct GlobCandidates: Sequence, Sendable {
    private var words: [UInt64]

    init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    mutating func insert(_ number: Int) { words[number >> 6] |= 1 << UInt64(number & 63) }

    /// Visits the positions in descending order.
    package struct Iterator: IteratorProtocol {
        fileprivate var words: [UInt64]

        /// The next lower position, or `nil` at the end.
        package mutating func next() -> Int? {
            while let word = words.last {
                guard word != 0 else {
                    words.removeLast()
                    continue
                }
                let bit = 63 - word.leadingZeroBitCount
                words[words.count - 1] &= ~(1 << UInt64(bit))
                return (words.count - 1) << 6 | bit
            }
            return nil
        }
    }

    /// An iterator over the positions in descending order.
    package func makeIterator() -> Iterator { Iterator(words: words) }
}

/// An automaton that finds all of many literals in one pass over a string.
private struct LiteralSearch: Sendable {
    /// A state: the longest end of the text so far with which a literal begins.
    private struct State: Sendable {
        let byte: UInt8
        var firstChild: Int32 = 0
        var nextSibling: Int32 = 0
        /// The state of the longest proper end of this one's text.
        var fallback: Int32 = 0
        /// The nearest state, this one or one of its fallbacks, at which literals end; 0 if there are none.
        var ending: Int32 = 0
        /// The numbers of the literals that end here.
        var numbers: [Int] = []
    }

    private var states = [State(byte: 0)]
    /// The children of the first state, by their bytes; most bytes of a path lead to no other state.
    private var roots = [Int32](repeating: 0, count: 256)

    mutating func add(_ literal: [UInt8], of number: Int) {
        var state: Int32 = 0
        for byte in literal {
            if let next = child(of: state, byte) {
                state = next
                continue
            }
            let next = Int32(states.count)
            var new = State(byte: byte)
            if state == 0 { roots[Int(byte)] = next } else { new.nextSibling = states[Int(state)].firstChild }
            states.append(new)
            states[Int(state)].firstChild = next
            state = next
        }
        states[Int(state)].numbers.append(number)
    }

    /// Computes fallbacks, from the shortest texts to the longest.
    mutating func finish() {
        var queue = roots.filter { $0 != 0 }
        var position = 0
        for state in queue { states[Int(state)].ending = states[Int(state)].numbers.isEmpty ? 0 : state }
        while position < queue.count {
            let state = queue[position]
            position += 1
            var next = states[Int(state)].firstChild
            while next != 0 {
                let target = step(from: states[Int(state)].fallback, states[Int(next)].byte)
                states[Int(next)].fallback = target
                states[Int(next)].ending = states[Int(next)].numbers.isEmpty ? states[Int(target)].ending : next
                queue.append(next)
                next = states[Int(next)].nextSibling
            }
        }
    }

    /// Calls a closure with the number of each literal that a string, or the string with a slash after it, contains.
    func search(_ text: [UInt8], found: (Int) -> Void) {
        var state: Int32 = 0
        for byte in text {
            state = step(from: state, byte)
            report(state, found)
        }
        report(step(from: state, UInt8(ascii: "/")), found)
    }

    private func report(_ state: Int32, _ found: (Int) -> Void) {
        var ending = states[Int(state)].ending
        while ending != 0 {
            for number in states[Int(ending)].numbers { found(number) }
            ending = states[Int(states[Int(ending)].fallback)].ending
        }
    }

    private func step(from start: Int32, _ byte: UInt8) -> Int32 {
        var state = start
        while state != 0 {
            if let next = child(of: state, byte) { return next }
            state = states[Int(state)].fallback
        }
        return roots[Int(byte)]
    }

    private func child(of state: Int32, _ byte: UInt8) -> Int32? {
        if state == 0 { return roots[Int(byte)] == 0 ? nil : roots[Int(byte)] }
        var next = states[Int(state)].firstChild
        while next != 0, states[Int(next)].byte != byte { next = states[Int(next)].nextSibling }
        return next == 0 ? nil : next
    }
}
