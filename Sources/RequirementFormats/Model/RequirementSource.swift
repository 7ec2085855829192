package import HostSystem

/// A file that says which distributions a service needs, and its format.
package struct RequirementSource: Hashable, Sendable {
    /// The formats of requirement sources.
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

    /// The format of the file.
    package let kind: Kind
    /// The path of the file, absolute.
    package let file: LocalPath
    /// The path in messages: relative to the service's directory if the file is in it, otherwise absolute.
    package let displayName: String
    /// The directory of the workspace member to install, absolute; `nil` for the project next to the file.
    package let member: LocalPath?

    /// Makes a source of a file and its format.
    package init(kind: Kind, file: LocalPath, displayName: String, member: LocalPath? = nil) {
        self.kind = kind
        self.file = file
        self.displayName = displayName
        self.member = member
    }

    /// The directory of the file, to which paths in the file are relative.
    package var folder: LocalPath { file.parent }
}
