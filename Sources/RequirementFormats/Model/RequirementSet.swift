package import Diagnostics
package import HostSystem
package import PythonPackaging

/// What a requirement source asks for, read and checked, the same for every target.
package struct RequirementSet: Hashable, Sendable {
    /// What the requirements were read from.
    package var origin: RequirementSource
    /// What is asked for.
    package var content: Content
    /// Where distributions are looked for, and which of them may be taken.
    package var indexes: IndexOptions
    /// What the user should know: warnings and notes, never errors.
    package var diagnostics: [Diagnostic]
    /// Every file that was read, absolute, in the order of reading; their content decides the set.
    package var files: [LocalPath]
    /// The versions of Python that the project is for, `nil` where it does not say.
    package var python: PythonRequirement?

    /// Requirements that are to be resolved, or distributions that a lock names exactly.
    package enum Content: Hashable, Sendable {
        case requirements(RequirementList)
        case lock(Lock)
    }

    /// Makes a set.
    package init(
        origin: RequirementSource,
        content: Content,
        indexes: IndexOptions = IndexOptions(),
        diagnostics: [Diagnostic] = [],
        files: [LocalPath] = []
    ) {
        self.origin = origin
        self.content = content
        self.indexes = indexes
        self.diagnostics = diagnostics
        self.files = files
    }

    /// Whether nothing is asked for, whatever the target.
    package var isEmpty: Bool {
        switch content {
        case .requirements(let demands): demands.requirements.isEmpty
        case .lock(let lock): lock.packages.isEmpty
        }
    }
}

/// The versions of Python that a project says it is for.
package struct PythonRequirement: Hashable, Sendable {
    /// Sets of which a version must satisfy one; empty for any version.
    package var alternatives: [VersionSpecifierSet]
    /// Where the project says so.
    package var place: SourcePlace

    /// Makes a demand.
    package init(_ alternatives: [VersionSpecifierSet], at place: SourcePlace) {
        self.alternatives = alternatives
        self.place = place
    }

    /// Checks that a target is among them.
    ///
    /// - Parameter target: What the project is installed for.
    /// - Throws: A `DiagnosticError` that names both.
    package func check(for target: Target) throws(DiagnosticError) {
        guard !alternatives.isEmpty, !alternatives.contains(where: target.runtime.satisfies) else { return }
        throw DiagnosticError(
            "the project is for Python \(alternatives.map(\.description).joined(separator: " || ")), not for '\(target)'",
            category: .resolution,
            at: place,
            help: [
                "choose another runtime for the function, or let the project be for Python \(target.runtime.version) too"
            ]
        )
    }
}

/// Which file a requirement set comes from, and of which kind it is.
package struct RequirementSource: Hashable, Sendable {
    /// Kinds of requirement source.
    package enum Kind: String, Hashable, Sendable {
        case requirementsFile = "requirements file"
        case pipfileLock = "Pipfile.lock"
        case pipfile = "Pipfile"
        case poetryLock = "poetry.lock"
        case poetryProject = "Poetry project"
        case uvLock = "uv.lock"
        case pylock = "pylock.toml"
        case pyproject = "pyproject.toml"
    }

    /// The kind of source.
    package let kind: Kind
    /// The file, absolute.
    package let file: LocalPath
    /// The file as a user names it: relative to the service's folder where it lies in it.
    package let displayName: String
    /// The folder of the workspace's member that is meant, absolute; `nil` for the project in the file's own folder.
    package let member: LocalPath?

    /// Makes an origin.
    package init(kind: Kind, file: LocalPath, displayName: String, member: LocalPath? = nil) {
        self.kind = kind
        self.file = file
        self.displayName = displayName
        self.member = member
    }

    /// The folder of the file, to which relative paths in it relate.
    package var folder: LocalPath { file.parent }
}

/// Requirements and constraints that are to be resolved.
package struct RequirementList: Hashable, Sendable {
    /// What is to be installed, with all that it needs.
    package var requirements: [RequirementEntry]
    /// What limits versions without asking for anything.
    package var constraints: [RequirementEntry]

    /// Makes demands.
    package init(_ requirements: [RequirementEntry] = [], constraints: [RequirementEntry] = []) {
        self.requirements = requirements
        self.constraints = constraints
    }
}

/// One requirement with what its file says of it.
package struct RequirementEntry: Hashable, Sendable {
    /// What is required.
    package enum Subject: Hashable, Sendable {
        /// A distribution by its name, of an index or at an address (`https:`, `git+https:` … but not `file:`).
        case named(Requirement)
        /// An archive or repository at an address whose distribution is not named.
        case address(String, extras: [PackageName], marker: Marker?)
        /// A folder or an archive on this machine, absolute; `name` where the source tells it.
        case local(LocalPath, name: PackageName?, extras: [PackageName], marker: Marker?)
    }

    /// What is required.
    package var subject: Subject
    /// Hashes, any of which the distribution's file must have; empty where none are given.
    package var hashes: [FileHash]
    /// Where it is written.
    package var place: SourcePlace?
    /// Whether it was asked for as editable; it is installed as a copy all the same.
    package var isEditable: Bool

    /// Makes a requirement.
    package init(_ subject: Subject, hashes: [FileHash] = [], place: SourcePlace? = nil, isEditable: Bool = false) {
        self.subject = subject
        self.hashes = hashes
        self.place = place
        self.isEditable = isEditable
    }

    /// The distribution's name, `nil` where only building it tells.
    package var name: PackageName? {
        switch subject {
        case .named(let requirement): requirement.name
        case .address: nil
        case .local(_, let name, _, _): name
        }
    }

    /// When it counts, `nil` for always.
    package var marker: Marker? {
        switch subject {
        case .named(let requirement): requirement.marker
        case .address(_, _, let marker), .local(_, _, _, let marker): marker
        }
    }
}

/// A hash that a file must have, by its algorithm.
package struct FileHash: Hashable, Sendable, Comparable {
    /// The algorithm as `hashlib` names it, in lower case: `sha256`.
    package let algorithm: String
    /// The digest in lower-case hexadecimal digits.
    package let digest: String

    /// Makes a hash.
    package init(algorithm: String, digest: String) {
        self.algorithm = algorithm.lowercased()
        self.digest = digest.lowercased()
    }

    /// Reads `algorithm:digest`, or `algorithm=digest` as addresses have it.
    ///
    /// `nil` where this is no hash of a kind that pip takes (sha256, sha384, sha512) or has the wrong length.
    package init?(_ text: some StringProtocol) {
        guard let separator = text.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
        self.init(
            algorithm: String(text[..<separator]),
            digest: String(text[text.index(after: separator)...])
        )
        let lengths = ["sha256": 64, "sha384": 96, "sha512": 128]
        guard lengths[algorithm] == digest.utf8.count, digest.utf8.allSatisfy(Self.isHexadecimal) else { return nil }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.algorithm, left.digest) < (right.algorithm, right.digest)
    }
}

extension FileHash: CustomStringConvertible {
    package var description: String { "\(algorithm):\(digest)" }
}
