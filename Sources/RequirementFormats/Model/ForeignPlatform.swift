import PythonPackaging

/// The systems that a distribution has files for, if Linux is not among them, such as Windows for `pywin32`.
package enum ForeignPlatform: Hashable, Sendable {
    /// All files are wheels for Windows.
    case windows
    /// All files are wheels for macOS.
    case macOS
    /// All files are wheels for Windows or macOS.
    case windowsAndMacOS

    /// Reads the platforms from the names of all files of a distribution; other files than wheels have no effect.
    ///
    /// Fails if there is a source distribution, a wheel for Linux or for any platform, or no wheel.
    package init?(fileNames: some Sequence<String>) {
        var systems: Set<ForeignPlatform> = []
        for fileName in fileNames {
            if SourceDistributionName(parsing: fileName) != nil { return nil }
            guard let wheel = try? WheelName(parsing: fileName) else { continue }
            for tag in wheel.tags {
                if tag.platform.hasPrefix("win") {
                    systems.insert(.windows)
                } else if tag.platform.hasPrefix("macosx") {
                    systems.insert(.macOS)
                } else {
                    return nil
                }
            }
        }
        guard let first = systems.first else { return nil }
        self = systems.count == 1 ? first : .windowsAndMacOS
    }

    /// The name of the systems.
    package var name: String {
        switch self {
        case .windows: "Windows"
        case .macOS: "macOS"
        case .windowsAndMacOS: "Windows and macOS"
        }
    }

    /// The marker that is true on these systems only (PEP 508).
    package var marker: String {
        switch self {
        case .windows: #"sys_platform == "win32""#
        case .macOS: #"sys_platform == "darwin""#
        case .windowsAndMacOS: #"sys_platform != "linux""#
        }
    }
}
