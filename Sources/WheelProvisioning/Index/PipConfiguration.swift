package import Diagnostics
package import HostSystem
import RequirementFormats

/// What pip's configuration files say, as one table of options.
///
/// <https://pip.pypa.io/en/stable/topics/configuration/>
package struct PipConfiguration: Sendable {
    /// Values by option, such as `index-url`; what `install` says counts before what `global` says.
    private(set) var values: [String: String] = [:]
    /// Warnings of files that are there and cannot be read.
    package private(set) var findings: [Diagnostic] = []

    /// Reads the files that pip reads: of the machine, the user, the virtual environment, and `PIP_CONFIG_FILE`.
    ///
    /// A file that cannot be read is none, as it is for pip; but what it says may be missed.
    package init(environment: Environment, files: any FileSystem) {
        // pip reads no file at all where its own is this one.
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
                        "pip's configuration does not count: \(error)",
                        category: .system,
                        notes: ["it may name indexes and credentials"],
                        help: ["let the user who runs this read '\(path)', or set PIP_CONFIG_FILE=/dev/null"]
                    )
                )
            }
        }
        values = (sections["global"] ?? [:]).merging(sections["install"] ?? [:]) { $1 }
    }

    /// An option's value: of its environment variable `PIP_…`, else of the files; `nil` where both are silent.
    package func value(_ option: String, environment: Environment) -> String? {
        let variable = "PIP_" + option.uppercased().replacing("-", with: "_")
        return environment.nonEmpty(variable) ?? values[option]
    }

    /// Reads the format of Python's `configparser`: sections, `key = value`, and indented lines that go on.
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
