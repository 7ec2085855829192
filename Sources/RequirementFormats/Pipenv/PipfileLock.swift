import Diagnostics
import HostSystem
import OrderedJSON
import PythonPackaging

/// The locked packages and indexes of a `Pipfile.lock`.
struct PipfileLock {
    /// The packages of `default`, which are installed without `--dev`.
    private let packages: OrderedMap<JSONValue>
    private let root: JSONValue
    private let name: String
    private let file: LocalPath
    /// The place of the first occurrence of each key.
    private let places: [String: SourcePlace]

    /// Reads and parses a `Pipfile.lock`; an empty file has no packages.
    init(reading file: LocalPath, context: ReadingContext) throws(DiagnosticError) {
        self.file = file
        name = context.displayName(of: file)
        let bytes = try context.read(file)
        places = Self.places(ofKeysIn: bytes, name)
        guard bytes.contains(where: { $0 > 0x20 }) else {
            (root, packages) = (.null, OrderedMap())
            return
        }
        do {
            root = try JSONValue(parsing: bytes)
        } catch {
            throw DiagnosticError(
                .invalidLockFile,
                "cannot parse '\(name)' as JSON: \(error)",
                at: SourcePlace(file: name, line: error.line, column: error.column),
                help: ["run pipenv lock"]
            )
        }
        packages = root["default"]?.objectValue ?? OrderedMap()
    }

    /// The digest of the `Pipfile` for which the lock was created; `nil` if the lock does not have it.
    var hash: String? { root["_meta"]?["hash"]?["sha256"]?.stringValue }

    /// Whether the lock has a package in a version that the `Pipfile` allows.
    func satisfies(_ dependency: PoetryDependency) -> Bool {
        guard let entry = packages.first(where: { PackageName.normalize($0.key) == dependency.name.normalized })?.value
        else { return false }
        guard let text = entry["version"]?.stringValue, text.hasPrefix("=="),
            let version = try? Version(parsing: text.drop { $0 == "=" })
        else { return true }
        let sets = dependency.constraint.alternatives
        return sets.isEmpty || sets.contains { $0.contains(version, preReleases: true) }
    }

    /// The distributions of the lock, or requirements if the version of one is not locked.
    func requirementSet(
        _ origin: RequirementSource,
        context: ReadingContext,
        diagnostics: [Diagnostic]
    ) throws(DiagnosticError) -> RequirementSet {
        var indexes = IndexOptions()
        var named: [String: IndexAddress] = [:]
        for source in root["_meta"]?["sources"]?.arrayValue ?? [] {
            guard let url = source["url"]?.stringValue else { continue }
            // Addresses in a lock may contain variables, so that it contains no credentials.
            let address = IndexAddress(
                try RequirementsText.expanding(url, at: place(ofKey: "sources"), context.environment)
            )
            if let name = source["name"]?.stringValue { named[name] = address }
            if indexes.index == nil { indexes.index = address } else { indexes.extraIndexes.append(address) }
        }
        var locked: [LockedPackage] = []
        var list = RequirementList()
        var hasOpenVersion = false
        for (key, value) in packages {
            let package = try package(key, value, named, context)
            let versions = try openVersions(key, value, of: package)
            // Pipenv does not lock the versions of packages whose markers are false on the system that locks.
            if versions != nil, !Self.holdsOnAnyTarget(package.marker) { continue }
            hasOpenVersion = hasOpenVersion || versions != nil
            locked.append(package)
            list.requirements.append(Self.requirementEntry(package, versions ?? VersionSpecifierSet()))
        }
        return RequirementSet(
            origin: origin,
            content: hasOpenVersion ? .requirements(list) : .lock(Lock(locked)),
            indexes: indexes,
            diagnostics: diagnostics,
            files: [file]
        )
    }

    /// The accepted versions of a package from an index that is not locked to one version; `nil` for other packages.
    private func openVersions(
        _ key: String,
        _ value: JSONValue,
        of package: LockedPackage
    ) throws(DiagnosticError) -> VersionSpecifierSet? {
        guard case .index = package.source, package.version == nil else { return nil }
        guard let text = value["version"]?.stringValue, text != "*", !text.isEmpty else { return VersionSpecifierSet() }
        do {
            return try VersionSpecifierSet(parsing: text)
        } catch {
            throw invalid("\(error)", at: key)
        }
    }

    /// Whether a marker is true on any target.
    private static func holdsOnAnyTarget(_ marker: Marker?) -> Bool {
        guard let marker else { return true }
        return PythonRuntime.current.contains { runtime in
            Architecture.allCases.contains { marker.holds(in: Target(runtime, $0).markerEnvironment) }
        }
    }

    /// The requirement of a locked package, to resolve together with packages that are not locked.
    private static func requirementEntry(_ package: LockedPackage, _ open: VersionSpecifierSet) -> RequirementEntry {
        var requirement = Requirement(package.name, versions: open, marker: package.marker)
        switch package.source {
        case .local(let path):
            return RequirementEntry(
                .local(path, name: package.name, extras: [], marker: package.marker),
                place: package.place
            )
        case .index:
            if let version = package.version {
                requirement.versions = VersionSpecifierSet([VersionSpecifier(.equal, version)])
            }
        case .archive(let address, let folder):
            requirement.address = address + (folder.map { "#subdirectory=\($0)" } ?? "")
        case .repository(let address, let commit, let folder):
            requirement.address = "\(address)@\(commit)" + (folder.map { "#subdirectory=\($0)" } ?? "")
        }
        return RequirementEntry(.named(requirement), hashes: package.hashes, place: package.place)
    }

    private func invalid(_ message: String, at key: String) -> DiagnosticError {
        DiagnosticError(
            .invalidLockFile,
            "invalid entry '\(key)' in '\(name)': \(message)",
            at: place(ofKey: key),
            help: ["run pipenv lock"]
        )
    }

    private func package(
        _ key: String,
        _ value: JSONValue,
        _ indexes: [String: IndexAddress],
        _ context: ReadingContext
    ) throws(DiagnosticError) -> LockedPackage {
        do {
            let packageName = try PackageName(parsing: key)
            var package = LockedPackage(
                name: packageName,
                version: nil,
                source: .index(value["index"]?.stringValue.flatMap { indexes[$0] }),
                place: place(ofKey: key)
            )
            if let text = value["markers"]?.stringValue { package.marker = try Marker(parsing: text) }
            if let text = value["version"]?.stringValue, text.hasPrefix("=="), !text.hasSuffix("*") {
                package.version = try Version(parsing: text.drop { $0 == "=" })
            }
            for hash in value["hashes"]?.arrayValue ?? [] {
                guard let text = hash.stringValue, let read = FileHash(text) else {
                    throw invalid("a hash is not valid", at: key)
                }
                package.hashes.append(read)
            }
            if let git = value["git"]?.stringValue {
                guard let commit = value["ref"]?.stringValue else { throw invalid("it has no commit", at: key) }
                let subdirectory = value["subdirectory"]?.stringValue
                let address = RepositoryAddress.normalized(
                    try RequirementsText.expanding(git, at: place(ofKey: key), context.environment)
                )
                package.source = .repository(address, commit: commit, subdirectory: subdirectory)
            } else if let path = (value["path"] ?? value["file"])?.stringValue {
                let isAddress = path.firstRange(of: "://") != nil
                package.source = isAddress ? .archive(path, subdirectory: nil) : .local(file.parent / path)
            }
            return package
        } catch let error as DiagnosticError {
            throw error
        } catch {
            throw invalid("\(error)", at: key)
        }
    }

    private func place(ofKey key: String) -> SourcePlace {
        places[key] ?? SourcePlace(file: name, line: 1, column: 1)
    }

    /// The places of the keys in a lock, found by their text: Pipenv writes one key on each line.
    private static func places(ofKeysIn bytes: [UInt8], _ file: String) -> [String: SourcePlace] {
        var places: [String: SourcePlace] = [:]
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard text.first == UInt8(ascii: "\"") else { continue }
            let key = text.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
            guard text[key.endIndex...].dropFirst().first == UInt8(ascii: ":") else { continue }
            let place = SourcePlace(file: file, line: number + 1, column: text.startIndex - line.startIndex + 1)
            let name = String(decoding: key, as: UTF8.self)
            if places[name] == nil { places[name] = place }
        }
        return places
    }
}
