import LambdaBundle
import StackDiff

/// Words about a difference that text and Markdown share.
struct DifferenceSummary {
    private let difference: StackDifference

    /// Creates the words about a difference.
    init(_ difference: StackDifference) { self.difference = difference }

    /// The number of files that are listed of an artifact, unless all are wanted.
    static let listedFiles = 20

    /// The changes that are listed one by one: all but those of versions.
    var listed: [ResourceChange] { difference.changes.filter { !$0.isVersion } }

    /// What happens with versions of functions and layers and deployments of APIs; `nil` if nothing does.
    var versions: String? {
        let versions = difference.changes.filter(\.isVersion)
        guard !versions.isEmpty else { return nil }
        let new = versions.count { $0.action == .add || $0.action == .replace }
        let old = versions.count { $0.action == .delete || $0.action == .retain || $0.action == .replace }
        return "versions and API deployments: \(new) new, \(old) no longer in the stack"
    }

    /// The numbers of changes by their kinds, grave ones first.
    var counts: String {
        let kinds: [(ResourceChange.Action, String)] = [
            (.delete, "deleted"), (.replace, "replaced"), (.retain, "retained outside of the stack"),
            (.modify, "modified"), (.sync, "synchronized"), (.adopt, "imported"), (.add, "added"),
        ]
        let parts = kinds.compactMap { action, word -> String? in
            let changes = listed.filter { $0.action == action }
            let certain = changes.count { $0.certainty == .certain }
            let possible = changes.count - certain
            var parts: [String] = []
            if certain > 0 { parts.append("\(certain) \(word)") }
            if possible > 0 { parts.append("\(possible) possibly \(word)") }
            return parts.isEmpty ? nil : parts.joined(separator: ", ")
        }
        guard !parts.isEmpty else { return "no resources change" }
        return "resources: \(parts.joined(separator: ", "))"
    }

    /// What is done with a resource, such as `may be replaced`.
    static func verb(_ change: ResourceChange) -> String {
        change.certainty == .possible ? "may \(change.action.rawValue)" : change.action.rawValue
    }

    /// Facts about a change that are not its properties.
    static func remarks(_ change: ResourceChange) -> [String] {
        var remarks: [String] = []
        if change.keepsOld {
            remarks.append("keeps the old resource")
        } else if change.isLoss, change.holdsData {
            remarks.append("holds data")
        }
        switch change.drift {
        case "DELETED": remarks.append("deleted outside of the stack")
        case .some: remarks.append("changed outside of the stack")
        case nil: break
        }
        return remarks
    }

    /// What changes in an artifact in a few words.
    static func summary(_ artifact: ArtifactDifference) -> String {
        if artifact.isNew { return "new" }
        if artifact.isUnknown { return "changed; its files could not be compared" }
        if artifact.isReplacedElsewhere { return "unchanged; a function has other code, which is replaced" }
        let files = artifact.added.count + artifact.changed.count + artifact.removed.count
        var parts: [String] = []
        if !artifact.distributions.isEmpty {
            parts.append(Quantity.text(artifact.distributions.count, "distribution"))
        }
        if files > 0 { parts.append(Quantity.text(files, "file")) }
        return parts.isEmpty ? "only its structure changes" : parts.joined(separator: ", ")
    }

    /// The change of a distribution, such as `idna 3.6 → 3.10`.
    static func text(_ change: ArtifactDifference.DistributionChange) -> String {
        switch (change.old, change.new) {
        case (let old?, let new?): "\(change.name) \(old) → \(new)"
        case (nil, let new?): "\(change.name) \(new) added"
        case (let old?, nil): "\(change.name) \(old) removed"
        case (nil, nil): change.name
        }
    }

    /// The files of an artifact that change, each with a mark: `+` new, `~` changed, `-` removed.
    static func files(_ artifact: ArtifactDifference) -> [(mark: String, name: String)] {
        artifact.changed.map { ("~", $0) } + artifact.added.map { ("+", $0) } + artifact.removed.map { ("-", $0) }
    }
}
