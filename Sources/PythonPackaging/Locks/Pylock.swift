/// A lock file of PEP 751, `pylock.toml`.
///
/// See <https://packaging.python.org/en/latest/specifications/pylock-toml/>.
package struct Pylock: Hashable, Sendable {
    /// The Python versions that it is for, empty for any.
    package var requiresPython = VersionSpecifierSet()
    /// The environments that it is for, empty for any.
    package var environments: [Marker] = []
    /// The extras that its markers may ask for.
    package var extras: [String] = []
    /// The dependency groups that its markers may ask for.
    package var dependencyGroups: [String] = []
    /// The groups that are installed unless others are asked for.
    package var defaultGroups: [String] = []
    /// The packages, in order.
    package var packages: [Package] = []

    /// One package of a lock.
    package struct Package: Hashable, Sendable {
        /// Its name.
        package var name: PackageName
        /// Its version, `nil` where its source tells it.
        package var version: Version?
        /// When it is installed, `nil` for always.
        package var marker: Marker?
        /// The Python versions that it is for, empty for any.
        package var requiresPython = VersionSpecifierSet()
        /// The index that it comes from, `nil` where the lock does not say.
        package var index: String?
        /// Its wheels.
        package var wheels: [File] = []
        /// Its source distribution.
        package var sourceDistribution: File?
        /// An archive that is neither of an index.
        package var archive: File?
        /// A folder on this machine.
        package var directory: Directory?
        /// A repository.
        package var repository: Repository?
        /// The line of the lock where it begins, from 1.
        package var line: Int
    }

    /// A file that is locked.
    package struct File: Hashable, Sendable {
        /// Its name, of the lock or of its address.
        package var name: String
        /// Its address, `nil` where the lock gives a path.
        package var url: String?
        /// Its path, relative to the lock unless absolute.
        package var path: String?
        /// Its size in bytes.
        package var sizeBytes: Int?
        /// Digests by algorithm.
        package var hashes: [String: String] = [:]
        /// The folder inside it that is the project, `nil` for its root.
        package var subdirectory: String?
    }

    /// A folder that is locked.
    package struct Directory: Hashable, Sendable {
        /// Its path, relative to the lock unless absolute.
        package var path: String
        /// Whether an installer leaves it in place; an artifact holds a copy in either case.
        package var isEditable: Bool
        /// The folder inside it that is the project, `nil` for its root.
        package var subdirectory: String?
    }

    /// A repository that is locked.
    package struct Repository: Hashable, Sendable {
        /// The version control system, such as `git`.
        package var type: String
        /// Its address, `nil` where the lock gives a path.
        package var url: String?
        /// Its path, relative to the lock unless absolute.
        package var path: String?
        /// The full identifier of the commit.
        package var commit: String
        /// The folder inside it that is the project, `nil` for its root.
        package var subdirectory: String?
    }

    /// Why a document is no lock, and where.
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The line of the fault, from 1.
        package let line: Int
        /// The column of the fault, from 1.
        package let column: Int
        /// What was found.
        package let reason: Reason

        /// Kinds of fault.
        package enum Reason: Error, Hashable, Sendable {
            case toml(String)
            /// A key is missing.
            case missing(String)
            /// A value has another type than it must have.
            case type(key: String, found: String)
            /// The lock is of a version that is not known here.
            case version(String)
            case name(PackageName.ParseError)
            case packageVersion(Version.ParseError)
            case specifier(VersionSpecifier.ParseError)
            case marker(Marker.ParseError)
        }

        package var description: String {
            switch reason {
            case .toml(let message): message
            case .missing(let key): "'\(key)' is missing"
            case .type(let key, let found): "'\(key)' is \(found)"
            case .version(let version): "lock version '\(version)' is not known; 1.0 is"
            case .name(let cause): "\(cause)"
            case .packageVersion(let cause): "\(cause)"
            case .specifier(let cause): "\(cause)"
            case .marker(let cause): "\(cause)"
            }
        }
    }
}
