import OrderedJSON
import StackDiff

/// The report as one HTML page, which needs no network and no other file.
package struct ReportPage {
    private let analysis: ServiceAnalysis
    /// The version of the program, for the foot of the page.
    private let version: String

    /// Makes the page of an analysis.
    package init(_ analysis: ServiceAnalysis, version: String) {
        self.analysis = analysis
        self.version = version
    }

    /// The text of the page.
    package var html: String {
        let title = "\(analysis.service), stage \(analysis.stage)"
        let data = JSONWriter().text(of: TreemapData(analysis.artifacts).json)
            // Neither the end of the element nor a comment must be in its content.
            .replacing("<", with: "\\u003C")
        let parts: [(mark: String, text: String)] = [
            ("{{title}}", HTML.escaped(title)),
            ("{{style}}", String(decoding: PackageResources.report_css, as: UTF8.self)),
            ("{{title}}", HTML.escaped(title)),
            ("{{artifacts}}", artifacts), ("{{functions}}", functions), ("{{distributions}}", distributions),
            ("{{duplicates}}", duplicates), ("{{savings}}", savings), ("{{changes}}", changes),
            ("{{version}}", HTML.escaped(version)), ("{{data}}", data),
            ("{{script}}", String(decoding: PackageResources.report_js, as: UTF8.self)),
        ]
        var page = ""
        var rest = String(decoding: PackageResources.report_html, as: UTF8.self)[...]
        // Each mark is searched for behind the one before, so that nothing in the data counts as a mark.
        for (mark, text) in parts {
            guard let range = rest.firstRange(of: mark) else { continue }
            page += rest[..<range.lowerBound] + text
            rest = rest[range.upperBound...]
        }
        return page + rest
    }

    // MARK: Tables

    private var artifacts: String {
        HTML.table(
            "Artifacts and the limits of Lambda",
            ["Artifact", "Used by", "Target", "Zipped", "Unzipped", "Of 250 MB"],
            analysis.artifacts.map { artifact in
                [
                    .text(artifact.fileName),
                    .text(artifact.layer.map { "layer \($0)" } ?? artifact.functions.joined(separator: ", ")),
                    .text(artifact.target ?? "–"),
                    .bytes(artifact.zippedBytes), .bytes(artifact.unzippedBytes),
                    .share(artifact.unzippedBytes, of: ServiceAnalysis.unzippedLimit),
                ]
            }
        )
    }

    private var functions: String {
        HTML.table(
            "Functions with their layers",
            ["Function", "Runtime", "Architecture", "Target of wheels", "Artifact", "Layers", "Unzipped", "Of 250 MB"],
            analysis.functions.map { function in
                let others = function.use.otherLayers
                let layers = function.layers + (others > 0 ? ["\(others) of unknown size"] : [])
                return [
                    .text(function.use.key), .text(function.use.runtime), .text(function.use.architecture),
                    .text(function.target ?? "–"), .text(function.artifact ?? "image"),
                    .text(layers.isEmpty ? "–" : layers.joined(separator: ", ")), .bytes(function.unzippedBytes),
                    .share(function.unzippedBytes, of: ServiceAnalysis.unzippedLimit),
                ]
            }
        )
    }

    private var distributions: String {
        guard !analysis.distributions.isEmpty else { return HTML.paragraph("No artifact has distributions.") }
        return HTML.table(
            "Distributions in all artifacts",
            ["Distribution", "Version", "License", "Artifacts", "Zipped", "Unzipped"],
            analysis.distributions.map { distribution in
                [
                    .text(distribution.name), .text(distribution.version),
                    .text(distribution.license ?? "not stated"), .list(distribution.artifacts),
                    .bytes(distribution.zippedBytes), .bytes(distribution.unzippedBytes),
                ]
            }
        )
    }

    private var duplicates: String {
        guard !analysis.duplicates.isEmpty else {
            return HTML.paragraph("No function has a distribution that one of its layers has, too.")
        }
        return HTML.table(
            "Distributions in functions and in their layers",
            ["Distribution", "In the function", "In the layer", "Functions", "Unzipped"],
            analysis.duplicates.map { duplicate in
                [
                    .text(duplicate.name), .text("\(duplicate.version) in \(duplicate.artifact)"),
                    .text("\(duplicate.layerVersion) in \(duplicate.layerArtifact)"), .list(duplicate.functions),
                    .bytes(duplicate.unzippedBytes),
                ]
            }
        )
    }

    private var savings: String {
        guard !analysis.savings.isEmpty else {
            return HTML.paragraph("Nothing was found that slim, noDeploy or a layer would save.")
        }
        return Saving.Kind.allCases
            .map { kind in
                let found = analysis.savings.filter { $0.kind == kind }
                guard !found.isEmpty else { return "" }
                return HTML.paragraph(kind.rule)
                    + HTML.table(
                        kind.title,
                        [kind == .slim ? "Artifact" : "Distribution", "Smaller artifacts", "Zipped", "Unzipped"],
                        found.map {
                            [.text($0.subject), .list($0.artifacts), .bytes($0.zippedBytes), .bytes($0.unzippedBytes)]
                        }
                    )
            }
            .joined()
    }

    private var changes: String {
        guard let changes = analysis.changes else {
            return HTML.paragraph("There was no earlier package in the directory to compare with.")
        }
        guard !changes.isEmpty else { return HTML.paragraph("All artifacts have the same files as before.") }
        return HTML.table(
            "Artifacts that differ from those before this run",
            ["Artifact", "Zipped", "Unzipped", "Distributions", "Other files"],
            changes.map { change in
                let distributions = (change.difference?.distributions ?? [])
                    .map { "\($0.name) \($0.old ?? "(new)") → \($0.new ?? "(removed)")" }
                let files = change.difference.map { difference in
                    difference.added.map { "+ \($0)" } + difference.removed.map { "− \($0)" }
                        + difference.changed.map { "± \($0)" }
                }
                return [
                    .text(change.fileName), .change(change.zippedBytes), .change(change.unzippedBytes),
                    .list(distributions), .list(files ?? [change.isNew ? "new artifact" : "removed artifact"]),
                ]
            }
        )
    }
}

extension Saving.Kind {
    /// The heading of the table.
    var title: String {
        switch self {
        case .slim: "With slim: true"
        case .omission: "With noDeploy"
        case .copyOfLayer: "Without copies of what a layer has"
        case .layer: "With a layer for several functions"
        }
    }

    /// How the numbers are computed.
    var rule: String {
        switch self {
        case .slim:
            "The files of distributions that the default patterns of slim match: bytecode and metadata. Symbols of libraries,"
                + " which slim also removes, are not counted."
        case .omission:
            "Distributions that the Python runtimes of Lambda have in some version, and installers. With noDeploy the"
                + " functions use the version of the runtime, which changes without notice. What only these distributions"
                + " require is not counted."
        case .copyOfLayer:
            "Distributions in a function that one of its layers has, too. The copy in the function is counted."
        case .layer:
            "Distributions that are equal in several artifacts. All copies but one are counted. A layer saves uploads and"
                + " storage; it counts against the 250 MB of each function as before."
        }
    }
}
