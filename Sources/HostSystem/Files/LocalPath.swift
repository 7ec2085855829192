/// A path on this machine, lexically normalized: one `/` between components, no `.` and no trailing `/`.
///
/// `..` is folded where a named component precedes it, so no path keeps `a/..`; the file system is never asked.
package struct LocalPath: Hashable, Sendable, Comparable {
    /// The text of the path; `.` for the empty relative path.
    package let string: String

    /// Makes a path of text as a user or the system gives it.
    package init(_ text: String) {
        var components: [Substring] = []
        let isAbsolute = text.utf8.first == UInt8(ascii: "/")
        for component in text.split(separator: "/", omittingEmptySubsequences: true) where component != "." {
            if component == "..", let last = components.last, last != ".." {
                components.removeLast()
            } else if component != ".." || !isAbsolute {
                components.append(component)
            }
        }
        let joined = components.joined(separator: "/")
        string = isAbsolute ? "/" + joined : joined.isEmpty ? "." : joined
    }

    /// Whether the path starts at the root.
    package var isAbsolute: Bool { string.utf8.first == UInt8(ascii: "/") }

    /// The components, without the root.
    package var components: [String] {
        string == "." ? [] : string.split(separator: "/").map(String.init)
    }

    /// The last component, empty for the root and for `.`.
    package var lastComponent: String { components.last ?? "" }

    /// The part of the last component after its last dot, without the dot; empty where there is none or where the
    /// dot begins the name.
    package var fileExtension: String {
        let name = lastComponent
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return String(name[name.index(after: dot)...])
    }

    /// The folder that holds this path; the root is its own parent.
    package var parent: LocalPath { appending("..") }

    /// This path with a relative path after it; an absolute path replaces it.
    package func appending(_ text: String) -> LocalPath {
        text.utf8.first == UInt8(ascii: "/") ? LocalPath(text) : LocalPath(string + "/" + text)
    }

    /// This path with a relative path after it; an absolute path replaces it.
    package static func / (left: LocalPath, right: String) -> LocalPath { left.appending(right) }

    /// The way from a folder to this path, with `..` where needed; both must be absolute or both relative.
    package func relative(to folder: LocalPath) -> LocalPath {
        let own = components
        let others = folder.components
        let shared = zip(own, others).prefix { $0 == $1 }.count
        let up = Array(repeating: "..", count: others.count - shared)
        return LocalPath((up + own[shared...]).joined(separator: "/"))
    }

    /// Whether this path is a folder or lies below it.
    package func isWithin(_ folder: LocalPath) -> Bool {
        components.starts(with: folder.components) && isAbsolute == folder.isAbsolute
    }

    package static func < (left: Self, right: Self) -> Bool { left.string < right.string }
}

extension LocalPath: CustomStringConvertible {
    package var description: String { string }
}

extension LocalPath: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(value) }
}
