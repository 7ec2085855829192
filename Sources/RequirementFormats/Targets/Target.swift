package import PythonPackaging

/// What distributions are chosen for: a Python runtime on an architecture.
package struct Target: Hashable, Sendable, Comparable {
    /// The runtime.
    package let runtime: PythonRuntime
    /// The architecture.
    package let architecture: Architecture

    /// Makes a target.
    package init(_ runtime: PythonRuntime, _ architecture: Architecture) {
        self.runtime = runtime
        self.architecture = architecture
    }

    /// The tags of wheels that load there, best first.
    package var supportedTags: SupportedTags {
        SupportedTags(
            pythonMajor: runtime.major,
            minor: runtime.minor,
            glibcMinor: runtime.glibcMinor,
            machine: architecture.machine
        )
    }

    /// The values that markers have there.
    package var markerEnvironment: MarkerEnvironment {
        MarkerEnvironment(linuxPython: runtime.fullVersion, machine: architecture.machine)
    }

    /// The newest manylinux platform that loads there, such as `manylinux_2_34_x86_64`.
    package var manylinuxPlatform: String { "manylinux_2_\(runtime.glibcMinor)_\(architecture.machine)" }

    /// The form that names of files hold, such as `python3.12-arm64`.
    package var fileNamePart: String { "\(runtime.name)-\(architecture)" }

    /// The form that logical ids of resources hold, such as `Python312Arm64`.
    package var logicalIDPart: String {
        let architecture = self.architecture == .arm64 ? "Arm64" : "X8664"
        return "Python\(runtime.major)\(runtime.minor)\(architecture)"
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.runtime, left.architecture) < (right.runtime, right.architecture)
    }
}

extension Target: CustomStringConvertible {
    /// The form that messages show, such as `python3.12/arm64`.
    package var description: String { "\(runtime.name)/\(architecture)" }
}
