import GlobMatching

/// The patterns of an artifact in the order in which they count: of all that match a file the last one decides.
///
/// Serverless v3 looks at files and then chooses among them, with two dialects of one language, and both show: a
/// pattern such as `!node_modules`, which matches no file, still hides what lies in a folder of that name.
package struct SelectionRules: Sendable {
    /// One pattern.
    struct Rule: Sendable {
        /// What it matches.
        let glob: Glob
        /// Whether it takes files in, or leaves them out.
        let isPositive: Bool
        /// Whether matching a directory means matching all that lies below.
        let coversDirectories: Bool

        init(_ pattern: Substring, isPositive: Bool) {
            glob = Glob(String(pattern))
            self.isPositive = isPositive
            coversDirectories = pattern == "**" || pattern.hasSuffix("/**")
        }
    }

    /// What decides of each file, in order.
    let rules: [Rule]
    /// What decides which files are looked at; all of them are, but for what these hide.
    let views: [SelectionView]

    /// Whether some view shows files of which no rule decides.
    let showsDots: Bool

    /// Makes rules.
    ///
    /// - Parameters:
    ///   - exclude: patterns that leave files out; one with `!` in front takes files in.
    ///   - include: patterns that take files in; one with `!` in front leaves files out. They count after `exclude`.
    package init(exclude: [String] = [], include: [String] = []) {
        let include = Self.unique(include)
        // What is left out is what is taken in with a `!` in front, and the other way round.
        let inverted = Self.unique(exclude).map { $0.hasPrefix("!") ? String($0.dropFirst()) : "!" + $0 }
        rules = (inverted + include)
            .map { pattern in
                pattern.hasPrefix("!")
                    ? Rule(pattern.dropFirst(), isPositive: false) : Rule(pattern[...], isPositive: true)
            }
        // All files are looked at from the start: a pattern that says so again shows nothing anew.
        views = include.filter { $0 != "**" }.map(SelectionView.init)
        showsDots = views.contains(where: \.keepsDot)
    }

    /// Patterns without what is empty or was there before.
    private static func unique(_ patterns: [String]) -> [String] {
        var seen: Set<String> = ["", "!"]
        return patterns.filter { seen.insert($0).inserted }
    }
}
