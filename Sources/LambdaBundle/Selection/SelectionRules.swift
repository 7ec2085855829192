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

    /// A pattern that decides which files are looked at.
    struct View: Sendable {
        /// What it matches.
        let glob: Glob
        /// Whether it shows files, or hides them.
        let isPositive: Bool
        /// Whether matching a directory hides all that lies below.
        let hidesDirectories: Bool

        init(_ pattern: String) {
            isPositive = !pattern.hasPrefix("!")
            var text = pattern[...]
            while text.hasPrefix("!") { text = text.dropFirst() }
            glob = Glob(String(text), dialect: .posix)
            hidesDirectories = !isPositive && (text.hasSuffix("/**") || !Self.isDynamic(Self.lastSegment(text)))
        }

        private static func lastSegment(_ pattern: Substring) -> Substring {
            pattern.split(separator: "/").last ?? pattern
        }

        /// Whether the last segment of a pattern has anything special.
        private static func isDynamic(_ text: Substring) -> Bool {
            let bytes = Array(text.utf8)
            if bytes.contains(where: { Array("\\*?".utf8).contains($0) }) { return true }
            if bytes.firstIndex(of: UInt8(ascii: "[")).map({ bytes[$0...].contains(UInt8(ascii: "]")) }) == true {
                return true
            }
            if let open = bytes.firstIndex(of: UInt8(ascii: "{")),
                let close = bytes[open...].firstIndex(of: UInt8(ascii: "}")),
                text.contains("..") || bytes[open...close].contains(UInt8(ascii: ","))
            {
                return true
            }
            guard let open = bytes.firstIndex(of: UInt8(ascii: "(")), bytes[open...].contains(UInt8(ascii: ")")) else {
                return false
            }
            let isExtended = open > 0 && Array("!*+?@".utf8).contains(bytes[open - 1])
            return isExtended || bytes[open...].contains(UInt8(ascii: "|"))
        }
    }

    /// What decides of each file, in order.
    let rules: [Rule]
    /// What decides which files are looked at; all of them are, but for what these hide.
    let views: [View]

    /// Makes rules.
    ///
    /// - Parameters:
    ///   - exclude: patterns that leave files out; one with `!` in front takes files in.
    ///   - include: patterns that take files in; one with `!` in front leaves files out. They count after `exclude`.
    package init(exclude: [String] = [], include: [String] = []) {
        let include = Self.unique(include)
        rules =
            Self.unique(exclude)
            .map { pattern in
                pattern.hasPrefix("!")
                    ? Rule(pattern.dropFirst(), isPositive: true) : Rule(pattern[...], isPositive: false)
            }
            + include.map { pattern in
                pattern.hasPrefix("!")
                    ? Rule(pattern.dropFirst(), isPositive: false) : Rule(pattern[...], isPositive: true)
            }
        views = include.map(View.init)
    }

    /// Patterns without what is empty or was there before.
    private static func unique(_ patterns: [String]) -> [String] {
        var seen: Set<String> = ["", "!"]
        return patterns.filter { seen.insert($0).inserted }
    }
}
