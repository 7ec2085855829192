/// The progress of a ``Bundler``.
package enum BundleProgress: Hashable, Sendable {
    /// A stage of the work, in the order in which data passes through them.
    package enum Stage: Hashable, Sendable {
        case resolution, download, build, artifacts
    }

    /// The result of a stage.
    package enum StageResult: Hashable, Sendable {
        /// The requirements were resolved to this number of distinct wheels.
        case resolved(wheels: Int, targets: Int)
        /// Files were downloaded, with their total size in bytes.
        case downloaded(files: Int, bytes: Int64)
        /// Wheels were built from source.
        case built(wheels: Int)
        /// Artifacts were written, with their total size in bytes; those of an earlier run were unchanged.
        case wrote(artifacts: Int, bytes: Int64, unchanged: Int)
    }

    /// A stage has completed some of its steps, and has read or written a number of bytes.
    case advanced(Stage, completed: Int, total: Int, bytes: Int64)
    /// Servers have not responded for some time.
    case waiting(hosts: [String], Duration)
    /// A stage has finished.
    case finished(StageResult, duration: Duration)
}
