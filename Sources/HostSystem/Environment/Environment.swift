#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The environment variables of the process, and the user's directories that they determine.
package struct Environment: Hashable, Sendable {
    /// All variables by name.
    package var variables: [String: String]

    /// Creates an environment from variables.
    package init(_ variables: [String: String] = [:]) { self.variables = variables }

    /// Returns the environment of this process.
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

    /// The value of a variable, which can be empty, or `nil` if it is not set.
    package subscript(_ name: String) -> String? { variables[name] }

    /// The value of a variable, or `nil` if it is not set or empty.
    package func nonEmpty(_ name: String) -> String? {
        guard let value = variables[name], !value.isEmpty else { return nil }
        return value
    }

    /// The home directory of the user.
    package var home: LocalPath? { nonEmpty("HOME").map { LocalPath($0) } }

    /// The directory for temporary files: `$TMPDIR`, or `/tmp` by default.
    package var temporaryDirectory: LocalPath { LocalPath(nonEmpty("TMPDIR") ?? "/tmp") }

    /// The cache directory of an application: `$XDG_CACHE_HOME/<name>`, or the default of the system.
    ///
    /// - Returns: `nil` if the home directory is unknown.
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

    /// The first executable file with a given name in the directories of `PATH`.
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
