/// The names of one language's runtimes, which differ in one number.
struct RuntimeFamily: Sendable {
    /// The name before the number.
    let prefix: String
    /// The name after the number.
    var suffix = ""
    /// The number of the newest runtime that is known.
    let newest: Int
    /// The difference between the numbers of two versions.
    var step = 1

    /// The number of versions after the newest one that are expected; a larger number is more likely a slip.
    private static let expected = 2

    /// Whether a name is one of the next versions.
    func isLater(_ name: String) -> Bool { laterNames.contains(name) }

    /// The names of the next versions.
    var laterNames: [String] { (1...Self.expected).map { "\(prefix)\(newest + $0 * step)\(suffix)" } }
}
