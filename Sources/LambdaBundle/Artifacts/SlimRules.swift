import GlobMatching

/// Which installed files `slim` leaves out.
package struct SlimRules: Hashable, Sendable {
    /// The globs, each matched against a whole path from the folder of installation; that of a folder takes in all
    /// that is below it.
    package let patterns: [String]

    /// What `slim` leaves out where nothing else is said: bytecode and the metadata of distributions.
    package static let defaultPatterns = ["**/*.py[c|o]", "**/__pycache__*", "**/*.dist-info*"]

    /// Makes rules of options.
    ///
    /// - Parameters:
    ///   - patterns: `slimPatterns`.
    ///   - appendsDefaults: `slimPatternsAppendDefaults`; without any patterns the defaults count all the same.
    package init(patterns: [String] = [], appendsDefaults: Bool = true) {
        self.patterns = patterns.isEmpty || appendsDefaults ? Self.defaultPatterns + patterns : patterns
    }
}

/// ``SlimRules`` made ready to look at many files; decides on a folder once.
struct SlimMatcher {
    private let globs: [(glob: Glob, matchesHidden: Bool)]
    private var folders: [Substring: Bool] = [:]

    init(_ rules: SlimRules) {
        globs = rules.patterns.map { pattern in
            // The pattern stands below the folder of installation, whatever it begins with.
            var text = pattern.drop { $0 == "/" }
            while text.hasPrefix("./") { text = text.dropFirst(2) }
            // A `!` in front is a character there and inverts nothing, but in an extended glob.
            let isNegated = text.hasPrefix("!") && !text.hasPrefix("!(")
            let segments = text.split(separator: "/")
            return (Glob((isNegated ? "\\" : "") + text), segments.contains { $0.hasPrefix(".") })
        }
    }

    /// Whether a file is left out, by itself or with a folder in which it lies.
    mutating func leavesOut(_ path: String) -> Bool {
        if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), leavesOutFolder(path[..<slash]) { return true }
        return matches(path[...])
    }

    private mutating func leavesOutFolder(_ folder: Substring) -> Bool {
        if let known = folders[folder] { return known }
        let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/"))
        let result = slash.map { leavesOutFolder(folder[..<$0]) } == true || matches(folder)
        folders[folder] = result
        return result
    }

    private func matches(_ path: Substring) -> Bool {
        let bytes = Array(path.utf8)
        // Wildcards match no name that begins with a dot.
        let isHidden = bytes.first == UInt8(ascii: ".") || path.contains("/.")
        return globs.contains { (!isHidden || $0.matchesHidden) && $0.glob.matches(bytes) }
    }
}
