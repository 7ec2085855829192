/// What a ``Bundler`` tells while it works.
package enum BundleProgress: Sendable {
    /// A part of the work, in the order of the data.
    package enum Stage: Hashable, Sendable {
        case resolution, download, build, artifacts
    }

    /// A stage has so many steps done out of so many, and has read or written so many bytes.
    case advanced(Stage, completed: Int, total: Int, bytes: Int64)
    /// Servers have not answered for so long.
    case waiting(hosts: [String], Duration)
    /// A stage is done: what it did, in a few words, such as `22 wheels, 84 MB`.
    case finished(Stage, summary: String, duration: Duration)
}
