package import Diagnostics

/// The progress of a ``Bundler``.
package enum BundleProgress: Hashable, Sendable {
    /// A stage of the work, in the order in which data passes through them; stages overlap.
    package enum Stage: Hashable, Sendable, CaseIterable {
        case resolution, download, build, artifacts
    }

    /// What a stage has done so far.
    package struct StageState: Hashable, Sendable {
        /// The number of completed steps.
        package var completed: Int
        /// The number of steps that are known; the stage is working as long as it is greater than `completed`.
        package var total: Int
        /// The number of bytes that were read or written.
        package var bytes: Int64
        /// The number of bytes of all known steps; `nil` if it is not known.
        package var totalBytes: Int64?
        /// The names of the steps that are being worked on, the one that started first is first.
        package var names: [String]

        /// Describes what a stage has done.
        package init(completed: Int, total: Int, bytes: Int64 = 0, totalBytes: Int64? = nil, names: [String] = []) {
            self.completed = completed
            self.total = total
            self.bytes = bytes
            self.totalBytes = totalBytes
            self.names = names
        }
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

    /// A stage has started or completed steps, or has read or written bytes.
    case advanced(Stage, StageState)
    /// Servers have not responded for some time.
    case waiting(hosts: [String], Duration)
    /// A warning that the user should see even if the run fails later.
    case found(Diagnostic)
    /// A stage has finished.
    case finished(StageResult, duration: Duration)
}
