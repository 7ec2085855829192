package import PythonPackaging

/// A Python runtime of Lambda: its version, and what it runs on.
package struct PythonRuntime: Hashable, Sendable, Comparable {
    /// The major version of Python.
    package let major: Int
    /// The minor version of Python.
    package let minor: Int

    /// How Lambda stands to a runtime.
    package enum Support: Hashable, Sendable {
        /// Functions can be made with it.
        case current
        /// Lambda makes no new function with it any more.
        case deprecated
        /// It is newer than the runtimes that are listed here.
        case unlisted
    }

    /// What is known of a runtime.
    private struct Row {
        var minor: Int
        /// A patch version that Lambda's runtime has reached, for markers such as `python_full_version < '3.11.3'`.
        var patch: Int
        /// The N of its glibc 2.N.
        var glibcMinor: Int
        var support = Support.current
    }

    /// The runtimes of Python 3, oldest first; a new one needs a line.
    ///
    /// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>
    private static let rows = [
        Row(minor: 6, patch: 15, glibcMinor: 17, support: .deprecated),
        Row(minor: 7, patch: 16, glibcMinor: 17, support: .deprecated),
        Row(minor: 8, patch: 20, glibcMinor: 26),
        Row(minor: 9, patch: 23, glibcMinor: 26),
        Row(minor: 10, patch: 18, glibcMinor: 26),
        Row(minor: 11, patch: 13, glibcMinor: 26),
        Row(minor: 12, patch: 11, glibcMinor: 34),
        Row(minor: 13, patch: 5, glibcMinor: 34),
        Row(minor: 14, patch: 0, glibcMinor: 34),
    ]

    /// Python 2.7 alone, of the first Amazon Linux.
    private static let python2 = Row(minor: 7, patch: 18, glibcMinor: 17, support: .deprecated)

    /// The runtimes that functions can be made with, oldest first.
    package static let current = rows.filter { $0.support == .current }.map { PythonRuntime(3, $0.minor) }

    private init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads the name of a runtime such as `python3.12`.
    ///
    /// `nil` where this is no Python runtime that Lambda has or, by its name, may come to have.
    package init?(name: some StringProtocol) {
        guard name.hasPrefix("python") else { return nil }
        let numbers = name.dropFirst("python".count).split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 2, let major = Int(numbers[0]), let minor = Int(numbers[1]), minor >= 0,
            "python\(major).\(minor)" == name
        else { return nil }
        let isListed = major == 2 ? minor == Self.python2.minor : Self.rows.contains { $0.minor == minor }
        // Two digits will do for long, and the tags of a target grow with the number.
        let isLater = major == 3 && minor < 100 && minor > (Self.rows.last?.minor ?? 0)
        guard major == 2 || major == 3, isListed || isLater else { return nil }
        self.init(major, minor)
    }

    /// The name that `runtime` has.
    package var name: String { "python\(version)" }

    /// Major and minor version, such as `3.12`.
    package var version: String { "\(major).\(minor)" }

    /// What the names of compiled modules begin with after their first dot, such as `cpython-312`.
    ///
    /// Until 3.7 an `m` follows, as in the tags of wheels.
    package var moduleTag: String { "cpython-\(major)\(minor)" + (major == 3 && minor < 8 ? "m" : "") }

    /// The full version of the interpreter for markers.
    package var fullVersion: Version { Version(release: [major, minor, row.patch]) }

    /// The N of the runtime's glibc 2.N.
    package var glibcMinor: Int { row.glibcMinor }

    /// Whether some version of the runtime is among those that a project says it is for.
    ///
    /// Which patch version Lambda has changes from week to week, so that any later one will do too.
    package func satisfies(_ specifiers: VersionSpecifierSet) -> Bool {
        let newest = Version(release: [major, minor, 99])
        return specifiers.contains(fullVersion, preReleases: true) || specifiers.contains(newest, preReleases: true)
    }

    /// How Lambda stands to the runtime.
    package var support: Support { row.support }

    /// What a user should know who chose the runtime, `nil` where there is nothing to say.
    package var remark: String? {
        switch support {
        case .current: nil
        case .deprecated: "Lambda makes no new function with '\(name)' any more"
        case .unlisted:
            "runtime '\(name)' is newer than this program; it is taken to run on what '\(newestName)' runs on"
        }
    }

    private var newestName: String { Self.current.last?.name ?? "" }

    private var row: Row {
        if major == 2 { return Self.python2 }
        if let row = Self.rows.first(where: { $0.minor == minor }) { return row }
        // A later version runs on what the newest listed one runs on, until it gets a line.
        return Row(minor: minor, patch: 0, glibcMinor: Self.rows.last?.glibcMinor ?? 34, support: .unlisted)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

extension PythonRuntime: CustomStringConvertible {
    package var description: String { name }
}
