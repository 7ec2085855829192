import Diagnostics
package import ELFFormat
import HostSystem
import OrderedJSON
import PythonPackaging
package import WheelProvisioning
import ZipArchive

/// What the content of a wheel shows, found out once for every wheel and kept.
package struct WheelAudit: Hashable, Sendable {
    /// A library or program in the wheel.
    package struct NativeFile: Hashable, Sendable {
        /// Its path in the wheel.
        package let path: String
        /// What it needs; `nil` where it is an ELF file that Lambda's processors cannot run, or a broken one.
        package let elf: ELFFile?

        /// Makes a description.
        package init(path: String, elf: ELFFile?) {
            self.path = path
            self.elf = elf
        }
    }

    /// The ELF files in the order of the archive.
    package let nativeFiles: [NativeFile]
    /// Whether a module of it asks for the metadata of distributions at run time.
    package let readsMetadata: Bool
    /// The files that RECORD does not list with a hash.
    package let unlistedFiles: [String]

    /// Reads all of a wheel and checks every file against its CRC-32 and its hash in RECORD.
    ///
    /// - Parameter layout: the wheel.
    /// - Throws: `ZipError`; `DiagnosticError` where a file is not what RECORD says (PEP 427, "Signed wheel files").
    init(of layout: WheelLayout) throws {
        let record = try Self.record(of: layout)
        var natives: [NativeFile] = []
        var unlisted: [String] = []
        var readsMetadata = false
        for entry in layout.archive.entries where entry.kind == .file {
            let path = entry.path.string
            let content = try layout.archive.contents(of: entry)
            if let row = record[path], !row.hash.isEmpty {
                try Self.check(content, against: row, in: layout)
            } else if !Self.isUnhashed(path, in: layout.metadataFolder) {
                unlisted.append(path)
            }
            if ELFFile.isELF(content) { natives.append(NativeFile(path: path, elf: ELFFile(content))) }
            if !readsMetadata, path.hasSuffix(".py") { readsMetadata = Self.asksForMetadata(content) }
        }
        nativeFiles = natives
        unlistedFiles = unlisted
        self.readsMetadata = readsMetadata
    }

    private static func record(of layout: WheelLayout) throws -> [String: InstallRecord.Row] {
        let path = layout.metadataFolder + "/RECORD"
        guard let entry = layout.archive.entry(named: path) else {
            throw DiagnosticError("'\(layout.wheel.name.fileName)' is no wheel: it has no \(path)", category: .bundle)
        }
        let bytes = try layout.archive.contents(of: entry, limitBytes: WheelLayout.metadataLimit)
        let text = String(decoding: bytes, as: UTF8.self)
        return Dictionary(InstallRecord(parsing: text).rows.map { ($0.path, $0) }) { first, _ in first }
    }

    /// Whether a file has no hash in RECORD by its nature: RECORD itself and its signatures.
    private static func isUnhashed(_ path: String, in folder: String) -> Bool {
        ["/RECORD", "/RECORD.jws", "/RECORD.p7s"].contains { path == folder + $0 }
    }

    private static func check(_ content: [UInt8], against row: InstallRecord.Row, in layout: WheelLayout) throws {
        // The archive as a whole was verified; of the hashes that PEP 427 allows, wheels have this one.
        guard row.algorithm == "sha256" else { return }
        let found = SHA256.digest(of: content).base64URL
        guard found == row.hash.replacing("=", with: "") else {
            throw DiagnosticError(
                "'\(layout.wheel.name.fileName)': '\(row.path)' is not what RECORD says",
                category: .bundle,
                notes: ["RECORD has sha256=\(row.hash)", "the file has sha256=\(found)"],
                help: ["the wheel was changed after it was built; get it anew, or another version of it"]
            )
        }
    }

    private static func asksForMetadata(_ source: [UInt8]) -> Bool {
        let words: [StaticString] = ["importlib.metadata", "importlib_metadata", "pkg_resources"]
        // A literal's bytes live as long as the program.
        return words.contains { word in
            source.contains(subsequence: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        }
    }
}

extension [UInt8] {
    fileprivate func contains(subsequence word: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = word.first else { return true }
        var start = startIndex
        while let index = self[start...].firstIndex(of: first) {
            if self[index...].starts(with: word) { return true }
            start = index + 1
        }
        return false
    }
}

extension WheelAudit {
    /// The form in which an audit is kept.
    var json: JSONValue {
        .object(
            OrderedMap([
                ("native", .array(nativeFiles.map(\.json))),
                ("readsMetadata", .bool(readsMetadata)),
                ("unlisted", .array(unlistedFiles.map { .string($0) })),
            ])
        )
    }

    /// Reads an audit that was kept; `nil` where it is none.
    init?(json: JSONValue) {
        guard case .object(let fields) = json, case .array(let natives)? = fields["native"],
            case .bool(let readsMetadata)? = fields["readsMetadata"], case .array(let unlisted)? = fields["unlisted"]
        else { return nil }
        let files = natives.compactMap(NativeFile.init(json:))
        let paths = unlisted.compactMap { value -> String? in if case .string(let text) = value { text } else { nil } }
        guard files.count == natives.count, paths.count == unlisted.count else { return nil }
        nativeFiles = files
        self.readsMetadata = readsMetadata
        unlistedFiles = paths
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
        return .object(OrderedMap([("path", .string(path)), ("machine", machine), ("glibc", glibc)]))
    }

    fileprivate init?(json: JSONValue) {
        guard case .object(let fields) = json, case .string(let path)? = fields["path"] else { return nil }
        self.path = path
        var glibc: Int?
        if case .number(let number)? = fields["glibc"] { glibc = Int(exactly: number) }
        switch fields["machine"] {
        case .string("x86_64"): elf = ELFFile(machine: .x86_64, glibcMinor: glibc)
        case .string("arm64"): elf = ELFFile(machine: .arm64, glibcMinor: glibc)
        case .number(let number):
            guard let machine = UInt16(exactly: number) else { return nil }
            elf = ELFFile(machine: .other(machine), glibcMinor: glibc)
        case .null: elf = nil
        default: return nil
        }
    }
}

extension OpenWheels {
    /// Audits wheels, several at a time; what was found out in an earlier run is not looked for again.
    ///
    /// - Parameter wheels: the wheels.
    /// - Returns: their audits in the same order.
    /// - Throws: `ZipError`, `DiagnosticError`, `CancellationError`.
    package func audits(of wheels: [StoredWheel]) async throws -> [WheelAudit] {
        // Bounded by cores, as nearly all of it is decompression; each holds one file of its wheel in memory.
        try await wheels.concurrentMap(limit: processorCount) { wheel in try self.audit(of: wheel) }
    }

    private func audit(of wheel: StoredWheel) throws -> WheelAudit {
        if let known = knownAudit(of: wheel.sha256) { return known }
        // The version counts up whenever more is found out, or other things.
        let kept = cache.map { $0 / "audits-1" / "\(wheel.sha256.hexadecimal).json" }
        // One that is broken is found out anew.
        if let kept, let bytes = try files.readIfPresent(kept), let json = try? JSONValue(parsing: bytes),
            let audit = WheelAudit(json: json)
        {
            keep(audit, of: wheel.sha256)
            return audit
        }
        let layout = try layout(of: wheel)
        let audit = try WheelError.attributing(to: wheel) { try WheelAudit(of: layout) }
        if let kept {
            // A cache that cannot be written costs time and nothing else.
            try? files.createDirectory(kept.parent)
            try? files.write(JSONWriter().bytes(of: audit.json), to: kept, options: FileWriteOptions())
        }
        keep(audit, of: wheel.sha256)
        return audit
    }
}
