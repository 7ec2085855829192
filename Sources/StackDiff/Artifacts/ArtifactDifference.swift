/// What differs between an artifact that is deployed and the one that takes its place.
package struct ArtifactDifference: Hashable, Sendable {
    /// A distribution that was added, removed, or has another version.
    package struct DistributionChange: Hashable, Sendable {
        /// The name of the distribution.
        package let name: String
        /// The version that is deployed; `nil` if it is new.
        package let old: String?
        /// The version to deploy; `nil` if it is removed.
        package let new: String?

        /// Creates the change of a distribution.
        package init(name: String, old: String?, new: String?) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    /// The name of the artifact.
    package let fileName: String
    /// The logical IDs of the functions and layers that use it.
    package let resources: [String]
    /// The distributions that differ.
    package var distributions: [DistributionChange] = []
    /// The files that are new, except for those of the distributions that differ.
    package var added: [String] = []
    /// The files that are removed, with the same exception.
    package var removed: [String] = []
    /// The files with other content, with the same exception.
    package var changed: [String] = []
    /// Whether the artifact is not deployed yet, so that all of its files are new.
    package var isNew = false
    /// Whether the deployed artifact could not be read, so that only its digest is known to differ.
    package var isUnknown = false
    /// Whether the deployed artifact is equal, and a function has other code nevertheless, which `deploy function` gave
    /// it.
    package var isReplacedElsewhere = false

    /// Creates a difference about whose files nothing is known.
    package init(fileName: String, resources: [String], isNew: Bool = false, isUnknown: Bool = false) {
        self.fileName = fileName
        self.resources = resources
        self.isNew = isNew
        self.isUnknown = isUnknown
    }

    /// Compares the files of two artifacts.
    package init(fileName: String, resources: [String], from old: ArtifactListing, to new: ArtifactListing) {
        self.init(fileName: fileName, resources: resources)
        distributions = Self.distributions(from: old, to: new)
        let ofOld = Set(Self.changedDistributions(from: old, to: new))
        let ofNew = Set(Self.changedDistributions(from: new, to: old))
        for (name, file) in new.files {
            guard let previous = old.files[name] else {
                if !Self.isExplained(name, in: new, by: ofNew) { added.append(name) }
                continue
            }
            guard previous != file else { continue }
            if !Self.isExplained(name, in: new, by: ofNew), !Self.isExplained(name, in: old, by: ofOld) {
                changed.append(name)
            }
        }
        removed = old.files.keys.filter { new.files[$0] == nil && !Self.isExplained($0, in: old, by: ofOld) }.sorted()
        added.sort()
        changed.sort()
    }

    /// The distributions of an artifact that the other one lacks or has in another version.
    package static func changedDistributions(
        from artifact: ArtifactListing,
        to other: ArtifactListing
    ) -> [ArtifactListing.Distribution] {
        let kept = Set(other.distributions.map { "\($0.root)\($0.key) \($0.version)" })
        return artifact.distributions.filter { !kept.contains("\($0.root)\($0.key) \($0.version)") }
    }

    private static func distributions(
        from old: ArtifactListing,
        to new: ArtifactListing
    ) -> [DistributionChange] {
        var changes: [String: DistributionChange] = [:]
        for one in changedDistributions(from: old, to: new) {
            changes[one.root + one.key] = DistributionChange(name: one.name, old: one.version, new: nil)
        }
        for one in changedDistributions(from: new, to: old) {
            let key = one.root + one.key
            changes[key] = DistributionChange(name: one.name, old: changes[key]?.old, new: one.version)
        }
        return changes.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Whether a file belongs to one of some distributions, whose change says enough of it.
    private static func isExplained(
        _ file: String,
        in artifact: ArtifactListing,
        by distributions: Set<ArtifactListing.Distribution>
    ) -> Bool {
        artifact.owner(of: file).map(distributions.contains) ?? false
    }
}
