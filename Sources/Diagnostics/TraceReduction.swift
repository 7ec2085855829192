/// Reduces tracebacks of Python and stacks of node in the output of a program to the lines that a user can act on.
enum TraceReduction {
    /// The lines with reduced tracebacks and stacks, and without repeated blank lines.
    static func reduced(_ lines: [String]) -> [String] {
        var result: [String] = []
        var rest = lines[...]
        while let line = rest.first {
            if line.hasSuffix("Traceback (most recent call last):") {
                result += traceback(&rest)
            } else if line.hasPrefix("node:") {
                removeHeader(&rest)
            } else if isNodeFrame(line) {
                result += stack(&rest)
            } else if line.hasSuffix("Require stack:") {
                result += requireStack(&rest)
            } else {
                rest.removeFirst()
                if line.hasPrefix("Node.js v") || links.contains(line) { continue }
                if !line.isEmpty || result.last?.isEmpty == false { result.append(line) }
            }
        }
        while result.last?.isEmpty == true { result.removeLast() }
        return result
    }

    /// Whether a line names an exception, such as `ValueError: bad` or `TypeError [ERR_X]: bad`.
    static func isException(_ line: String) -> Bool {
        let text = line.drop { $0 == " " }
        let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
        let simple = name.split(separator: ".").last ?? ""
        guard simple.first?.isUppercase == true else { return false }
        guard ["Error", "Exception", "Warning", "Exit", "Interrupt"].contains(where: simple.hasSuffix) else {
            return false
        }
        let rest = text.dropFirst(name.count)
        return rest.isEmpty || rest.hasPrefix(":") || rest.hasPrefix(" [")
    }

    /// The lines of Python between two tracebacks of which one caused the other.
    private static let links: Set<String> = [
        "During handling of the above exception, another exception occurred:",
        "The above exception was the direct cause of the following exception:",
    ]

    // MARK: Python

    /// Takes a traceback from lines, and returns its last frame outside of libraries and what follows the frames.
    private static func traceback(_ rest: inout ArraySlice<String>) -> [String] {
        let margin = indentation(rest.removeFirst())
        var frames: [[String]] = []
        while let line = rest.first, indentation(line) > margin {
            rest.removeFirst()
            if line.drop(while: { $0 == " " }).hasPrefix("File \"") {
                frames.append([line])
            } else if !frames.isEmpty {
                // Marks below a part of the source line explain nothing without the file.
                if line.contains(where: { !" ^~".contains($0) }) { frames[frames.count - 1].append(line) }
            }
        }
        return frames.last { isOwn($0[0]) } ?? []
    }

    /// Whether a frame is in a file of the user's or of a distribution that is built, not in an installed library.
    private static func isOwn(_ frame: String) -> Bool {
        let foreign = ["site-packages/", "dist-packages/", "/lib/python", "\"<"]
        return !foreign.contains { frame.contains($0) }
    }

    private static func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }

    // MARK: node

    private static func isNodeFrame(_ line: String) -> Bool {
        line.first == " " && line.drop { $0 == " " }.hasPrefix("at ")
    }

    /// Takes the frames of a stack and the properties of the error from lines, and returns the first frame outside of
    /// node and installed packages.
    private static func stack(_ rest: inout ArraySlice<String>) -> [String] {
        var own: String?
        while let line = rest.first, isNodeFrame(line) {
            rest.removeFirst()
            let hasProperties = line.hasSuffix(" {")
            let isForeign = line.contains("node:") || line.contains("node_modules") || line.contains("<anonymous>")
            if own == nil, !isForeign { own = String(line.dropLast(hasProperties ? 2 : 0)) }
            if hasProperties {
                while let property = rest.popFirst(), property != "}" {}
            }
        }
        return own.map { [$0] } ?? []
    }

    /// Takes node's list of modules that required each other from lines, and returns the first one.
    private static func requireStack(_ rest: inout ArraySlice<String>) -> [String] {
        let heading = rest.removeFirst()
        let modules = rest.prefix { $0.hasPrefix("- ") }
        rest = rest.dropFirst(modules.count)
        guard let first = modules.first else { return [heading] }
        return ["required by \(first.dropFirst(2))"]
    }

    /// Takes the line of node's own code that threw an error from lines, with the mark below it.
    private static func removeHeader(_ rest: inout ArraySlice<String>) {
        rest.removeFirst()
        while let line = rest.first, line.isEmpty || line.first == " ", !isNodeFrame(line) { rest.removeFirst() }
    }
}
