/// The entry points that a distribution declares in `entry_points.txt`
/// (<https://packaging.python.org/en/latest/specifications/entry-points/>, "File format").
package struct EntryPoints: Hashable, Sendable {
    /// One entry point.
    package struct EntryPoint: Hashable, Sendable {
        /// The group, such as `console_scripts`.
        package let group: String
        /// The name; of a script the name of the command.
        package let name: String
        /// The module that is imported.
        package let module: String
        /// The object in the module, with dots; empty for the module itself.
        package let attribute: String
    }

    /// All entry points in the order of the file.
    package let all: [EntryPoint]

    /// Reads the file; lines that are no entry points are left out, as installers do.
    package init(parsing text: String) {
        var group = ""
        var found: [EntryPoint] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let line = Self.trim(line)
            if line.hasPrefix("["), line.hasSuffix("]") {
                group = String(Self.trim(line.dropFirst().dropLast()))
                continue
            }
            guard !line.hasPrefix("#"), !line.hasPrefix(";"), let equals = line.firstIndex(of: "=") else { continue }
            let name = Self.trim(line[..<equals])
            // Extras in brackets say when an entry point counts; installers make scripts of them all.
            let reference = Self.trim(line[line.index(after: equals)...].prefix { $0 != "[" })
            let parts = reference.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard !name.isEmpty, let module = parts.first.map(Self.trim), !module.isEmpty else { continue }
            let attribute = parts.count > 1 ? String(Self.trim(parts[1])) : ""
            found.append(
                EntryPoint(group: group, name: String(name), module: String(module), attribute: attribute)
            )
        }
        all = found
    }

    /// Those of which an installer makes commands.
    package var scripts: [EntryPoint] {
        all.filter { Self.scriptGroups.contains($0.group) && !$0.attribute.isEmpty }
    }

    /// The groups besides those of commands: what other distributions look for at run time.
    package var pluginGroups: Set<String> { Set(all.map(\.group)).subtracting(Self.scriptGroups) }

    /// The groups of ``pluginGroups`` without those that only tools look for which build, check, test or freeze programs.
    package var runtimeGroups: Set<String> {
        pluginGroups.filter { group in
            let family = String(group.prefix { $0 != "." })
            return !Self.toolGroups.contains(family)
        }
    }

    /// Names of groups, up to their first dot.
    private static let toolGroups: Set<String> = [
        "array_api", "cython", "distutils", "flake8", "hypothesis", "mypy", "nose", "numba_extensions", "pip",
        "pkg_config", "poetry", "pyinstaller40", "pylint", "pytest11", "setuptools", "setuptools_scm", "sphinx",
        "tox", "virtualenv", "zest", "egg_info",
    ]

    private static let scriptGroups: Set<String> = ["console_scripts", "gui_scripts"]

    private static func trim(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
