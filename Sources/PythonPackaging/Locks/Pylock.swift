/// A lock file as specified by PEP 751 (`pylock.toml`).
///
/// See <https://packaging.python.org/en/latest/specifications/pylock-toml/>.
package struct Pylock: Hashable, Sendable {
    /// The supported Python versions; empty for all.
    package var requiresPython = VersionSpecifierSet()
    /// The supported environments; empty for all.
    package var environments: [Marker] = []
    /// The extras that can be selected.
    package var extras: [String] = []
    /// The dependency groups that can be selected.
    package var dependencyGroups: [String] = []
    /// The dependency groups to install if none are selected.
    package var defaultGroups: [String] = []
    /// The locked packages, in the order of the file.
    package var packages: [Package] = []

    /// A locked package with its files.
    package struct Package: Hashable, Sendable {
        /// The name of the package.
        package var name: PackageName
        /// The version, or `nil` if only the source determines it.
        package var version: Version?
        /// The condition for installing the package, or `nil` for always.
        package var marker: Marker?
        /// The supported Python versions; empty for all.
        package var requiresPython = VersionSpecifierSet()
        /// The URL of the index that the files are from, or `nil` if it is not recorded.
        package var index: String?
        /// The wheels in the index.
        package var wheels: [File] = []
        /// The source distribution in the index, if any.
        package var sourceDistribution: File?
        /// An archive that is not from an index, if any.
        package var archive: File?
        /// A local directory, if any.
        package var directory: Directory?
        /// A version control repository, if any.
        package var repository: Repository?
        /// The line of the lock file where the package starts, from 1.
        package var line: Int
    }

    /// A locked wheel, source distribution or archive.
    package struct File: Hashable, Sendable {
        /// The file name, as recorded or as in the URL or path.
        package var name: String
        /// The URL, or `nil` if the lock file has a path.
        package var url: String?
        /// The path, absolute or relative to the lock file.
        package var path: String?
        /// The size in bytes, if recorded.
        package var sizeBytes: Int?
        /// The digests in hexadecimal, by algorithm.
        package var hashes: [String: String] = [:]
        /// The directory of the project inside the archive, or `nil` for the root.
        package var subdirectory: String?
    }

    /// A locked local directory.
    package struct Directory: Hashable, Sendable {
        /// The path, absolute or relative to the lock file.
        package var path: String
        /// Whether the project is installed in editable mode; artifacts contain a copy in either case.
        package var isEditable: Bool
        /// The directory of the project inside `path`, or `nil` for its root.
        package var subdirectory: String?
    }

    /// A locked version control repository.
    package struct Repository: Hashable, Sendable {
        /// The version control system, such as `git`.
        package var type: String
        /// The URL, or `nil` if the lock file has a path.
        package var url: String?
        /// The path, absolute or relative to the lock file.
        package var path: String?
        /// The full commit ID.
        package var commit: String
        /// The directory of the project inside the repository, or `nil` for its root.
        package var subdirectory: String?
    }

    /// An error in a lock file, with its position.
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The line of the error, from 1.
        package let line: Int
        /// The column of the error, from 1.
        package let column: Int
        /// The problem, with the offending value.
        package let reason: Reason

        /// The kinds of errors.
        package enum Reason: Error, Hashable, Sendable {
            case toml(String)
            /// A required key is missing.
            case missing(String)
            /// A value has the wrong type.
            case type(key: String, found: String)
            /// The version of the lock file format is not supported.
            case version(String)
            case name(PackageName.ParseError)
            case packageVersion(Version.ParseError)
            case specifier(VersionSpecifier.ParseError)
            case marker(Marker.ParseError)
        }

        package var description: String {
            switch reason {
            case .toml(let message): message
            case .missing(let key): "missing key '\(key)'"
            case .type(let key, let found): "unexpected type of '\(key)': \(found)"
            case .version(let version): "unsupported lock version '\(version)' (expected 1.0)"
            case .name(let cause): "\(cause)"
            case .packageVersion(let cause): "\(cause)"
            case .specifier(let cause): "\(cause)"
            case .marker(let cause): "\(cause)"
            }
        }
    }
}
