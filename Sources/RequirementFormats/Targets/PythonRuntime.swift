import LambdaRuntimes
package import PythonPackaging

/// A Python runtime of Lambda: its version, and the system that it runs on.
package struct PythonRuntime: Hashable, Sendable, Comparable {
    /// The major version of Python.
    package let major: Int
    /// The minor version of Python.
    package let minor: Int

    /// The known facts about a runtime.
    private struct Row {
        var minor: Int
        /// A patch version that Lambda's runtime has reached, for markers such as `python_full_version < '3.11.3'`.
        var patch: Int
        /// The minor version of the system's glibc, which is N in glibc 2.N.
        var glibcMinor: Int
    }

    /// The systems of the runtimes of Python 3, oldest first; add a line for a new one of ``RuntimeCatalog``.
    ///
    /// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>
    private static let rows = [
        Row(minor: 6, patch: 15, glibcMinor: 17),
        Row(minor: 7, patch: 16, glibcMinor: 17),
        Row(minor: 8, patch: 20, glibcMinor: 26),
        Row(minor: 9, patch: 23, glibcMinor: 26),
        Row(minor: 10, patch: 18, glibcMinor: 26),
        Row(minor: 11, patch: 13, glibcMinor: 26),
        Row(minor: 12, patch: 11, glibcMinor: 34),
        Row(minor: 13, patch: 5, glibcMinor: 34),
        Row(minor: 14, patch: 0, glibcMinor: 34),
    ]

    /// The only runtime of Python 2, which runs on the first Amazon Linux.
    private static let python2 = Row(minor: 7, patch: 18, glibcMinor: 17)

    /// The runtimes with which Lambda creates functions, oldest first.
    package static let current = RuntimeCatalog.all.filter(\.isCurrent).compactMap { PythonRuntime(name: $0.name) }

    private init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads the name of a runtime such as `python3.12`.
    ///
    /// `nil` if Lambda does not have such a Python runtime, and will not have one with this name.
    package init?(name: some StringProtocol) {
        guard name.hasPrefix("python") else { return nil }
        let numbers = name.dropFirst("python".count).split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 2, let major = Int(numbers[0]), let minor = Int(numbers[1]), minor >= 0,
            "python\(major).\(minor)" == name
        else { return nil }
        guard RuntimeCatalog.exists("\(name)") else { return nil }
        self.init(major, minor)
    }

    /// The name of the runtime in a configuration, such as `python3.12`.
    package var name: String { "python\(version)" }

    /// The major and minor version, such as `3.12`.
    package var version: String { "\(major).\(minor)" }

    /// The tag in the file names of compiled modules, such as `cpython-312` in `_x.cpython-312-x86_64-linux-gnu.so`.
    ///
    /// Up to Python 3.7 an `m` follows, as in the tags of wheels.
    package var moduleTag: String { "cpython-\(major)\(minor)" + (major == 3 && minor < 8 ? "m" : "") }

    /// The full version of the interpreter for markers.
    package var fullVersion: Version { Version(release: [major, minor, row.patch]) }

    /// The minor version of the runtime's glibc, which is N in glibc 2.N.
    package var glibcMinor: Int { row.glibcMinor }

    /// Whether a patch version of the runtime satisfies the `requires-python` of a project.
    ///
    /// Lambda updates the patch version every few weeks, so later ones than the known one count too.
    package func satisfies(_ specifiers: VersionSpecifierSet) -> Bool {
        let newest = Version(release: [major, minor, 99])
        return specifiers.contains(fullVersion, preReleases: true) || specifiers.contains(newest, preReleases: true)
    }

    /// Whether the system of a runtime is known, and not assumed to be that of the newest known one.
    static func hasRow(_ runtime: Self) -> Bool { runtime.major == 2 || rows.contains { $0.minor == runtime.minor } }

    private var row: Row {
        if major == 2 { return Self.python2 }
        if let row = Self.rows.first(where: { $0.minor == minor }) { return row }
        // A later version is treated like the newest listed one until it gets a line.
        return Row(minor: minor, patch: 0, glibcMinor: Self.rows.last?.glibcMinor ?? 34)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

extension PythonRuntime: CustomStringConvertible {
    package var description: String { name }
}
