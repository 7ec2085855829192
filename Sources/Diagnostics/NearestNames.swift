/// Finds the names that a misspelt one most likely stands for.
package enum NearestNames {
    /// The candidates ordered by how near they are to a text, nearest first; of equally near ones in their own order.
    package static func ordered(_ candidates: some Sequence<String>, nearestTo text: String) -> [String] {
        let text = Array(text.lowercased().unicodeScalars)
        return candidates.enumerated()
            .map { (offset: $0.offset, name: $0.element, distance: distance(text, to: $0.element)) }
            .sorted { ($0.distance, $0.offset) < ($1.distance, $1.offset) }
            .map(\.name)
    }

    /// The candidate that a text most likely is a misspelling of, `nil` where none is near enough to name.
    ///
    /// Near enough is a third of the longer one's length, at least one change.
    package static func nearest(to text: String, among candidates: some Sequence<String>) -> String? {
        let scalars = Array(text.lowercased().unicodeScalars)
        guard let name = ordered(candidates, nearestTo: text).first else { return nil }
        return distance(scalars, to: name) <= max(1, max(scalars.count, name.unicodeScalars.count) / 3) ? name : nil
    }

    /// The number of inserted, removed, replaced or swapped neighbouring characters between two texts, case aside
    /// (Damerau–Levenshtein distance, optimal string alignment).
    private static func distance(_ left: [Unicode.Scalar], to name: String) -> Int {
        let right = Array(name.lowercased().unicodeScalars)
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
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
