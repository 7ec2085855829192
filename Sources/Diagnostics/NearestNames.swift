/// Finds known names that are similar to an unknown one.
package enum NearestNames {
    /// The maximum length in characters to compare, as the time is proportional to the product of both lengths.
    private static let comparedLength = 128

    /// The candidates sorted by their similarity to a name; equally similar ones keep their order.
    package static func ordered(_ candidates: some Sequence<String>, nearestTo text: String) -> [String] {
        let text = comparable(text)
        return candidates.enumerated()
            .map { (offset: $0.offset, name: $0.element, distance: distance(text, to: comparable($0.element))) }
            .sorted { ($0.distance, $0.offset) < ($1.distance, $1.offset) }
            .map(\.name)
    }

    /// The candidate that is most similar to a name, or `nil` if none is similar enough to suggest.
    ///
    /// The number of changes can be at most a third of the longer name, or one.
    package static func nearest(to text: String, among candidates: some Sequence<String>) -> String? {
        let scalars = comparable(text)
        guard scalars.count < comparedLength else { return nil }
        var best: (name: String, distance: Int, length: Int)?
        for candidate in candidates {
            let name = comparable(candidate)
            // The difference of the lengths is the minimum number of changes.
            guard abs(name.count - scalars.count) < best?.distance ?? Int.max else { continue }
            let distance = distance(scalars, to: name)
            if distance < best?.distance ?? Int.max { best = (candidate, distance, name.count) }
        }
        guard let best else { return nil }
        return best.distance <= max(1, max(scalars.count, best.length) / 3) ? best.name : nil
    }

    /// The part of a name to compare, in lower case.
    private static func comparable(_ text: String) -> [Unicode.Scalar] {
        let beginning = String(String.UnicodeScalarView(text.unicodeScalars.prefix(comparedLength)))
        return Array(beginning.lowercased().unicodeScalars.prefix(comparedLength))
    }

    /// The help for an unknown name, which suggests the nearest candidate.
    ///
    /// - Parameters:
    ///   - text: the unknown name.
    ///   - candidates: the known names.
    ///   - fallback: the help if no candidate is similar enough.
    /// - Returns: one line of help, or the fallback.
    package static func help(
        for text: String,
        among candidates: some Sequence<String>,
        else fallback: [String] = []
    ) -> [String] {
        nearest(to: text, among: candidates).map { [question($0)] } ?? fallback
    }

    /// The question whether a name was meant, as help of a diagnostic.
    package static func question(_ name: String) -> String { "did you mean '\(name)'?" }

    /// The Damerau–Levenshtein distance of two names (optimal string alignment).
    ///
    /// It counts inserted, removed and replaced characters, and swaps of adjacent ones.
    private static func distance(_ left: [Unicode.Scalar], to right: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for column in right.indices {
                let isSame = left[row] == right[column]
                var best = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
