package import Diagnostics
package import HostSystem
import PythonPackaging

/// The requirements of a source, parsed and checked; the same for every target.
package struct RequirementSet: Hashable, Sendable {
    /// The source that the requirements were read from.
    package var origin: RequirementSource
    /// The requirements, or the distributions of a lock.
    package var content: Content
    /// The indexes to query, and the files to accept from them.
    package var indexes: IndexOptions
    /// The warnings and notes about the source; never errors.
    package var diagnostics: [Diagnostic]
    /// The files that were read, absolute, in the order of reading; the set depends only on their content.
    package var files: [LocalPath]
    /// The Python versions that the project supports; `nil` if it does not say.
    package var python: PythonRequirement?

    /// Requirements that must be resolved, or the exact distributions of a lock.
    package enum Content: Hashable, Sendable {
        case requirements(RequirementList)
        case lock(Lock)
    }

    /// Makes the set of a source.
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

    /// Whether nothing is required for any target.
    package var isEmpty: Bool {
        switch content {
        case .requirements(let list): list.requirements.isEmpty
        case .lock(let lock): lock.packages.isEmpty
        }
    }
}
