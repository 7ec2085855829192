import Diagnostics
import HostSystem
import PythonPackaging

/// A TOML file of a project or lock, which reports errors at the places of its values.
struct TOMLFile: Sendable {
    /// The path of the file, absolute.
    let file: LocalPath
    /// The path of the file in messages.
    let name: String
    /// The root table of the file.
    let root: TOMLValue

    /// Reads and parses a TOML file.
    init(reading file: LocalPath, context: ReadingContext) throws(DiagnosticError) {
        self.file = file
        name = context.displayName(of: file)
        let bytes = try context.read(file)
        do {
            root = try TOMLValue(parsing: bytes)
        } catch {
            throw DiagnosticError(
                .invalidTOML,
                "cannot parse '\(name)' as TOML: \(error.message)",
                at: SourcePlace(file: name, line: error.line, column: error.column)
            )
        }
    }

    /// The place of a value; the start of the file for `nil`.
    func place(of value: TOMLValue?) -> SourcePlace {
        SourcePlace(file: name, line: value?.line ?? 1, column: value?.column ?? 1)
    }

    /// An error at the place of a value, without the credentials in its message.
    func error(
        _ code: DiagnosticCode,
        _ message: String,
        at value: TOMLValue?,
        help: [String] = []
    ) -> DiagnosticError {
        DiagnosticError(code, Redaction.redactingCredentials(in: message), at: place(of: value), help: help)
    }

    /// The error for a distribution whose local path does not exist.
    func missingPath(_ path: String, of name: PackageName, at value: TOMLValue?) -> DiagnosticError {
        error(
            .missingLocalDistribution,
            "cannot find '\(name)': no such file or directory '\(path)'",
            at: value,
            help: ["restore the file or directory, or correct the path"]
        )
    }

    /// A value that must be a string.
    func string(_ value: TOMLValue?, _ key: String, in parent: TOMLValue?) throws(DiagnosticError) -> String {
        guard let value else { throw error(.invalidTOMLValue, "'\(key)' is missing", at: parent) }
        guard let text = value.string else {
            throw error(.invalidTOMLValue, "'\(key)' must be a string, but is \(value.kindName)", at: value)
        }
        return text
    }

    /// A value that must be the name of a distribution.
    func packageName(_ value: TOMLValue?, _ key: String, in parent: TOMLValue?) throws(DiagnosticError) -> PackageName {
        try packageName(try string(value, key, in: parent), at: value)
    }

    /// The name of a distribution, parsed from a string.
    func packageName(_ text: String, at value: TOMLValue?) throws(DiagnosticError) -> PackageName {
        do {
            return try PackageName(parsing: text)
        } catch {
            throw self.error(.invalidRequirement, "\(error)", at: value)
        }
    }

    /// A marker, parsed from a string.
    func marker(_ text: String, at value: TOMLValue?) throws(DiagnosticError) -> Marker {
        do {
            return try Marker(parsing: text)
        } catch {
            throw self.error(.invalidRequirement, "\(error)", at: value)
        }
    }

    /// The marker under an optional key; `nil` if the key is missing or the string is blank.
    func marker(in parent: TOMLValue, _ key: String) throws(DiagnosticError) -> Marker? {
        guard let value = parent[key] else { return nil }
        let text = try string(value, key, in: parent)
        return text.trimmingBlanks.isEmpty ? nil : try marker(text, at: value)
    }

    /// A version, parsed from a string.
    func version(_ text: String, at value: TOMLValue?) throws(DiagnosticError) -> Version {
        do {
            return try Version(parsing: text)
        } catch {
            throw self.error(.invalidRequirement, "\(error)", at: value)
        }
    }

    /// Version specifiers, parsed from a string.
    func specifiers(_ text: String, at value: TOMLValue?) throws(DiagnosticError) -> VersionSpecifierSet {
        do {
            return try VersionSpecifierSet(parsing: text)
        } catch {
            throw self.error(.invalidRequirement, "\(error)", at: value)
        }
    }

    /// The hash under an optional key; empty if the key is missing.
    func hashes(in parent: TOMLValue, _ key: String = "hash") throws(DiagnosticError) -> [FileHash] {
        guard let value = parent[key] else { return [] }
        let text = try string(value, key, in: parent)
        guard let hash = FileHash(text) else {
            throw error(
                .invalidHash,
                "'\(text)' is not a valid hash; expected 'sha256:' and 64 hexadecimal digits",
                at: value
            )
        }
        return [hash]
    }

    /// The items of an optional array; empty if it is missing.
    func items(_ value: TOMLValue?, _ key: String) throws(DiagnosticError) -> [TOMLValue] {
        guard let value else { return [] }
        guard let items = value.array else {
            throw error(.invalidTOMLValue, "'\(key)' must be an array, but is \(value.kindName)", at: value)
        }
        return items
    }

    /// The strings of an optional array; empty if it is missing.
    func strings(_ value: TOMLValue?, _ key: String) throws(DiagnosticError) -> [String] {
        var result: [String] = []
        for item in try items(value, key) { result.append(try string(item, key, in: value)) }
        return result
    }
}

extension ReadingContext {
    /// Reads all bytes of a file.
    func read(_ file: LocalPath) throws(DiagnosticError) -> [UInt8] {
        do {
            return try files.read(file)
        } catch {
            let name = displayName(of: file)
            throw DiagnosticError(.unreadableRequirements, "\(error)", at: SourcePlace(file: name, line: 1, column: 1))
        }
    }
}
