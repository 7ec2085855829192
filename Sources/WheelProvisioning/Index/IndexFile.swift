import HostSystem
import RequirementFormats

/// A file of a project that an index or another list contains, in any protocol.
struct IndexFile: Hashable, Sendable {
    /// The location of a file.
    enum Place: Hashable, Sendable {
        /// A file that an index or a page of links serves.
        case address(WebAddress)
        /// A file in a local directory.
        case local(LocalPath)
    }

    /// The name of the file.
    let name: String
    /// The location of the file.
    let place: Place
    /// The hashes of the file; empty if the list has none.
    let hashes: [FileHash]
    /// The size of the file in bytes; `nil` if the list does not have it.
    var sizeBytes: Int?
}
