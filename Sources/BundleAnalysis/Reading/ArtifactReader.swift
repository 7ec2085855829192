import HostSystem
import LambdaBundle
import PythonPackaging
import WheelProvisioning
import ZipArchive

/// A reader of the content of artifacts, which finds out to which distribution each file belongs.
///
/// The wheels in use decide it: a file belongs to the last distribution, in the order of names, that installs a file at its
/// path, and bytecode to the distribution of its module. A file of the service that replaces an installed one belongs to
/// the service. It is recognized by its checksum: only libraries may differ from the wheel, as `slim` strips them.
struct ArtifactReader: Sendable {
    private let wheels: OpenWheels
    private let layers: [String: Int]

    /// Makes a reader of the artifacts of a report.
    ///
    /// - Parameters:
    ///   - report: the report of the run that made the artifacts.
    ///   - host: the machine.
    init(_ report: BundleReport, on host: HostServices) {
        wheels = OpenWheels(cache: nil, files: host.files, processorCount: host.processorCount)
        layers = report.layers
    }

    /// Reads an artifact.
    ///
    /// - Parameters:
    ///   - artifact: the artifact.
    ///   - index: the index of the artifact in the report.
    /// - Returns: its content by owner.
    /// - Throws: `ZipError`, `DiagnosticError` if a wheel cannot be read.
    func content(of artifact: BundleReport.Artifact, at index: Int) throws -> AnalyzedArtifact {
        let archive = try ZipReader.artifact(artifact.path)
        let layer = layers.first { $0.value == index }?.key
        let owners = try owners(in: artifact.wheels, below: layer != nil && !artifact.wheels.isEmpty ? "python/" : "")
        var files: [AnalyzedArtifact.Part.Owner: [AnalyzedArtifact.File]] = [:]
        for entry in archive.entries where entry.kind != .folder {
            if entry.path.string == NestedRequirements.archiveName, !artifact.wheels.isEmpty {
                try add(archive.contents(of: entry), owners, to: &files)
            } else {
                let owner =
                    entry.path.string == UnzipHelper.fileName
                        && archive.entry(named: NestedRequirements.archiveName) != nil
                    ? .bundler : owners.owner(of: entry)
                files[owner, default: []]
                    .append(
                        AnalyzedArtifact.File(
                            path: entry.path.string,
                            unzippedBytes: entry.size,
                            zippedBytes: entry.compressedSize
                        )
                    )
            }
        }
        let parts = files.map { owner, files in
            AnalyzedArtifact.Part(
                owner: owner,
                license: owners.licenses[owner],
                files: files.sorted { $0.path < $1.path }
            )
        }
        return AnalyzedArtifact(
            fileName: artifact.fileName,
            functions: artifact.functions,
            layer: layer,
            target: artifact.target,
            zippedBytes: archive.archiveSize,
            parts: parts.sorted { ($1.unzippedBytes, $0.name) < ($0.unzippedBytes, $1.name) }
        )
    }

    /// Adds the files of a nested archive, which Lambda counts as they are compressed, and the structure of the archive.
    private func add(
        _ bytes: [UInt8],
        _ owners: FileOwners,
        to files: inout [AnalyzedArtifact.Part.Owner: [AnalyzedArtifact.File]]
    ) throws {
        let nested = try ZipReader(bytes, name: NestedRequirements.archiveName, limits: StoredWheel.sizeLimits)
        var rest = bytes.count
        for entry in nested.entries where entry.kind != .folder {
            rest -= entry.compressedSize
            files[owners.owner(of: entry), default: []]
                .append(
                    AnalyzedArtifact.File(
                        path: "\(NestedRequirements.archiveName)/\(entry.path)",
                        unzippedBytes: entry.compressedSize,
                        zippedBytes: entry.compressedSize
                    )
                )
        }
        files[.bundler, default: []]
            .append(
                AnalyzedArtifact.File(
                    path: "\(NestedRequirements.archiveName) (headers)",
                    unzippedBytes: rest,
                    zippedBytes: rest
                )
            )
    }

    private func owners(in wheels: [StoredWheel], below folder: String) throws -> FileOwners {
        var owners = FileOwners()
        for wheel in wheels.sorted(by: { $0.name.name.normalized < $1.name.name.normalized }) {
            let layout = try self.wheels.layout(of: wheel)
            let metadata = try WheelMetadata(of: layout)
            owners.add(layout, below: folder, license: metadata.license)
        }
        return owners
    }
}

extension WheelMetadata {
    /// Reads the metadata of a wheel.
    init(of layout: WheelLayout) throws {
        guard let entry = layout.archive.entry(named: layout.metadataFolder + "/METADATA") else {
            self.init(parsing: "")
            return
        }
        // A file of more than 16 MB is not metadata that anyone has written.
        let text = try layout.archive.contents(of: entry, limitBytes: 16 << 20)
        self.init(parsing: String(decoding: text, as: UTF8.self))
    }
}

/// The owners of installed files.
struct FileOwners {
    /// The licenses of the distributions.
    private(set) var licenses: [AnalyzedArtifact.Part.Owner: String] = [:]
    private var installed: [String: (owner: AnalyzedArtifact.Part.Owner, entry: ZipEntry?)] = [:]

    /// Adds the files of a wheel, which replace those of others at the same paths.
    mutating func add(_ layout: WheelLayout, below folder: String, license: String?) {
        let name = layout.wheel.name
        let owner = AnalyzedArtifact.Part.Owner.distribution(
            name: name.name.normalized,
            version: name.version.description
        )
        licenses[owner] = license
        for file in layout.files {
            var source: ZipEntry?
            if case .entry(let entry) = file.material { source = entry }
            installed[folder + file.path.string] = (owner, source)
        }
    }

    /// The owner of a file in an artifact.
    func owner(of entry: ZipEntry) -> AnalyzedArtifact.Part.Owner {
        let path = entry.path.string
        guard let (owner, source) = installed[path] else {
            return Self.module(of: path).flatMap { installed[$0]?.owner } ?? .service
        }
        guard let source, source.crc32 != entry.crc32 else { return owner }
        let isLibrary = path.hasSuffix(".so") || path.contains(".so.")
        return isLibrary && entry.size <= source.size ? owner : .service
    }

    /// The module that bytecode was compiled from: `a/b.py` for `a/__pycache__/b.cpython-312.pyc`.
    private static func module(of path: String) -> String? {
        guard path.hasSuffix(".pyc"), let folder = path.ranges(of: "__pycache__/").last else { return nil }
        let stem = path[folder.upperBound...].prefix { $0 != "." }
        return path[..<folder.lowerBound] + stem + ".py"
    }
}
