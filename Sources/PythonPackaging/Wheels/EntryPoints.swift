/// The entry points that a distribution declares in `entry_points.txt`.
///
/// See <https://packaging.python.org/en/latest/specifications/entry-points/>, "File format".
package struct EntryPoints: Hashable, Sendable {
    /// A single entry point, such as a console script.
    package struct EntryPoint: Hashable, Sendable {
        /// The group of the entry point, such as `console_scripts`.
        package let group: String
        /// The name, which is the command for a script.
        package let name: String
        /// The module to import.
        package let module: String
        /// The dotted path of an object in the module; empty for the module itself.
        package let attribute: String
    }

    /// All entry points, in the order of the file.
    package let all: [EntryPoint]

    /// Parses the file; invalid lines are ignored, as by installers.
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
            // Extras in brackets restrict an entry point, but installers create all scripts anyway.
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

    /// The entry points for which installers create commands.
    package var scripts: [EntryPoint] {
        all.filter { Self.scriptGroups.contains($0.group) && !$0.attribute.isEmpty }
    }

    /// The groups that do not contain commands, which other distributions search at run time.
    package var pluginGroups: Set<String> { Set(all.map(\.group)).subtracting(Self.scriptGroups) }

    /// The ``pluginGroups`` without those for tools that build, check, test or freeze programs.
    package var runtimeGroups: Set<String> {
        pluginGroups.filter { group in
            let family = String(group.prefix { $0 != "." })
            return !Self.toolGroups.contains(family)
        }
    }

    /// The groups of development tools, by their name up to the first dot.
    private static let toolGroups: Set<String> = [
        "array_api", "babel", "cython", "distutils", "flake8", "hypothesis", "mypy", "nose", "numba_extensions", "pip",
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
