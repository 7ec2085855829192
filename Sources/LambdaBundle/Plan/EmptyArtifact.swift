import ConfigurationValues
import Diagnostics
import GlobMatching
import HostSystem

/// An artifact for which no file is selected, and the search for the reason.
struct EmptyArtifact {
    let plan: ArtifactPlan
    let scope: ProjectFiles
    let request: BundleRequest
    let tree: FileTree

    /// A pattern of the configuration, in the order in which patterns override each other.
    private struct Pattern {
        let text: String
        let isPositive: Bool
        let place: SourcePlace?
    }

    /// The reason why the artifact is empty, with its place.
    private struct Reason {
        var place: SourcePlace?
        var notes: [String]
        var help: [String]
    }

    /// The error, with the reason, its place and the remedies.
    ///
    /// - Throws: `FileSystemError` if a directory cannot be read.
    func error() throws(FileSystemError) -> DiagnosticError {
        let reason = try reason()
        return DiagnosticError(
            .emptyArtifact,
            "no file matches the include and exclude patterns of \(plan.subject)",
            at: reason.place ?? ownPlace,
            notes: reason.notes,
            help: reason.help
        )
    }

    private func reason() throws(FileSystemError) -> Reason {
        if let module = scope.module { return Reason(place: modulePlace, notes: moduleNotes(module), help: moduleHelp) }
        let patterns = patterns
        let included = patterns.indices.filter { patterns[$0].isPositive }
        guard !included.isEmpty else { return withoutPositivePatterns(patterns) }
        for index in included where try !selection(of: patterns[index].text).isEmpty {
            return excluded(patterns, after: index)
        }
        return missing(included.map { patterns[$0] })
    }

    // MARK: Reasons

    /// No pattern includes files.
    private func withoutPositivePatterns(_ patterns: [Pattern]) -> Reason {
        guard let last = patterns.last else {
            let shown = scope.folder == "." ? "of the service" : "'\(scope.folder)'"
            return Reason(
                place: ownPlace,
                notes: ["the directory \(shown) has no files to package"],
                help: build + ["add the files, or correct '\(plan.layer == nil ? "handler" : "path")'"]
            )
        }
        return Reason(
            place: last.place,
            notes: [],
            help: ["add a pattern for the files that the function needs after '!\(last.text)', such as 'src/**'"]
        )
    }

    /// A pattern includes files, but a later one excludes them.
    private func excluded(_ patterns: [Pattern], after index: Int) -> Reason {
        let including = patterns[index]
        guard let last = patterns[index...].last(where: { !$0.isPositive }) else {
            return Reason(
                place: including.place,
                notes: ["'\(including.text)' only includes files of development dependencies"],
                help: ["set 'package.excludeDevDependencies: false' to include them"]
            )
        }
        return Reason(
            place: last.place,
            notes: ["'\(including.text)' includes files, but the later '!\(last.text)' excludes them"],
            help: ["write '\(including.text)' after '!\(last.text)', as later patterns override earlier ones"]
        )
    }

    /// No file matches a pattern that includes files.
    private func missing(_ patterns: [Pattern]) -> Reason {
        var notes: [String] = []
        var help: [String] = []
        for pattern in patterns.prefix(3) {
            guard let (parent, name) = firstMissing(pattern.text) else {
                notes.append("no file matches '\(pattern.text)'")
                continue
            }
            let path = parent == "." ? name : "\(parent)/\(name)"
            notes.append("'\(path)' does not exist, which '\(pattern.text)' includes")
            let directory = tree.root / scope.folder / parent
            let names = ((try? tree.entries(of: directory)) ?? []).map(\.name)
            if let near = NearestNames.nearest(to: name, among: names), near.count > 2 {
                help.append(NearestNames.question(parent == "." ? near : "\(parent)/\(near)"))
            }
        }
        if patterns.count > 3 { notes.append("and \(patterns.count - 3) more patterns match no file") }
        notes += request.pluginsNotRun.map { "the plugin '\($0)' is not run, and may make the files" }
        if help.isEmpty { help = build }
        let remedy = "correct the patterns, or create the files before packaging"
        return Reason(place: patterns.first?.place, notes: notes, help: help + [remedy])
    }

    private var build: [String] {
        [BuildStep.help(in: tree.root / scope.folder, tree.files)].compactMap(\.self)
    }

    /// The first step of a pattern that does not exist, and its parent; `nil` if all do, or if it has wildcards.
    private func firstMissing(_ pattern: String) -> (parent: String, name: String)? {
        var parent = "."
        for step in pattern.split(separator: "/") where step != "." {
            if step.contains(where: { "*?[]{}()!+@".contains($0) }) { return nil }
            let path = parent == "." ? String(step) : "\(parent)/\(step)"
            guard tree.files.exists(tree.root / scope.folder / path) else { return (parent, String(step)) }
            parent = path
        }
        return nil
    }

    /// The files that one pattern includes by itself.
    private func selection(of pattern: String) throws(FileSystemError) -> [SelectedFile] {
        try tree.select(in: scope.folder, by: SelectionRules(include: ["!**", pattern]))
    }

    // MARK: Configuration

    private var function: BundleFunction? { request.functions.first { $0.key == plan.functions.first } }
    private var layer: BundleLayer? { request.layers.first { $0.key == plan.layer } }

    /// The place of what the artifact is made for.
    private var ownPlace: SourcePlace? {
        if let layer { return layer.path?.place ?? layer.place }
        return function?.handler?.place ?? function?.place
    }

    private var modulePlace: SourcePlace? { function?.module?.place ?? ownPlace }

    private func moduleNotes(_ module: String) -> [String] {
        ["it contains files below its module '\(module)', and files that a pattern names"]
    }

    private var moduleHelp: [String] {
        ["correct 'module' or the patterns, which are relative to the service; later ones override earlier ones"]
    }

    private var patterns: [Pattern] {
        // A shared artifact has the patterns of the service alone.
        let own = plan.subject == ArtifactPlan.sharedSubject ? nil : layer?.package ?? function?.package
        let sections = [request.package, own].compactMap(\.self)
        func items(_ section: ConfigurationValue, _ key: String) -> [ConfigurationValue] {
            section[key]?.list ?? [section[key]].compactMap(\.self)
        }
        func pattern(_ item: ConfigurationValue, isPositive: Bool) -> Pattern? {
            guard let text = item.scalarText, !text.isEmpty else { return nil }
            let isInverted = text.hasPrefix("!")
            return Pattern(
                text: isInverted ? String(text.dropFirst()) : text,
                isPositive: isPositive != isInverted,
                place: item.place
            )
        }
        let excluded = sections.flatMap { items($0, "exclude") }.compactMap { pattern($0, isPositive: false) }
        let included = sections.flatMap { items($0, "include") + items($0, "patterns") }
        return excluded + included.compactMap { pattern($0, isPositive: true) }
    }
}
