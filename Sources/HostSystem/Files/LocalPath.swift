/// A local path, normalized lexically: one `/` between components, no `.` and no trailing `/`.
///
/// `a/..` is removed without consulting the file system.
package struct LocalPath: Hashable, Sendable, Comparable {
    /// The path as a string; `.` for the empty relative path.
    package let string: String

    /// Creates a path from a string and normalizes it.
    package init(_ text: String) {
        guard !Self.isNormal(text) else {
            string = text
            return
        }
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

    /// The path of an entry in a directory, by its name as the file system lists it.
    package init(_ directory: LocalPath, child name: String) {
        string =
            switch directory.string {
            case ".": name
            case "/": "/" + name
            default: directory.string + "/" + name
            }
    }

    /// Whether all components of a path are names that do not begin with a dot, so that the path is normalized.
    private static func isNormal(_ text: String) -> Bool {
        var previous = UInt8(ascii: "/")
        var isFirst = true
        for byte in text.utf8 {
            if previous == UInt8(ascii: "/"), byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") && !isFirst {
                return false
            }
            previous = byte
            isFirst = false
        }
        return previous != UInt8(ascii: "/")
    }

    /// Whether the path is absolute.
    package var isAbsolute: Bool { string.utf8.first == UInt8(ascii: "/") }

    /// The components of the path, without the root.
    package var components: [String] {
        string == "." ? [] : string.split(separator: "/").map(String.init)
    }

    /// The last component, empty for the root and for `.`.
    package var lastComponent: String { components.last ?? "" }

    /// The part of the last component after its last dot; empty if there is no dot or if the name starts with it.
    package var fileExtension: String {
        let name = lastComponent
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return String(name[name.index(after: dot)...])
    }

    /// The parent directory; the root is its own parent.
    package var parent: LocalPath { appending("..") }

    /// Appends a relative path; an absolute path replaces this one.
    package func appending(_ text: String) -> LocalPath {
        text.utf8.first == UInt8(ascii: "/") ? LocalPath(text) : LocalPath(string + "/" + text)
    }

    /// Appends a relative path; an absolute path replaces this one.
    package static func / (left: LocalPath, right: String) -> LocalPath { left.appending(right) }

    /// The path relative to a directory, with `..` if needed; both must be absolute or both relative.
    package func relative(to folder: LocalPath) -> LocalPath {
        let own = components
        let others = folder.components
        let shared = zip(own, others).prefix { $0 == $1 }.count
        let up = Array(repeating: "..", count: others.count - shared)
        return LocalPath((up + own[shared...]).joined(separator: "/"))
    }

    /// Whether the path is a given directory or below it.
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
