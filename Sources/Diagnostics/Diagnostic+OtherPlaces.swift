extension Diagnostic {
    /// The most places that are named for one cause, the first included.
    private static let namedPlaces = 3

    /// A note with the places of a cause besides the first; empty if all are the same.
    ///
    /// - Parameter places: the places in the order in which they were found; each is named once.
    /// - Returns: one note such as `also at serverless.yml:9:5 and 4 more`, or none.
    package static func otherPlaces(of places: [SourcePlace?]) -> [String] {
        var distinct: [String] = []
        var seen: Set<SourcePlace> = []
        for case let place? in places where seen.insert(place).inserted { distinct.append("\(place)") }
        let others = distinct.dropFirst()
        guard !others.isEmpty else { return [] }
        let named = Array(others.prefix(namedPlaces - 1))
        let more = others.count - named.count
        return ["also at " + (more > 0 ? "\(named.joined(separator: ", ")) and \(more) more" : named.listed("and"))]
    }
}
