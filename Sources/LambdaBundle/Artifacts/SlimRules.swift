import GlobMatching

/// The installed files that `slim` removes.
package struct SlimRules: Hashable, Sendable {
    /// The globs, which match complete paths relative to the root; matching a directory includes everything below it.
    package let patterns: [String]

    /// The default patterns: bytecode and the metadata of distributions.
    package static let defaultPatterns = ["**/*.py[c|o]", "**/__pycache__*", "**/*.dist-info*"]

    /// Creates rules from options.
    ///
    /// - Parameters:
    ///   - patterns: `slimPatterns`.
    ///   - appendsDefaults: `slimPatternsAppendDefaults`; without any patterns, the defaults always apply.
    package init(patterns: [String] = [], appendsDefaults: Bool = true) {
        self.patterns = patterns.isEmpty || appendsDefaults ? Self.defaultPatterns + patterns : patterns
    }
}

/// A compiled form of ``SlimRules``, which caches the results for directories.
package struct SlimMatcher {
    private let globs: [(glob: Glob, matchesHidden: Bool)]
    private var folders: [Substring: Bool] = [:]

    /// Compiles the patterns of rules.
    package init(_ rules: SlimRules) {
        globs = rules.patterns.map { pattern in
            // The pattern is relative to the root, even if it starts with '/'.
            var text = pattern.drop { $0 == "/" }
            while text.hasPrefix("./") { text = text.dropFirst(2) }
            // A leading '!' is literal, unless it starts an extended glob.
            let isNegated = text.hasPrefix("!") && !text.hasPrefix("!(")
            let segments = text.split(separator: "/")
            return (Glob((isNegated ? "\\" : "") + text), segments.contains { $0.hasPrefix(".") })
        }
    }

    /// Whether a file is removed, by itself or with one of its parent directories.
    package mutating func omits(_ path: String) -> Bool {
        if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), removesDirectory(path[..<slash]) { return true }
        return matches(path[...])
    }

    private mutating func removesDirectory(_ folder: Substring) -> Bool {
        if let known = folders[folder] { return known }
        let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/"))
        let result = slash.map { removesDirectory(folder[..<$0]) } == true || matches(folder)
        folders[folder] = result
        return result
    }

    private func matches(_ path: Substring) -> Bool {
        let bytes = Array(path.utf8)
        // Wildcards do not match names that start with a dot.
        let isHidden = bytes.first == UInt8(ascii: ".") || path.contains("/.")
        return globs.contains { (!isHidden || $0.matchesHidden) && $0.glob.matches(bytes) }
    }
}
