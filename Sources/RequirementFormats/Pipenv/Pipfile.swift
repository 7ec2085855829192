import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// The packages and indexes of a `Pipfile` (<https://pipenv.pypa.io/en/latest/pipfile.html>).
struct Pipfile {
    /// The content of the file with its places.
    let toml: TOMLFile

    /// Reads and parses a `Pipfile`.
    init(reading file: LocalPath, context: ReadingContext) throws(DiagnosticError) {
        toml = try TOMLFile(reading: file, context: context)
    }

    /// The packages in `[packages]`, which are installed without `--dev`.
    ///
    /// Their syntax is a subset of that of Poetry.
    func packages() throws(DiagnosticError) -> [PoetryDependency] {
        var result: [PoetryDependency] = []
        for (key, value) in toml.root["packages"]?.table ?? OrderedMap() {
            for var dependency in try PoetryDependency.read(key, value, in: toml) {
                dependency.marker = try marker(of: value, dependency.marker)
                if let ref = value["ref"]?.string, case .repository(let address, nil, let folder) = dependency.source {
                    dependency.source = .repository(address, reference: ref, subdirectory: folder)
                }
                if value["editable"]?.boolean == true { dependency.isEditable = true }
                result.append(dependency)
            }
        }
        return result
    }

    /// Adds the conditions that are written with marker variables as keys: `sys_platform = "== 'linux'"`.
    private func marker(of value: TOMLValue, _ marker: Marker?) throws(DiagnosticError) -> Marker? {
        var result = marker
        for variable in Marker.Variable.allCases where variable != .extras {
            guard let condition = value[variable.rawValue]?.string else { continue }
            let part = try toml.marker("\(variable.rawValue) \(condition)", at: value[variable.rawValue])
            result = result.map { $0 && part } ?? part
        }
        return result
    }

    /// The indexes in `[[source]]`, with the environment variables in their addresses replaced.
    ///
    /// - Throws: A `DiagnosticError` if a variable is not set.
    func indexes(_ environment: [String: String]) throws(DiagnosticError) -> IndexOptions {
        var result = IndexOptions()
        for source in toml.root["source"]?.array ?? [] {
            guard let url = source["url"]?.string else { continue }
            let address = IndexAddress(
                try RequirementsText.expanding(url, at: toml.place(of: source["url"]), environment)
            )
            if result.index == nil { result.index = address } else { result.extraIndexes.append(address) }
        }
        result.allowsPreReleases = toml.root["pipenv", "allow_prereleases"]?.boolean ?? false
        return result
    }

    /// The digest of the file that `Pipfile.lock` stores to detect changes.
    var hash: String {
        let standardSource: CanonicalJSON = .array([
            .object(["name": .string("pypi"), "url": .string("https://pypi.org/simple"), "verify_ssl": .bool(true)])
        ])
        func section(_ name: String) -> CanonicalJSON { toml.root[name].map { CanonicalJSON($0) } ?? .object([:]) }
        var content: OrderedMap<CanonicalJSON> = [
            "_meta": .object([
                "sources": toml.root["source"].map { CanonicalJSON($0) } ?? standardSource,
                "requires": section("requires"),
            ]),
            "default": section("packages"),
            "develop": section("dev-packages"),
        ]
        let known = [
            "source", "packages", "dev-packages", "requires", "scripts", "pipfile", "pipenv", "default", "develop",
        ]
        for (key, value) in toml.root.table ?? OrderedMap() where !known.contains(key) {
            content[key] = CanonicalJSON(value)
        }
        return SHA256.digest(of: CanonicalJSON.object(content).text(blanks: false)).hexadecimal
    }
}
