import Diagnostics
import HostSystem
import PythonPackaging

/// A TOML file of a project, and the faults that are told at places in it.
struct TOMLFile: Sendable {
    /// The file, absolute.
    let file: LocalPath
    /// The file as a user names it.
    let name: String
    /// Its bytes.
    let bytes: [UInt8]
    /// Its content.
    let root: TOMLValue

    /// Reads a file.
    init(reading file: LocalPath, context: ReadingContext) throws(DiagnosticError) {
        self.file = file
        name = context.displayName(of: file)
        bytes = try context.read(file)
        do {
            root = try TOMLValue(parsing: bytes)
        } catch {
            throw DiagnosticError(
                "'\(name)' is no TOML: \(error.message)",
                category: .resolution,
                at: SourcePlace(file: name, line: error.line, column: error.column)
            )
        }
    }

    /// Where a value stands.
    func place(of value: TOMLValue?) -> SourcePlace {
        SourcePlace(file: name, line: value?.line ?? 1, column: value?.column ?? 1)
    }

    /// Makes an error at a value.
    func fault(_ message: String, at value: TOMLValue?, help: [String] = []) -> DiagnosticError {
        DiagnosticError(
            Redaction.redactingCredentials(in: message),
            category: .resolution,
            at: place(of: value),
            help: help
        )
    }

    /// The text of a value that must be one.
    func string(_ value: TOMLValue?, _ key: String, in parent: TOMLValue?) throws(DiagnosticError) -> String {
        guard let value else { throw fault("'\(key)' is missing", at: parent) }
        guard let text = value.string else {
            throw fault("'\(key)' is \(value.kindName), not a string", at: value)
        }
        return text
    }

    /// A name that a value must be.
    func packageName(_ value: TOMLValue?, _ key: String, in parent: TOMLValue?) throws(DiagnosticError) -> PackageName {
        try packageName(try string(value, key, in: parent), at: value)
    }

    /// A name in a text.
    func packageName(_ text: String, at value: TOMLValue?) throws(DiagnosticError) -> PackageName {
        do {
            return try PackageName(parsing: text)
        } catch {
            throw fault("\(error)", at: value)
        }
    }

    /// A marker in a text.
    func marker(_ text: String, at value: TOMLValue?) throws(DiagnosticError) -> Marker {
        do {
            return try Marker(parsing: text)
        } catch {
            throw fault("\(error)", at: value)
        }
    }

    /// A marker that a member may be; a blank one is none.
    func marker(in parent: TOMLValue, _ key: String) throws(DiagnosticError) -> Marker? {
        guard let value = parent[key] else { return nil }
        let text = try string(value, key, in: parent)
        return text.trimmingBlanks.isEmpty ? nil : try marker(text, at: value)
    }

    /// A version in a text.
    func version(_ text: String, at value: TOMLValue?) throws(DiagnosticError) -> Version {
        do {
            return try Version(parsing: text)
        } catch {
            throw fault("\(error)", at: value)
        }
    }

    /// Version specifiers in a text.
    func specifiers(_ text: String, at value: TOMLValue?) throws(DiagnosticError) -> VersionSpecifierSet {
        do {
            return try VersionSpecifierSet(parsing: text)
        } catch {
            throw fault("\(error)", at: value)
        }
    }

    /// The hash that a member may be.
    func hashes(in parent: TOMLValue, _ key: String = "hash") throws(DiagnosticError) -> [FileHash] {
        guard let value = parent[key] else { return [] }
        let text = try string(value, key, in: parent)
        guard let hash = FileHash(text) else { throw fault("'\(text)' is no hash such as 'sha256:…'", at: value) }
        return [hash]
    }

    /// The items of an array that a member may be.
    func items(_ value: TOMLValue?, _ key: String) throws(DiagnosticError) -> [TOMLValue] {
        guard let value else { return [] }
        guard let items = value.array else {
            throw fault("'\(key)' is \(value.kindName), not an array", at: value)
        }
        return items
    }

    /// The texts of an array that a member may be.
    func strings(_ value: TOMLValue?, _ key: String) throws(DiagnosticError) -> [String] {
        var result: [String] = []
        for item in try items(value, key) { result.append(try string(item, key, in: value)) }
        return result
    }
}

extension ReadingContext {
    /// Reads a file whole.
    func read(_ file: LocalPath) throws(DiagnosticError) -> [UInt8] {
        do {
            return try files.read(file)
        } catch {
            throw DiagnosticError(
                "cannot read '\(displayName(of: file))': \(error)",
                category: .resolution,
                at: SourcePlace(file: displayName(of: file), line: 1, column: 1)
            )
        }
    }
}
