import GlobMatching

/// The patterns of an artifact, in order: the last one that matches a file decides.
///
/// Serverless v3 first finds files and then selects some of them, with two dialects of globs. This is visible to users:
/// a pattern such as `!node_modules`, which does not match any file, still hides the files in this directory.
package struct SelectionRules: Sendable {
    /// A pattern that includes or excludes files.
    struct Rule: Sendable {
        /// The glob that files have to match.
        let glob: Glob
        /// Whether it includes files; otherwise, it excludes them.
        let isPositive: Bool
        /// Whether matching a directory means matching everything below it.
        let coversDirectories: Bool

        init(_ pattern: Substring, isPositive: Bool) {
            glob = Glob(String(pattern))
            self.isPositive = isPositive
            coversDirectories = pattern == "**" || pattern.hasSuffix("/**")
        }
    }

    /// The patterns that include or exclude files, in order.
    let rules: [Rule]
    /// The patterns that hide or show files before the selection; without them, all files are shown.
    let views: [SelectionView]

    /// Whether a view shows files that are not subject to any rule.
    let showsDots: Bool
    /// The rules and views that a path might match.
    private let ruleIndex: GlobIndex
    private let viewIndex: GlobIndex

    /// Creates rules from patterns.
    ///
    /// - Parameters:
    ///   - exclude: patterns that exclude files, or include them if they start with `!`.
    ///   - include: patterns that include files, or exclude them if they start with `!`; they come after `exclude`.
    package init(exclude: [String] = [], include: [String] = []) {
        let include = Self.unique(include)
        // Excluding is the same as including with a leading '!', and vice versa.
        let inverted = Self.unique(exclude).map { $0.hasPrefix("!") ? String($0.dropFirst()) : "!" + $0 }
        rules = (inverted + include)
            .map { pattern in
                pattern.hasPrefix("!")
                    ? Rule(pattern.dropFirst(), isPositive: false) : Rule(pattern[...], isPositive: true)
            }
        // All files are shown at the start, so a pattern for all files has no effect.
        views = include.filter { $0 != "**" }.map(SelectionView.init)
        showsDots = views.contains(where: \.keepsDot)
        ruleIndex = GlobIndex(rules.map(\.glob))
        viewIndex = GlobIndex(views.map(\.glob))
    }

    /// The position of the last rule that matches a path and meets a condition; `nil` if none does.
    func lastRule(matching path: [UInt8], where isWanted: (Rule) -> Bool = { _ in true }) -> Int? {
        ruleIndex.candidates(for: path).first { isWanted(rules[$0]) && rules[$0].glob.matches(path) }
    }

    /// The positions of the views that might match a path, from the last to the first.
    func views(near path: [UInt8]) -> GlobCandidates { viewIndex.candidates(for: path) }

    /// Removes empty patterns and duplicates.
    private static func unique(_ patterns: [String]) -> [String] {
        var seen: Set<String> = ["", "!"]
        return patterns.filter { seen.insert($0).inserted }
    }
}
