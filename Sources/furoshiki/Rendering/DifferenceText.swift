import StackDiff

/// The output of `diff` for people.
struct DifferenceText {
    let difference: StackDifference
    /// The colors of the stream.
    var style = TextStyle.plain
    /// Whether all files of artifacts are listed.
    var listsAll = false

    /// The text, with a line break at its end.
    var text: String {
        guard !difference.isEmpty else { return "No differences: the stack \(difference.stack) is as the service\n" }
        let summary = DifferenceSummary(difference)
        var lines: [String] = []
        lines.append("\(style.text(difference.stack, .place)): \(summary.counts)\(method)")
        for change in summary.listed { lines += self.lines(of: change) }
        if let versions = summary.versions { lines.append("  \(style.text(versions, .secondary))") }
        for artifact in difference.artifacts { lines += [""] + self.lines(of: artifact) }
        if !difference.settings.isEmpty {
            lines += ["", "settings of the stack that change: \(difference.settings.joined(separator: ", "))"]
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private var method: String {
        if difference.isNew { return " (the stack does not exist)" }
        return difference.method == .templates ? " (compared with a template)" : ""
    }

    private func lines(of change: ResourceChange) -> [String] {
        let verb = DifferenceSummary.verb(change)
        let padding = String(repeating: " ", count: max(0, 11 - verb.count))
        let remarks = DifferenceSummary.remarks(change).map { ", \($0)" }.joined()
        var lines = [
            "  " + styled(verb, change) + padding + " \(change.logicalID) (\(change.type))" + styled(remarks, change)
        ]
        let indentation = String(repeating: " ", count: 14)
        if !change.properties.isEmpty {
            let properties = change.properties.map { property in
                let name = property.replaces == true ? styled(property.path, change) : property.path
                return property.hasDrifted ? "\(name) (changed outside of the stack)" : name
            }
            let lead = change.action == .replace ? "because of " : ""
            lines.append(indentation + lead + properties.joined(separator: ", "))
        }
        if let place = change.place { lines.append(indentation + style.text("\(place)", .secondary)) }
        return lines
    }

    /// Text in the color of a change: losses have one that is seen first.
    private func styled(_ text: String, _ change: ResourceChange) -> String {
        switch change.action {
        case .delete, .replace: style.text(text, change.holdsData ? .error : .warning)
        case .add, .adopt: style.text(text, .success)
        case .modify, .sync, .retain: style.text(text, .note)
        }
    }

    private func lines(of artifact: ArtifactDifference) -> [String] {
        let users = artifact.resources.isEmpty ? "" : " (\(artifact.resources.joined(separator: ", ")))"
        var lines = [style.text(artifact.fileName, .place) + "\(users): \(DifferenceSummary.summary(artifact))"]
        lines += artifact.distributions.map { "  \(DifferenceSummary.text($0))" }
        let files = DifferenceSummary.files(artifact)
        let shown = listsAll ? files.count : min(files.count, DifferenceSummary.listedFiles)
        lines += files.prefix(shown).map { "  \($0.mark) \($0.name)" }
        if shown < files.count { lines.append("  and \(files.count - shown) more files; --verbose lists all") }
        return lines
    }
}
