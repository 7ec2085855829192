import Diagnostics
import HostSystem
package import PythonPackaging
package import RequirementFormats
package import WheelProvisioning
package import ZipArchive

/// The installed files of a wheel (PEP 427, "Installing a wheel 'distribution-1.0-py32-none-any.whl'").
package struct WheelLayout: Sendable {
    /// The sources of a file's content.
    package enum Material: Hashable, Sendable {
        /// An unchanged entry of the wheel.
        case entry(ZipEntry)
        /// A script without its first line, which depends on the Python version of the target.
        case script(body: [UInt8])
    }

    /// A file in the directory of installation.
    package struct File: Sendable {
        /// The path relative to the directory of installation.
        package let path: ArchivePath
        /// Whether any execute bit is set.
        package let isExecutable: Bool
        /// The source of the content.
        package let material: Material
    }

    /// The wheel in the store.
    package let wheel: StoredWheel
    /// The reader of the wheel's archive.
    package let archive: ZipReader
    /// The files in the order of the archive, followed by generated ones.
    package let files: [File]
    /// The metadata directory, such as `six-1.16.0.dist-info`.
    package let metadataFolder: String
    /// The entry points that the distribution declares.
    package let entryPoints: EntryPoints

    /// The maximum size of metadata files in bytes, so that a small archive cannot use a lot of memory.
    static let metadataLimit = 64 << 20

    /// Opens a wheel and determines its installed files.
    package init(of wheel: StoredWheel) throws {
        self.wheel = wheel
        archive = try ZipReader(opening: wheel.path.string, limits: StoredWheel.sizeLimits)
        metadataFolder = try Self.findMetadata(of: wheel, in: archive)
        entryPoints = try Self.readEntryPoints(in: metadataFolder, of: archive)
        let dataFolder = String(metadataFolder.dropLast(".dist-info".count)) + ".data"
        var links: [String: ZipEntry]?
        var files: [File] = []
        files.reserveCapacity(archive.entries.count)
        for entry in archive.entries where entry.kind != .folder {
            // Files that do not belong to a distribution are installed without metadata.
            if wheel.isFileSet, entry.path.firstComponent == metadataFolder { continue }
            guard let place = try Self.place(of: entry, dataFolder: dataFolder) else { continue }
            var material = entry
            if entry.kind == .symbolicLink {
                let known = links ?? Dictionary(archive.entries.map { ($0.path.string, $0) }) { first, _ in first }
                links = known
                material = try Self.follow(entry, among: known, in: archive)
            }
            files.append(try Self.file(at: place.path, of: material, isScript: place.isScript, in: archive))
        }
        let names = Set(files.map(\.path))
        // Commands that the wheel contains as files are not generated.
        self.files = files + (try entryPoints.scripts.map(Self.file(of:))).filter { !names.contains($0.path) }
    }

    /// The first line of scripts for a target.
    package static func interpreterLine(for target: Target) -> String {
        "#!/var/lang/bin/python\(target.runtime.version)\n"
    }

    /// Finds the directory `name-version.dist-info`; its spelling can differ from the file name, but it must be unique.
    private static func findMetadata(of wheel: StoredWheel, in archive: ZipReader) throws -> String {
        var found: Set<Substring> = []
        for entry in archive.entries where entry.path.lastComponent == "WHEEL" {
            let folder = entry.path.firstComponent
            if folder.hasSuffix(".dist-info"), entry.path.string.utf8.count == folder.utf8.count + 6 {
                found.insert(folder)
            }
        }
        let fitting = found.filter { folder in
            PackageName.normalize(folder.prefix { $0 != "-" }) == wheel.name.name.normalized
        }
        guard fitting.count == 1, let folder = fitting.first else {
            throw DiagnosticError(
                .invalidWheel,
                "'\(wheel.name.fileName)' is not a wheel: it has \(fitting.isEmpty ? "no" : "more than one")"
                    + " .dist-info directory with a file WHEEL"
            )
        }
        return String(folder)
    }

    private static func readEntryPoints(in folder: String, of archive: ZipReader) throws -> EntryPoints {
        guard let entry = archive.entry(named: folder + "/entry_points.txt") else { return EntryPoints(parsing: "") }
        let text = try archive.contents(of: entry, limitBytes: metadataLimit)
        return EntryPoints(parsing: String(decoding: text, as: UTF8.self))
    }

    /// The installed path of an entry, or `nil` for C headers, which are omitted.
    private static func place(
        of entry: ZipEntry,
        dataFolder: String
    ) throws -> (path: ArchivePath, isScript: Bool)? {
        guard entry.path.string.hasPrefix(dataFolder), entry.path.firstComponent == dataFolder else {
            return (entry.path, false)
        }
        let inner = entry.path.string.dropFirst(dataFolder.count + 1)
        let scheme = inner.prefix { $0 != "/" }
        let rest = inner.dropFirst(scheme.count + 1)
        guard !rest.isEmpty else { return nil }
        switch scheme {
        case "purelib", "platlib", "data": return (try ArchivePath(parsing: String(rest)), false)
        case "scripts": return (try ArchivePath(parsing: "bin/" + rest), true)
        default: return nil
        }
    }

    private static func file(
        at path: ArchivePath,
        of entry: ZipEntry,
        isScript: Bool,
        in archive: ZipReader
    ) throws -> File {
        // Such a line is replaced with the path of the interpreter (PEP 427, "Recommended installer features").
        if isScript, entry.size < 1 << 20 {
            let content = try archive.contents(of: entry)
            if content.starts(with: "#!python".utf8) {
                let body = content.drop { $0 != UInt8(ascii: "\n") }.dropFirst()
                return File(path: path, isExecutable: true, material: .script(body: Array(body)))
            }
        }
        return File(path: path, isExecutable: isScript || entry.isExecutable, material: .entry(entry))
    }

    /// Generates the script for an entry point.
    private static func file(of script: EntryPoints.EntryPoint) throws -> File {
        let object = script.attribute.prefix { $0 != "." }
        let body = """
            import sys

            from \(script.module) import \(object)

            if __name__ == "__main__":
                sys.exit(\(script.attribute)())

            """
        let path = try ArchivePath(parsing: "bin/" + script.name)
        return File(path: path, isExecutable: true, material: .script(body: Array(body.utf8)))
    }

    /// The target of a link, which is installed instead of the link.
    private static func follow(
        _ link: ZipEntry,
        among entries: [String: ZipEntry],
        in archive: ZipReader
    ) throws -> ZipEntry {
        var entry = link
        // The maximum number of links that Linux follows (`ELOOP`).
        for _ in 0..<40 where entry.kind == .symbolicLink {
            let target = try archive.linkTarget(of: entry)
            guard let next = entries[target.string], next.kind != .folder else {
                throw DiagnosticError(
                    .invalidWheel,
                    "'\(archive.name)': the target '\(target)' of the symbolic link '\(link.path)' is not a file"
                )
            }
            entry = next
        }
        guard entry.kind == .file else {
            throw DiagnosticError(
                .invalidWheel,
                "'\(archive.name)': the symbolic link '\(link.path)' leads back to itself"
            )
        }
        return entry
    }
}
