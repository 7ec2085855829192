import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// One dependency in the syntax of Poetry (<https://python-poetry.org/docs/dependency-specification/>).
struct PoetryDependency {
    /// The source from which a dependency is installed.
    enum Source: Hashable {
        /// An index, by the name of its `[[tool.poetry.source]]`; `nil` for any.
        case index(String?)
        case address(String)
        case repository(String, reference: String?, subdirectory: String?)
        /// A local path, relative to the project file.
        case path(String)
    }

    /// The name of the distribution.
    var name: PackageName
    /// The required extras of the distribution.
    var extras: [PackageName] = []
    /// The versions that the project accepts.
    var constraint: PoetryConstraint
    /// The condition of the dependency; `nil` for always.
    var marker: Marker?
    /// The source from which the distribution is installed.
    var source: Source
    /// Whether only an extra of the project requires the dependency.
    var isOptional = false
    /// Whether pre-releases are accepted.
    var allowsPreReleases = false
    /// Whether the dependency is marked as editable (`develop`).
    var isEditable = false
    /// The value in the project file, for places of errors.
    var value: TOMLValue

    /// Reads the dependencies under a key: one, or several with markers that exclude each other.
    static func read(
        _ key: String,
        _ value: TOMLValue,
        in file: TOMLFile
    ) throws(DiagnosticError) -> [PoetryDependency] {
        var result: [PoetryDependency] = []
        for item in value.array ?? [value] { result.append(try readOne(key, item, in: file)) }
        return result
    }

    private static func readOne(
        _ key: String,
        _ value: TOMLValue,
        in file: TOMLFile
    ) throws(DiagnosticError) -> PoetryDependency {
        let name = try file.packageName(key, at: value)
        if let text = value.string {
            return PoetryDependency(
                name: name,
                constraint: try constraint(text, at: value, in: file),
                source: .index(nil),
                value: value
            )
        }
        guard value.table != nil else {
            throw file.error(
                .invalidTOMLValue,
                "dependency '\(key)' must be a version or a table, but is \(value.kindName)",
                at: value
            )
        }
        let version = value["version"]
        var dependency = PoetryDependency(
            name: name,
            constraint: try constraint(version?.string ?? "*", at: version, in: file),
            marker: try marker(of: value, in: file),
            source: source(of: value),
            isOptional: value["optional"]?.boolean ?? false,
            allowsPreReleases: value["allow-prereleases"]?.boolean ?? false,
            isEditable: value["develop"]?.boolean ?? false,
            value: value
        )
        for extra in try file.strings(value["extras"], "extras") {
            dependency.extras.append(try file.packageName(extra, at: value["extras"]))
        }
        return dependency
    }

    private static func source(of value: TOMLValue) -> Source {
        if let path = (value["path"] ?? value["file"])?.string { return .path(path) }
        if let url = value["url"]?.string { return .address(url) }
        if let git = value["git"]?.string {
            return .repository(
                RepositoryAddress.normalized(git),
                reference: (value["rev"] ?? value["tag"] ?? value["branch"])?.string,
                subdirectory: value["subdirectory"]?.string
            )
        }
        return .index(value["source"]?.string)
    }

    /// The marker that combines the conditions of `markers`, `python` and `platform`.
    private static func marker(of value: TOMLValue, in file: TOMLFile) throws(DiagnosticError) -> Marker? {
        var parts: [Marker] = []
        if let marker = try file.marker(in: value, "markers") { parts.append(marker) }
        if let python = value["python"], let text = python.string,
            let marker = try constraint(text, at: python, in: file).pythonMarker
        {
            parts.append(marker)
        }
        if let platform = value["platform"]?.string {
            parts.append(.comparison(.variable(.sysPlatform), .relation(.equal), .literal(platform)))
        }
        return parts.count > 1 ? .all(parts) : parts.first
    }

    /// Parses a version constraint, with errors at the place of a value.
    static func constraint(
        _ text: String,
        at value: TOMLValue?,
        in file: TOMLFile
    ) throws(DiagnosticError) -> PoetryConstraint {
        do {
            return try PoetryConstraint(parsing: text)
        } catch {
            throw file.error(.invalidRequirement, "\(error)", at: value)
        }
    }

    /// The dependency as a requirement to resolve.
    func requirementEntry(in file: TOMLFile, context: ReadingContext) throws(DiagnosticError) -> RequirementEntry {
        let subject: RequirementEntry.Subject
        var requirement = Requirement(name, extras: extras, marker: marker)
        switch source {
        case .index:
            guard let versions = constraint.singleSet else {
                throw file.error(
                    .unsupportedConstraint,
                    "cannot resolve '\(name)': alternative version ranges (||) are supported only in a lock file",
                    at: value,
                    help: ["run poetry lock, and commit poetry.lock with the service"]
                )
            }
            requirement.versions = versions
            subject = .named(requirement)
        case .address(let address):
            requirement.address = address
            subject = .named(requirement)
        case .repository(let address, let reference, let subdirectory):
            let fragment = subdirectory.map { "#subdirectory=\($0)" } ?? ""
            requirement.address = address + (reference.map { "@\($0)" } ?? "") + fragment
            subject = .named(requirement)
        case .path(let text):
            let path = file.file.parent / text
            guard context.files.exists(path) else {
                throw file.missingPath(text, of: name, at: value["path"] ?? value)
            }
            subject = .local(path, name: name, extras: extras, marker: marker)
        }
        return RequirementEntry(subject, place: file.place(of: value), isEditable: isEditable)
    }

    /// The dependency as an edge between distributions of a lock.
    var locked: LockedDependency {
        LockedDependency(
            name,
            extras: extras.map(\.normalized),
            marker: marker,
            versions: constraint.alternatives
        )
    }
}
