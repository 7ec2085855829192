extension [String] {
    /// The names as a list in a sentence, such as `a, b or c`.
    ///
    /// - Parameter word: the word before the last name, such as `and`.
    /// - Returns: the list; empty if there are no names.
    package func listed(_ word: String) -> String {
        guard let last, count > 1 else { return first ?? "" }
        return "\(dropLast().joined(separator: ", ")) \(word) \(last)"
    }
}
