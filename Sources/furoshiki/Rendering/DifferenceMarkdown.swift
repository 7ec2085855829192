import StackDiff

/// The output of `diff` as GitHub Flavored Markdown, for a comment on a pull request.
struct DifferenceMarkdown {
    let difference: StackDifference

    /// The text, with a line break at its end.
    var text: String {
        guard !difference.isEmpty else {
            return "### \(Self.code(difference.stack))\n\nNo differences: the stack is as the service.\n"
        }
        let summary = DifferenceSummary(difference)
        var lines = ["### \(Self.code(difference.stack))", "", summary.counts + method, ""]
        if !summary.listed.isEmpty {
            lines += ["| change | resource | type | properties | place |", "|---|---|---|---|---|"]
            lines += summary.listed.map(row)
            lines.append("")
        }
        if let versions = summary.versions { lines += [versions, ""] }
        if !difference.settings.isEmpty {
            lines += ["Settings of the stack that change: \(difference.settings.joined(separator: ", "))", ""]
        }
        for artifact in difference.artifacts { lines += details(artifact) }
        return lines.joined(separator: "\n").trimmingLineEnds + "\n"
    }

    private var method: String {
        if difference.isNew { return " (the stack does not exist)" }
        return difference.method == .templates ? " (compared with a template)" : ""
    }

    private func row(_ change: ResourceChange) -> String {
        let remarks = DifferenceSummary.remarks(change)
        var verb = ([DifferenceSummary.verb(change)] + remarks).joined(separator: ", ")
        if change.isLoss { verb = "\(change.holdsData ? "🔴" : "🟠") **\(verb)**" }
        let properties = change.properties.map { property in
            let name = Self.code(property.path)
            return property.replaces == true ? "**\(name)**" : name
        }
        let place = change.place.map { Self.code("\($0)") } ?? ""
        return "| \(verb) | \(Self.code(change.logicalID)) | \(Self.code(change.type)) | "
            + "\(properties.joined(separator: ", ")) | \(place) |"
    }

    private func details(_ artifact: ArtifactDifference) -> [String] {
        let files = DifferenceSummary.files(artifact)
        let heading = "\(Self.code(artifact.fileName)): \(DifferenceSummary.summary(artifact))"
        guard !files.isEmpty || !artifact.distributions.isEmpty else { return ["- \(heading)", ""] }
        var lines = [
            "<details><summary>\(Self.html(artifact.fileName)): \(DifferenceSummary.summary(artifact))</summary>", "",
        ]
        lines += artifact.distributions.map { "- \(Self.code(DifferenceSummary.text($0)))" }
        lines += files.prefix(DifferenceSummary.listedFiles).map { "- `\($0.mark)` \(Self.code($0.name))" }
        if files.count > DifferenceSummary.listedFiles {
            lines.append("- and \(files.count - DifferenceSummary.listedFiles) more files")
        }
        return lines + ["", "</details>", ""]
    }

    /// Text as code in a cell of a table, in which the marks of Markdown have no effect.
    private static func code(_ text: String) -> String {
        let line = String(text.map { $0.isNewline ? " " : $0 }).replacing("|", with: "\\|")
        return line.contains("`") ? "`` \(line) ``" : "`\(line)`"
    }

    private static func html(_ text: String) -> String {
        "<code>"
            + text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            + "</code>"
    }
}

extension String {
    /// The string without line breaks at its end.
    fileprivate var trimmingLineEnds: String {
        var result = self[...]
        while result.last == "\n" { result.removeLast() }
        return String(result)
    }
}
