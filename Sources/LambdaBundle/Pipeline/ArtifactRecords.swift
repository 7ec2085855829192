import Diagnostics
import HostSystem
import OrderedJSON
import WheelProvisioning

/// The artifacts that earlier runs wrote to a directory: an artifact is reused if its key and its file are unchanged.
///
/// The records are optional: if they are missing or cannot be read, artifacts are rebuilt.
struct ArtifactRecords: Sendable {
    /// An artifact that an earlier run wrote.
    struct Entry: Sendable {
        /// The key of its inputs.
        var key: String
        /// The status of its file after it was written.
        var status: FileStatus
        /// The artifact as it was reported.
        var artifact: BundleReport.Artifact
        /// The warnings and notes about it, which each run reports again.
        var findings: [Diagnostic] = []
    }

    /// The version of the records and keys; artifacts of other versions are rebuilt.
    static let version = 4
    /// The resolution of file system clocks in nanoseconds.
    static let clockSlack = VerifiedFile.clockSlack

    private let file: LocalPath?
    private let places: ConfigurationPlaces
    private let files: any FileSystem
    private var entries: [String: Entry] = [:]

    /// Reads the records of a directory of artifacts.
    ///
    /// - Parameters:
    ///   - output: the directory of artifacts.
    ///   - cache: the cache directory, or `nil` to keep no records.
    ///   - places: the current places of values in the configuration, at which findings are reported.
    ///   - files: the file system.
    init(for output: LocalPath, in cache: LocalPath?, places: ConfigurationPlaces, files: any FileSystem) {
        self.places = places
        self.files = files
        file = cache.map { $0 / "artifacts" / "\(SHA256.digest(of: output.string).hexadecimal).json" }
        guard let file, let bytes = try? files.read(file), let records = try? JSONValue(parsing: bytes),
            records["version"] == .number(Double(Self.version)), let members = records["artifacts"]?.objectValue
        else { return }
        for (path, value) in members { entries[path] = Entry(value, at: output / path, places) }
    }

    /// The artifact of an earlier run, or `nil` if its key or its file has changed.
    func artifact(_ path: String, key: String, in output: LocalPath) -> Entry? {
        guard var entry = entries[path], entry.key == key,
            let status = files.statusIfPresent(of: output / path, followingLinks: false), status == entry.status
        else { return nil }
        entry.artifact.origin = .reused
        return entry
    }

    /// The artifact with a path below the directory.
    subscript(path: String) -> Entry? {
        get { entries[path] }
        set { entries[path] = newValue }
    }

    /// Removes all artifacts except those with the given paths, and writes the records.
    mutating func save(keeping paths: Set<String>) {
        guard let file else { return }
        entries = entries.filter { paths.contains($0.key) }
        var members = OrderedMap<JSONValue>()
        for (path, entry) in entries.sorted(by: { $0.key < $1.key }) { members[path] = entry.json(places) }
        let records: JSONValue = ["version": .number(Double(Self.version)), "artifacts": .object(members)]
        // A cache that cannot be written, on a full disk or without permission, must not fail a run that succeeded.
        try? files.createDirectory(file.parent)
        try? files.write(JSONWriter().bytes(of: records), to: file)
    }
}

extension ArtifactRecords.Entry {
    fileprivate init?(_ json: JSONValue, at path: LocalPath, _ places: ConfigurationPlaces) {
        func number(_ key: String, of value: JSONValue) -> Int64? { value[key]?.stringValue.flatMap { Int64($0) } }
        guard let key = json["key"]?.stringValue, let sha256 = json["sha256"]?.stringValue,
            let digest = SHA256Digest(hexadecimal: sha256), let file = json["file"],
            let size = number("size", of: file), let modified = number("modified", of: file),
            let changed = number("changed", of: file), let inode = number("inode", of: file),
            let device = number("device", of: file), let mode = number("mode", of: file)
        else { return nil }
        self.key = key
        status = FileStatus(
            kind: .file,
            mode: UInt16(truncatingIfNeeded: mode),
            size: size,
            modifiedNanoseconds: modified,
            changedNanoseconds: changed,
            inode: UInt64(bitPattern: inode),
            device: UInt64(bitPattern: device)
        )
        artifact = BundleReport.Artifact(fileName: path.lastComponent, path: path, origin: .reused)
        artifact.target = json["target"]?.stringValue
        artifact.zippedBytes = size
        artifact.unzippedBytes = number("unzipped", of: json) ?? 0
        artifact.entryCount = number("entries", of: json).map { Int($0) } ?? 0
        artifact.sha256 = digest.hexadecimal
        artifact.sha256Base64 = digest.base64
        artifact.distributions = (json["distributions"]?.arrayValue ?? [])
            .compactMap { item in
                guard let name = item["name"]?.stringValue, let version = item["version"]?.stringValue else {
                    return nil
                }
                let bytes = number("bytes", of: item) ?? 0
                return BundleReport.Distribution(name: name, version: version, unzippedBytes: bytes)
            }
        findings = (json["findings"]?.arrayValue ?? [])
            .compactMap { item in
                guard let message = item["message"]?.stringValue,
                    let code = item["code"]?.stringValue.flatMap(DiagnosticCode.init(rawValue:))
                else { return nil }
                func strings(_ key: String) -> [String] { (item[key]?.arrayValue ?? []).compactMap(\.stringValue) }
                let severity = item["severity"]?.stringValue.flatMap(Diagnostic.Severity.init) ?? .warning
                let place = item["at"]?.stringValue.flatMap { places[$0] }
                return Diagnostic(
                    severity,
                    code,
                    message,
                    at: place,
                    notes: strings("notes"),
                    help: strings("help")
                )
            }
    }

    fileprivate func json(_ places: ConfigurationPlaces) -> JSONValue {
        // Numbers are strings, as those of JSON are not precise enough for nanoseconds.
        var json: JSONValue = [
            "key": .string(key),
            "sha256": .string(artifact.sha256),
            "unzipped": .string("\(artifact.unzippedBytes)"),
            "entries": .string("\(artifact.entryCount)"),
            "file": [
                "size": .string("\(status.size)"),
                "modified": .string("\(status.modifiedNanoseconds)"),
                "changed": .string("\(status.changedNanoseconds)"),
                "inode": .string("\(Int64(bitPattern: status.inode))"),
                "device": .string("\(Int64(bitPattern: status.device))"),
                "mode": .string("\(status.mode)"),
            ],
            "distributions": .array(
                artifact.distributions.map { distribution in
                    [
                        "name": .string(distribution.name), "version": .string(distribution.version),
                        "bytes": .string("\(distribution.unzippedBytes)"),
                    ]
                }
            ),
            "findings": .array(
                findings.map { finding in
                    [
                        "severity": .string(finding.severity.rawValue),
                        "code": .string(finding.code.rawValue),
                        "message": .string(finding.message),
                        "notes": .array(finding.notes.map { .string($0) }),
                        "help": .array(finding.help.map { .string($0) }),
                        "at": finding.place.flatMap { places.name(of: $0) }.map { .string($0) } ?? .null,
                    ]
                }
            ),
        ]
        if let target = artifact.target { json["target"] = .string(target) }
        return json
    }
}
