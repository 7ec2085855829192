package import PythonPackaging

/// The platform that distributions are chosen for: a Python runtime on an architecture.
package struct Target: Hashable, Sendable, Comparable {
    /// The Python runtime of the functions.
    package let runtime: PythonRuntime
    /// The instruction set of the functions.
    package let architecture: Architecture

    /// Makes the target of functions with a runtime and an architecture.
    package init(_ runtime: PythonRuntime, _ architecture: Architecture) {
        self.runtime = runtime
        self.architecture = architecture
    }

    /// The tags of wheels that work on the target, best first.
    package var supportedTags: SupportedTags {
        SupportedTags(
            pythonMajor: runtime.major,
            minor: runtime.minor,
            glibcMinor: runtime.glibcMinor,
            machine: architecture.machine
        )
    }

    /// The values of marker variables on the target.
    package var markerEnvironment: MarkerEnvironment {
        MarkerEnvironment(linuxPython: runtime.fullVersion, machine: architecture.machine)
    }

    /// The newest manylinux platform that works on the target, such as `manylinux_2_34_x86_64`.
    package var manylinuxPlatform: String { "manylinux_2_\(runtime.glibcMinor)_\(architecture.machine)" }

    /// The part of file names that names the target, such as `python3.12-arm64`.
    package var fileNamePart: String { "\(runtime.name)-\(architecture)" }

    /// The part of logical IDs that names the target, such as `Python312Arm64`.
    package var logicalIDPart: String {
        let architecture = self.architecture == .arm64 ? "Arm64" : "X8664"
        return "Python\(runtime.major)\(runtime.minor)\(architecture)"
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.runtime, left.architecture) < (right.runtime, right.architecture)
    }
}

extension Target: CustomStringConvertible {
    /// The name of the target in messages, such as `python3.12/arm64`.
    package var description: String { "\(runtime.name)/\(architecture)" }
}
