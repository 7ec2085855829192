package import Diagnostics
package import HostSystem
import RequirementFormats

/// The options in the configuration files of pip
/// (<https://pip.pypa.io/en/stable/topics/configuration/>).
package struct PipConfiguration: Sendable {
    /// The values by option, such as `index-url`; those of `[install]` override those of `[global]`.
    private(set) var values: [String: String] = [:]
    /// The warnings about files that exist but cannot be read.
    package private(set) var findings: [Diagnostic] = []

    /// Reads the files that pip reads: of the system, the user, the virtual environment, and `PIP_CONFIG_FILE`.
    ///
    /// A file that cannot be read is skipped with a warning, as in pip.
    package init(environment: Environment, files: any FileSystem) {
        // With this value pip reads no file at all.
        let own = environment.nonEmpty("PIP_CONFIG_FILE")
        guard own != "/dev/null" else { return }
        var paths = (environment.nonEmpty("XDG_CONFIG_DIRS") ?? "/etc/xdg").split(separator: ":")
            .map { LocalPath(String($0)) / "pip/pip.conf" }
        #if os(macOS)
        paths.append("/Library/Application Support/pip/pip.conf")
        #endif
        paths.append("/etc/pip.conf")
        if let home = environment.home {
            paths.append(home / ".pip/pip.conf")
            paths.append(
                (environment.nonEmpty("XDG_CONFIG_HOME").map { LocalPath($0) } ?? home / ".config") / "pip/pip.conf"
            )
            #if os(macOS)
            paths.append(home / "Library/Application Support/pip/pip.conf")
            #endif
        }
        if let folder = environment.nonEmpty("VIRTUAL_ENV") { paths.append(LocalPath(folder) / "pip.conf") }
        if let own { paths.append(LocalPath(own)) }
        var sections: [String: [String: String]] = [:]
        for path in paths {
            do throws(FileSystemError) {
                guard let bytes = try files.readIfPresent(path) else { continue }
                Self.read(String(decoding: bytes, as: UTF8.self), into: &sections)
            } catch {
                findings.append(
                    Diagnostic(
                        .warning,
                        .unreadablePipConfiguration,
                        "ignoring pip's configuration: \(error)",
                        notes: ["it may contain indexes and credentials"],
                        help: [
                            "give the current user permission to read '\(path)', or set PIP_CONFIG_FILE=/dev/null"
                        ]
                    )
                )
            }
        }
        values = (sections["global"] ?? [:]).merging(sections["install"] ?? [:]) { $1 }
    }

    /// The value of an option, from its environment variable `PIP_…` or the files; `nil` if it is not set.
    package func value(_ option: String, environment: Environment) -> String? {
        let variable = "PIP_" + option.uppercased().replacing("-", with: "_")
        return environment.nonEmpty(variable) ?? values[option]
    }

    /// Parses the format of Python's `configparser`: sections, `key = value`, and indented continuation lines.
    private static func read(_ text: String, into sections: inout [String: [String: String]]) {
        var section = ""
        var key: String?
        for line in text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
            let content = line.trimmingBlanks
            guard let first = content.first, first != "#", first != ";" else { continue }
            if let known = key, line.first?.isWhitespace == true {
                sections[section, default: [:]][known, default: ""] += " " + content
            } else if first == "[", let end = content.firstIndex(of: "]") {
                section = String(content[content.index(after: content.startIndex)..<end])
                key = nil
            } else if let separator = content.firstIndex(where: { $0 == "=" || $0 == ":" }) {
                let name = content[..<separator].trimmingBlanks.lowercased().replacing("_", with: "-")
                sections[section, default: [:]][name] = content[content.index(after: separator)...].trimmingBlanks
                key = name
            }
        }
    }
}
