#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The environment variables of the process, read once, and what they say of the user's folders.
package struct Environment: Hashable, Sendable {
    /// All variables.
    package var variables: [String: String]

    /// Makes an environment.
    package init(_ variables: [String: String] = [:]) { self.variables = variables }

    /// Reads the environment of this process.
    package static func current() -> Environment {
        var variables: [String: String] = [:]
        #if canImport(Darwin)
        var next = _NSGetEnviron().pointee
        #else
        var next = environ
        #endif
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
                variables[String(text[..<equals])] = String(text[text.utf8.index(after: equals)...])
            }
            next += 1
        }
        return Environment(variables)
    }

    /// A variable's value, which may be empty; `nil` where it is not set.
    package subscript(_ name: String) -> String? { variables[name] }

    /// A variable's value, `nil` where it is not set or empty.
    package func nonEmpty(_ name: String) -> String? {
        guard let value = variables[name], !value.isEmpty else { return nil }
        return value
    }

    /// The user's own folder.
    package var home: LocalPath? { nonEmpty("HOME").map { LocalPath($0) } }

    /// The folder for what may be thrown away at any time: `$TMPDIR`, else `/tmp`.
    package var temporaryDirectory: LocalPath { LocalPath(nonEmpty("TMPDIR") ?? "/tmp") }

    /// The user's cache folder of an application: `$XDG_CACHE_HOME/<name>`, else that of the system.
    ///
    /// - Returns: `nil` where not even the user's own folder is known.
    package func cacheDirectory(for application: String) -> LocalPath? {
        if let folder = nonEmpty("XDG_CACHE_HOME"), LocalPath(folder).isAbsolute {
            return LocalPath(folder) / application
        }
        #if os(macOS)
        return home.map { $0 / "Library/Caches" / application }
        #else
        return home.map { $0 / ".cache" / application }
        #endif
    }

    /// The first executable file of a name in the folders of `PATH`.
    package func findProgram(_ name: String, files: any FileSystem) -> LocalPath? {
        for folder in (variables["PATH"] ?? "").split(separator: ":") {
            let candidate = LocalPath(String(folder)) / name
            if let status = files.statusIfPresent(of: candidate), status.kind == .file, status.isExecutable {
                return candidate
            }
        }
        return nil
    }
}
