/// The version of the program.
enum Version {
    /// The version of this build (<https://semver.org>).
    static let current = "0.1.0"
}
