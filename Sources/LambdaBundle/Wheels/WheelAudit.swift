import Diagnostics
package import ELFFormat
import HostSystem
import OrderedJSON
import PythonPackaging
package import WheelProvisioning
import ZipArchive

/// The result of inspecting the content of a wheel, which is cached.
package struct WheelAudit: Hashable, Sendable {
    /// A library or program in the wheel.
    package struct NativeFile: Hashable, Sendable {
        /// The path in the wheel.
        package let path: String
        /// The ELF header, or `nil` if the file is corrupt or not for an architecture of Lambda.
        package let elf: ELFFile?

        /// Creates a description of a library.
        package init(path: String, elf: ELFFile?) {
            self.path = path
            self.elf = elf
        }
    }

    /// The ELF files, in the order of the archive.
    package let nativeFiles: [NativeFile]
    /// The normalized names of the distributions whose metadata modules read when they are imported.
    package let metadataSubjects: [String]
    /// The groups of entry points that modules may look up.
    package let entryPointGroups: [String]
    /// Whether the wheel looks up entry points when it is imported, and fails if there are none.
    package let needsOwnEntryPoints: Bool
    /// The files without a hash in `RECORD`.
    package let unlistedFiles: [String]

    /// Reads a complete wheel, and verifies the CRC-32 and the hash in `RECORD` for every file.
    ///
    /// - Parameter layout: the wheel to inspect.
    /// - Throws: `ZipError`; `DiagnosticError` if a file differs from `RECORD` (PEP 427, "Signed wheel files").
    init(of layout: WheelLayout) throws {
        let record = try Self.record(of: layout)
        var natives: [NativeFile] = []
        var unlisted: [String] = []
        var metadata = MetadataAudit(of: layout.wheel)
        for entry in layout.archive.entries where entry.kind == .file {
            let path = entry.path.string
            let content = try layout.archive.contents(of: entry)
            if let row = record[path], !row.hash.isEmpty {
                try Self.check(content, against: row, in: layout)
            } else if !Self.isUnhashed(path, in: layout.metadataFolder) {
                unlisted.append(path)
            }
            if ELFFile.isELF(content) { natives.append(NativeFile(path: path, elf: ELFFile(content))) }
            if path.hasSuffix(".py") { metadata.add(path, content) }
        }
        nativeFiles = natives
        unlistedFiles = unlisted
        metadataSubjects = metadata.subjects.sorted()
        entryPointGroups = try metadata.groups(in: layout).sorted()
        needsOwnEntryPoints = metadata.needsEntryPoints
    }

    private static func record(of layout: WheelLayout) throws -> [String: InstallRecord.Row] {
        let path = layout.metadataFolder + "/RECORD"
        guard let entry = layout.archive.entry(named: path) else {
            throw DiagnosticError(.invalidWheel, "'\(layout.wheel.name.fileName)' is not a wheel: it has no \(path)")
        }
        let bytes = try layout.archive.contents(of: entry, limitBytes: WheelLayout.metadataLimit)
        let text = String(decoding: bytes, as: UTF8.self)
        return Dictionary(InstallRecord(parsing: text).rows.map { ($0.path, $0) }) { first, _ in first }
    }

    /// Whether a file cannot have a hash in `RECORD`: `RECORD` itself and its signatures.
    private static func isUnhashed(_ path: String, in folder: String) -> Bool {
        ["/RECORD", "/RECORD.jws", "/RECORD.p7s"].contains { path == folder + $0 }
    }

    private static func check(_ content: [UInt8], against row: InstallRecord.Row, in layout: WheelLayout) throws {
        // The archive has been verified. Among the algorithms of PEP 427, this one is used in practice.
        guard row.algorithm == "sha256" else { return }
        let found = SHA256.digest(of: content).base64URL
        guard found == row.hash.replacing("=", with: "") else {
            throw DiagnosticError(
                .recordMismatch,
                "'\(layout.wheel.name.fileName)': the content of '\(row.path.onOneLine)' does not match RECORD",
                notes: ["RECORD has sha256=\(row.hash)", "the file has sha256=\(found)"],
                help: ["the wheel was changed after it was built: download it again, or use another version"]
            )
        }
    }
}

extension WheelAudit {
    /// The serialized audit for the cache.
    var json: JSONValue {
        .object(
            OrderedMap([
                ("native", .array(nativeFiles.map(\.json))),
                ("metadata", .array(metadataSubjects.map { .string($0) })),
                ("groups", .array(entryPointGroups.map { .string($0) })),
                ("needsGroups", .bool(needsOwnEntryPoints)),
                ("unlisted", .array(unlistedFiles.map { .string($0) })),
            ])
        )
    }

    /// Parses a serialized audit; returns `nil` if it is invalid.
    init?(json: JSONValue) {
        guard case .object(let fields) = json, case .array(let natives)? = fields["native"],
            case .array(let unlisted)? = fields["unlisted"], case .array(let subjects)? = fields["metadata"],
            case .array(let groups)? = fields["groups"], case .bool(let needsGroups)? = fields["needsGroups"]
        else { return nil }
        let files = natives.compactMap(NativeFile.init(json:))
        let texts = [unlisted, subjects, groups].map { $0.compactMap(\.stringValue) }
        guard files.count == natives.count, texts.map(\.count) == [unlisted.count, subjects.count, groups.count] else {
            return nil
        }
        nativeFiles = files
        unlistedFiles = texts[0]
        metadataSubjects = texts[1]
        entryPointGroups = texts[2]
        needsOwnEntryPoints = needsGroups
    }
}

extension WheelAudit.NativeFile {
    fileprivate var json: JSONValue {
        let machine: JSONValue =
            switch elf?.machine {
            case .x86_64: "x86_64"
            case .arm64: "arm64"
            case .other(let number): .number(Double(number))
            case nil: .null
            }
        let glibc: JSONValue = (elf?.glibcMinor).map { .number(Double($0)) } ?? .null
        func strings(_ values: [String]?) -> JSONValue { .array((values ?? []).map { .string($0) }) }
        return .object(
            OrderedMap([
                ("path", .string(path)), ("machine", machine), ("glibc", glibc),
                ("needed", strings(elf?.neededLibraries)), ("paths", strings(elf?.libraryPaths)),
                ("soname", strings(elf?.soname.map { [$0] })),
            ])
        )
    }

    fileprivate init?(json: JSONValue) {
        guard case .object(let fields) = json, case .string(let path)? = fields["path"] else { return nil }
        self.path = path
        var glibc: Int?
        if case .number(let number)? = fields["glibc"] { glibc = Int(exactly: number) }
        let machine: ELFFile.Machine
        switch fields["machine"] {
        case .string("x86_64"): machine = .x86_64
        case .string("arm64"): machine = .arm64
        case .number(let number):
            guard let other = UInt16(exactly: number) else { return nil }
            machine = .other(other)
        case .null:
            elf = nil
            return
        default: return nil
        }
        func strings(_ key: String) -> [String] { (fields[key]?.arrayValue ?? []).compactMap(\.stringValue) }
        elf = ELFFile(
            machine: machine,
            glibcMinor: glibc,
            neededLibraries: strings("needed"),
            libraryPaths: strings("paths"),
            soname: strings("soname").first
        )
    }
}

extension OpenWheels {
    /// Audits wheels, several at a time; what was found out in an earlier run is not looked for again.
    ///
    /// - Parameter wheels: the wheels to audit.
    /// - Returns: the audits in the same order.
    /// - Throws: `ZipError`, `DiagnosticError`, `CancellationError`.
    package func audits(of wheels: [StoredWheel]) async throws -> [WheelAudit] {
        // Limited by the number of cores, as most of the work is decompression. Each keeps one file in memory.
        try await wheels.concurrentMap(limit: processorCount) { wheel in try self.audit(of: wheel) }
    }

    private func audit(of wheel: StoredWheel) throws -> WheelAudit {
        if let known = knownAudit(of: wheel.sha256) { return known }
        // Increase the version when the content of an audit changes.
        let kept = cache.map { $0 / "audits-4" / "\(wheel.sha256.hexadecimal).json" }
        // If the cached audit is invalid, audit the wheel again.
        if let kept, let bytes = try files.readIfPresent(kept), let json = try? JSONValue(parsing: bytes),
            let audit = WheelAudit(json: json)
        {
            keep(audit, of: wheel.sha256)
            return audit
        }
        let layout = try layout(of: wheel)
        let audit = try WheelError.attributing(to: wheel) { try WheelAudit(of: layout) }
        if let kept {
            // If the cache cannot be written, the only effect is a slower next run.
            try? files.createDirectory(kept.parent)
            try? files.write(JSONWriter().bytes(of: audit.json), to: kept, options: FileWriteOptions())
        }
        keep(audit, of: wheel.sha256)
        return audit
    }
}
