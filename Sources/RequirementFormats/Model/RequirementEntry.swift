package import Diagnostics
package import HostSystem
package import PythonPackaging

/// One requirement or constraint of a source, with its hashes and its place.
package struct RequirementEntry: Hashable, Sendable {
    /// The distribution that an entry requires.
    package enum Subject: Hashable, Sendable {
        /// A distribution by its name, from an index or an address (`https:`, `git+https:` … but not `file:`).
        case named(Requirement)
        /// An archive or repository at an address, whose distribution is not named.
        case address(String, extras: [PackageName], marker: Marker?)
        /// A local directory or archive, absolute; `name` is `nil` if the source does not give it.
        case local(LocalPath, name: PackageName?, extras: [PackageName], marker: Marker?)
    }

    /// The distribution that the entry requires.
    package var subject: Subject
    /// The hashes of which the distribution's file must have one; empty if the source has none.
    package var hashes: [FileHash]
    /// The place of the entry in the source.
    package var place: SourcePlace?
    /// Whether the entry is marked as editable; it is installed as a copy nevertheless.
    package var isEditable: Bool

    /// Makes the entry of a distribution.
    package init(_ subject: Subject, hashes: [FileHash] = [], place: SourcePlace? = nil, isEditable: Bool = false) {
        self.subject = subject
        self.hashes = hashes
        self.place = place
        self.isEditable = isEditable
    }

    /// The name of the distribution; `nil` if only a build reveals it.
    package var name: PackageName? {
        switch subject {
        case .named(let requirement): requirement.name
        case .address: nil
        case .local(_, let name, _, _): name
        }
    }

    /// The condition under which the entry applies; `nil` for always.
    package var marker: Marker? {
        switch subject {
        case .named(let requirement): requirement.marker
        case .address(_, _, let marker), .local(_, _, _, let marker): marker
        }
    }
}
